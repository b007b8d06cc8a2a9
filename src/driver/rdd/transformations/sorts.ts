/**
 * Transformations that bring records into an order.
 *
 * @module
 */
import { checkFlag, checkFunction } from "../checks.ts";
import type { PlanNode } from "../plan/plan_node.ts";
import { rangeRule } from "../plan/range_bounds.ts";
import { addStep } from "./narrow.ts";
import { shuffle, shuffleByKey } from "./shuffles.ts";

/** How pairs are sorted. */
export interface SortOrder {
  readonly ascending: boolean;
  /** Function of a key that gives what it is sorted by; undefined: the key itself. */
  readonly keyfunc: unknown;
  readonly numPartitions: number | undefined;
}

/** Records in the order of what a function makes of them. */
export function sortBy(
  node: PlanNode,
  keyfunc: unknown,
  ascending: boolean,
  numPartitions: number | undefined,
): PlanNode {
  const operation = "sortBy()";
  checkFunction(operation, keyfunc);
  const keyed = addStep(node, operation, { op: "keyBy", f: keyfunc });
  const order = { ascending, keyfunc: undefined, numPartitions };
  return addStep(sortPairs(keyed, operation, order), operation, {
    op: "values",
  });
}

/** Pairs in the order of their keys. */
export function sortByKey(node: PlanNode, order: SortOrder): PlanNode {
  return sortPairs(node, "sortByKey()", order);
}

/** Pairs placed by key, each partition in the order of its keys. */
export function sortWithinPartitions(
  node: PlanNode,
  order: SortOrder,
  partitionFunc: unknown,
): PlanNode {
  const operation = "repartitionAndSortWithinPartitions()";
  const { numPartitions } = order;
  const placed = shuffleByKey(node, operation, numPartitions, partitionFunc);
  return addSort(placed, operation, order);
}

function sortPairs(
  node: PlanNode,
  operation: string,
  order: SortOrder,
): PlanNode {
  const { ascending, keyfunc, numPartitions } = order;
  checkFlag(operation, "ascending", ascending);
  if (keyfunc !== undefined) checkFunction(operation, keyfunc);
  const rule = rangeRule(node, operation, ascending, keyfunc ?? null);
  const placed = shuffle(node, operation, rule, numPartitions);
  return addSort(placed, operation, order);
}

function addSort(
  node: PlanNode,
  operation: string,
  { ascending, keyfunc }: SortOrder,
): PlanNode {
  checkFlag(operation, "ascending", ascending);
  if (keyfunc !== undefined) checkFunction(operation, keyfunc);
  const key = keyfunc ?? null;
  return addStep(node, operation, { op: "sort", key, ofKeys: true, ascending });
}
