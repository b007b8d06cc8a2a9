/**
 * Transformations that lay records out anew: by key, evenly, or in fewer
 * partitions.
 *
 * @module
 */
import type { PartitionRule } from "../../../protocol/command.ts";
import { callSite } from "../../runtime/call_site.ts";
import { checkFlag, checkFunction, checkPartitions } from "../checks.ts";
import {
  jvmTransformNode,
  type PlanNode,
  shuffleNode,
  type ShuffleRule,
} from "../plan/plan_node.ts";
import { addStep } from "./narrow.ts";

/** A function that says in which partition a key's pairs are. */
export type PartitionFunction<K> = (key: K) => number | bigint;

/**
 * A plan's records in other partitions.
 *
 * @param partitions how many; undefined: as Spark chooses
 * @throws RangeError for a number of partitions that cannot be
 */
export function shuffle(
  node: PlanNode,
  operation: string,
  rule: ShuffleRule,
  partitions: number | undefined,
): PlanNode {
  if (partitions !== undefined) checkPartitions(operation, partitions);
  return shuffleNode(node, rule, partitions ?? null, callSite(operation));
}

/**
 * Pairs, each in the partition that its key says.
 *
 * @param partitionFunc the user's; undefined: a hash of the key's value
 */
export function shuffleByKey(
  node: PlanNode,
  operation: string,
  numPartitions: number | undefined,
  partitionFunc: unknown,
): PlanNode {
  return shuffle(node, operation, ruleOf(partitionFunc), numPartitions);
}

/** The rule that a user's partition function makes, or the hash without one. */
function ruleOf(partitionFunc: unknown): PartitionRule<unknown> {
  if (partitionFunc === undefined) return { kind: "hash" };
  checkFunction("partitionFunc", partitionFunc);
  return { kind: "function", f: partitionFunc };
}

/** Peer: `RDD.distinct`. */
export function distinct(
  node: PlanNode,
  numPartitions: number | undefined,
): PlanNode {
  const operation = "distinct()";
  const within = addStep(node, operation, { op: "distinct" });
  const together = shuffle(
    within,
    operation,
    { kind: "record" },
    numPartitions,
  );
  return addStep(together, operation, { op: "distinct" });
}

/** Records spread evenly over partitions. */
export function repartition(node: PlanNode, numPartitions: number): PlanNode {
  return shuffle(node, "repartition()", { kind: "roundRobin" }, numPartitions);
}

/** Records in fewer partitions, joined without moving them unless `isShuffled`. */
export function coalesce(
  node: PlanNode,
  numPartitions: number,
  isShuffled: boolean,
): PlanNode {
  checkFlag("coalesce()", "shuffle", isShuffled);
  if (isShuffled) return repartition(node, numPartitions);
  checkPartitions("coalesce()", numPartitions);
  return jvmTransformNode(
    node,
    (_, java) => java.callObject("coalesce", numPartitions, false),
    callSite("coalesce()"),
  );
}
