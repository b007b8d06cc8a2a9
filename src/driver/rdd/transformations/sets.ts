/**
 * Transformations that treat records as members of a set, pair them, or number
 * them.
 *
 * @module
 */
import { callSite } from "../../runtime/call_site.ts";
import { countsByPartition } from "../actions/collect.ts";
import { checkPartitions } from "../checks.ts";
import { cogroupPlan } from "../plan/cogroup_plan.ts";
import { countPartitions } from "../plan/materialize.ts";
import {
  cartesianNode,
  type PlanNode,
  stageNode,
  unionNode,
  zipNode,
} from "../plan/plan_node.ts";
import { addStep } from "./narrow.ts";

/** Two plans of one application: an RDD's own, and that of the RDD it is given. */
export type Sides = readonly [PlanNode, PlanNode];

/** The records of all plans, duplicates kept. */
export function union(nodes: readonly PlanNode[]): PlanNode {
  return unionNode(nodes, callSite("union()"));
}

/** The records that both sides have, one of each. */
export function intersection(sides: Sides): PlanNode {
  const operation = "intersection()";
  const groups = cogroupRecords(sides, operation, undefined);
  return addStep(groups, operation, { op: "join", kind: "intersect" });
}

/** The records of the first side that the second does not have, duplicates kept. */
export function subtract(
  sides: Sides,
  numPartitions: number | undefined,
): PlanNode {
  const operation = "subtract()";
  const groups = cogroupRecords(sides, operation, numPartitions);
  const rest = addStep(groups, operation, { op: "join", kind: "subtract" });
  return addStep(rest, operation, { op: "keys" });
}

/** Every pair of a record of the first side and one of the second. */
export function cartesian([left, right]: Sides): PlanNode {
  return cartesianNode(left, right, callSite("cartesian()"));
}

/** The records at the same places of both sides, in pairs. */
export function zip([left, right]: Sides): PlanNode {
  return zipNode(left, right, callSite("zip()"));
}

/** Pairs of each record and its place; where each partition starts is found by a job. */
export function zipWithIndex(node: PlanNode): PlanNode {
  const site = callSite("zipWithIndex()");
  return stageNode(node, async (runtime) => {
    const isOne = await countPartitions(runtime, node) < 2;
    const counts = isOne ? [] : await countsByPartition(runtime, node, site);
    let next = 0;
    const starts = [0, ...counts.map((count) => next += count)];
    return { op: "zipWithIndex", starts };
  }, site);
}

/** Pairs of each record and a number that no other has. Peer: `RDD.zipWithUniqueId`. */
export function zipWithUniqueId(node: PlanNode): PlanNode {
  return addStep(node, "zipWithUniqueId()", async (runtime) => ({
    op: "zipWithUniqueId",
    partitions: await countPartitions(runtime, node),
  }));
}

/** The groups of each record in both sides: the records themselves are the keys. */
function cogroupRecords(
  sides: Sides,
  operation: string,
  numPartitions: number | undefined,
): PlanNode {
  if (numPartitions !== undefined) checkPartitions(operation, numPartitions);
  const site = callSite(operation);
  const keyed = sides.map((node) =>
    stageNode(node, { op: "map", f: withTrue }, site)
  );
  return cogroupPlan(keyed, numPartitions ?? null, site);
}

const withTrue = <T>(record: T): [T, true] => [record, true];
