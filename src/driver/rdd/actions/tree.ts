/**
 * Actions that merge the partitions' values on the workers, in rounds, so that
 * the driver gets few of them.
 *
 * @module
 */
import { showValue } from "../../../common/show_value.ts";
import { act } from "./act.ts";
import type { Step } from "../../../protocol/step.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { type CallSite, callSite } from "../../runtime/call_site.ts";
import { checkFunction } from "../checks.ts";
import { countPartitions } from "../plan/materialize.ts";
import { type PlanNode, shuffleNode, stageNode } from "../plan/plan_node.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { collectRecords } from "./collect.ts";
import { copyValue } from "./copy_value.ts";
import { emptyRdd } from "./empty_rdd.ts";
import type { Aggregation, Merge } from "./merge.ts";

/**
 * All records added to one value.
 *
 * @throws RangeError for a depth below 1
 */
export async function treeAggregate<T, U>(
  plan: RddPlan,
  { zeroValue, seqOp, combOp }: Aggregation<T, U>,
  depth: number,
  options?: ActionOptions,
): Promise<U> {
  const operation = "treeAggregate()";
  for (const f of [seqOp, combOp]) checkFunction(operation, f);
  const step: Step<unknown> = { op: "aggregate", zero: zeroValue, f: seqOp };
  const zero = copyValue(plan.runtime, zeroValue);
  const merged = await mergeInTree(plan, step, combOp, {
    site: callSite(operation),
    depth,
  }, options);
  return merged.length === 0 ? zero : merged.reduce((a, b) => combOp(a, b));
}

/**
 * All records merged two by two.
 *
 * @throws RangeError for a depth below 1
 * @throws SparkError `RDD_EMPTY` when there is no record
 */
export async function treeReduce<T>(
  plan: RddPlan,
  f: Merge<T>,
  depth: number,
  options?: ActionOptions,
): Promise<T> {
  const operation = "treeReduce()";
  checkFunction(operation, f);
  const merged = await mergeInTree(plan, { op: "reduce", f }, f, {
    site: callSite(operation),
    depth,
  }, options);
  if (merged.length === 0) throw emptyRdd(operation);
  return merged.reduce((a, b) => f(a, b));
}

interface Rounds {
  readonly site: CallSite;
  /** How many there are, at most. */
  readonly depth: number;
}

/** What `step` makes of each partition, merged in more and more of them. Peer: `RDD.treeAggregate`. */
async function mergeInTree<U>(
  { runtime, node }: RddPlan,
  step: Step<unknown>,
  merge: Merge<U>,
  { site, depth }: Rounds,
  options: ActionOptions | undefined,
): Promise<U[]> {
  checkDepth(depth);
  const partitions = await act(
    { runtime, node },
    site,
    () => countPartitions(runtime, node),
    options,
  );
  const scale = Math.max(Math.ceil(partitions ** (1 / depth)), 2);
  let level: PlanNode = stageNode(node, step, site);
  let values = partitions;
  while (values > scale + values / scale) {
    values = Math.floor(values / scale);
    level = mergeLevel(level, merge, values, site);
  }
  const plan = { runtime, node: level };
  return await collectRecords(plan, site, options) as U[];
}

/** The values of a plan merged into so many, each in a partition of its own. */
function mergeLevel(
  node: PlanNode,
  merge: unknown,
  target: number,
  site: CallSite,
): PlanNode {
  const place = (
    index: number,
    values: IteratorObject<unknown>,
  ): Iterable<unknown> => values.map((value) => [index % target, value]);
  const mergeStep: Step<unknown> = { op: "mergeCombiners", merge };
  const placed = stageNode(node, {
    op: "mapPartitions",
    f: place,
    indexed: true,
  }, site);
  const shuffled = shuffleNode(
    stageNode(placed, mergeStep, site),
    { kind: "function", f: (place: number) => place },
    target,
    site,
  );
  const merged = stageNode(shuffled, mergeStep, site);
  return stageNode(merged, { op: "values" }, site);
}

function checkDepth(depth: number): void {
  if (Number.isInteger(depth) && depth >= 1) return;
  throw new RangeError(
    `Cannot merge in a tree of depth ${
      showValue(depth)
    }: give a whole number from 1 on`,
  );
}
