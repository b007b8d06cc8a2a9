/**
 * Transformations that bring a key's values together: each combines within
 * the partitions, shuffles by key, and combines again.
 *
 * @module
 */
import { checkFunction } from "../checks.ts";
import type { PlanNode } from "../plan/plan_node.ts";
import { addStep } from "./narrow.ts";
import { shuffleByKey } from "./shuffles.ts";

/** Where an operation by key puts its results, as the user says. */
export interface KeyTarget {
  readonly numPartitions: number | undefined;
  readonly partitionFunc: unknown;
}

/** One pair for each key, its values merged two by two. */
export function reduceByKey(
  node: PlanNode,
  f: unknown,
  target: KeyTarget,
): PlanNode {
  const operation = "reduceByKey()";
  checkFunction(operation, f);
  const parts = addStep(node, operation, { op: "mergeCombiners", merge: f });
  return mergeParts(parts, operation, f, target);
}

/** One pair for each key, with all its values. */
export function groupByKey(node: PlanNode, target: KeyTarget): PlanNode {
  return groupPairs(node, "groupByKey()", target);
}

/** One pair for each key that a function gives, with all its records. */
export function groupBy(
  node: PlanNode,
  f: unknown,
  target: KeyTarget,
): PlanNode {
  const operation = "groupBy()";
  checkFunction(operation, f);
  return groupPairs(
    addStep(node, operation, { op: "keyBy", f }),
    operation,
    target,
  );
}

/** The functions of `combineByKey`. */
export interface Combiner {
  readonly create: unknown;
  readonly merge: unknown;
  readonly join: unknown;
}

/** One pair for each key, its values combined. */
export function combineByKey(
  node: PlanNode,
  { create, merge, join }: Combiner,
  target: KeyTarget,
): PlanNode {
  const operation = "combineByKey()";
  for (const f of [create, merge, join]) checkFunction(operation, f);
  const parts = addStep(node, operation, {
    op: "combine",
    create,
    merge,
    join,
  });
  return mergeParts(parts, operation, join, target);
}

/** What a key's values are added to. */
export interface Fold {
  readonly zero: unknown;
  readonly merge: unknown;
  readonly join: unknown;
}

/** One pair for each key, its values added to a copy of a neutral value. */
export function foldKeys(
  node: PlanNode,
  operation: "aggregateByKey()" | "foldByKey()",
  { zero, merge, join }: Fold,
  target: KeyTarget,
): PlanNode {
  for (const f of [merge, join]) checkFunction(operation, f);
  const parts = addStep(node, operation, {
    op: "combineFrom",
    zero,
    merge,
    join,
  });
  return mergeParts(parts, operation, join, target);
}

function groupPairs(
  node: PlanNode,
  operation: string,
  { numPartitions, partitionFunc }: KeyTarget,
): PlanNode {
  const placed = shuffleByKey(node, operation, numPartitions, partitionFunc);
  return addStep(placed, operation, { op: "group" });
}

function mergeParts(
  parts: PlanNode,
  operation: string,
  merge: unknown,
  { numPartitions, partitionFunc }: KeyTarget,
): PlanNode {
  const placed = shuffleByKey(parts, operation, numPartitions, partitionFunc);
  return addStep(placed, operation, { op: "mergeCombiners", merge });
}
