/**
 * Actions that merge all records into one value: within each partition on the
 * workers, then on the driver.
 *
 * @module
 */
import type { ActionOptions } from "../../runtime/action_options.ts";
import { callSite } from "../../runtime/call_site.ts";
import { checkFunction } from "../checks.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { collectStep } from "./collect.ts";
import { copyValue } from "./copy_value.ts";
import { emptyRdd } from "./empty_rdd.ts";

/** A function of two values of one type. */
export type Merge<T> = (a: T, b: T) => T;

/**
 * All records merged two by two.
 *
 * @throws SparkError `RDD_EMPTY` when there is no record
 */
export async function reduceRecords<T>(
  plan: RddPlan,
  f: Merge<T>,
  options?: ActionOptions,
): Promise<T> {
  checkFunction("reduce()", f);
  const step = { op: "reduce", f } as const;
  const parts = await collectStep(plan, step, callSite("reduce()"), options);
  if (parts.length === 0) throw emptyRdd("reduce()");
  return (parts as T[]).reduce((a, b) => f(a, b));
}

/** How records are added to a value that starts as a neutral one. */
export interface Aggregation<T, U> {
  readonly zeroValue: U;
  readonly seqOp: (value: U, record: T) => U;
  readonly combOp: Merge<U>;
}

/** All records added to one value. Peer: `RDD.aggregate`, `RDD.fold`. */
export async function aggregateRecords<T, U>(
  plan: RddPlan,
  operation: "aggregate()" | "fold()",
  { zeroValue, seqOp, combOp }: Aggregation<T, U>,
  options?: ActionOptions,
): Promise<U> {
  for (const f of [seqOp, combOp]) checkFunction(operation, f);
  const site = callSite(operation);
  const zero = copyValue(plan.runtime, zeroValue);
  const step = { op: "aggregate", zero: zeroValue, f: seqOp } as const;
  const parts = await collectStep(plan, step, site, options);
  return (parts as U[]).reduce((a, b) => combOp(a, b), zero);
}
