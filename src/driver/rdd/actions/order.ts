/**
 * Actions that find the first records in an order.
 *
 * @module
 */
import { compareKeys } from "../../../serde/keys/compare.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { callSite } from "../../runtime/call_site.ts";
import { checkCount, checkFunction } from "../checks.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { collectStep } from "./collect.ts";
import { emptyRdd } from "./empty_rdd.ts";

/** Function of a record that gives what it is ordered by; undefined: the record itself. */
type OrderKey<T> = ((record: T) => unknown) | undefined;

/** The operations, and whether the least records come first. */
const ASCENDING = { takeOrdered: true, min: true, top: false, max: false };

/**
 * The first records in an order.
 *
 * @throws RangeError for a number that cannot be
 */
export async function takeInOrder<T>(
  plan: RddPlan,
  name: keyof typeof ASCENDING,
  num: number,
  key: OrderKey<T>,
  options?: ActionOptions,
): Promise<T[]> {
  const operation = `${name}()`;
  const ascending = ASCENDING[name];
  checkCount(num);
  if (key !== undefined) checkFunction(operation, key);
  if (num === 0) return [];
  const step = {
    op: "takeOrdered",
    count: num,
    key: key ?? null,
    ascending,
  } as const;
  const lists = await collectStep(plan, step, callSite(operation), options);
  const sign = ascending ? 1 : -1;
  return (lists as T[][]).flat()
    .map((record) => ({
      record,
      key: key === undefined ? record : key(record),
    }))
    .sort((a, b) => sign * compareKeys(a.key, b.key))
    .slice(0, num)
    .map(({ record }) => record);
}

/**
 * The first record in an order.
 *
 * @throws SparkError `RDD_EMPTY` when there is none
 */
export async function findExtreme<T>(
  plan: RddPlan,
  name: "max" | "min",
  key: OrderKey<T>,
  options?: ActionOptions,
): Promise<T> {
  const best = await takeInOrder(plan, name, 1, key, options);
  if (best.length === 0) throw emptyRdd(`${name}()`);
  return best[0] as T;
}
