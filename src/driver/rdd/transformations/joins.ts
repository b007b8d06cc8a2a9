/**
 * Transformations that bring the pairs of several plans together by key.
 *
 * @module
 */
import type { JoinKind } from "../../../protocol/step.ts";
import { callSite } from "../../runtime/call_site.ts";
import { checkPartitions } from "../checks.ts";
import { cogroupPlan } from "../plan/cogroup_plan.ts";
import type { PlanNode } from "../plan/plan_node.ts";
import { addStep } from "./narrow.ts";
import type { Sides } from "./sets.ts";

/** The operations that make one of two groups of a key, and what they make. */
const JOINS = {
  join: "inner",
  leftOuterJoin: "left",
  rightOuterJoin: "right",
  fullOuterJoin: "full",
  subtractByKey: "subtract",
} as const satisfies Readonly<Record<string, JoinKind>>;

/**
 * A join of pairs.
 *
 * @throws RangeError for a number of partitions that cannot be
 */
export function join(
  sides: Sides,
  name: keyof typeof JOINS,
  numPartitions: number | undefined,
): PlanNode {
  const operation = `${name}()`;
  const groups = cogroup(sides, operation, numPartitions);
  return addStep(groups, operation, { op: "join", kind: JOINS[name] });
}

/**
 * Pairs of each key and its values in each plan.
 *
 * @throws RangeError for a number of partitions that cannot be
 */
export function cogroup(
  nodes: readonly PlanNode[],
  operation: string,
  numPartitions: number | undefined,
): PlanNode {
  if (numPartitions !== undefined) checkPartitions(operation, numPartitions);
  return cogroupPlan(nodes, numPartitions ?? null, callSite(operation));
}
