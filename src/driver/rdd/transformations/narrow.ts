/**
 * Transformations that look at records one by one or partition by partition.
 *
 * @module
 */
import type { Step } from "../../../protocol/step.ts";
import { callSite } from "../../runtime/call_site.ts";
import {
  checkAnyFunction,
  checkFunction,
  checkOptions,
  isAsyncFunction,
} from "../checks.ts";
import type { PartitionOptions } from "../partition_records.ts";
import {
  type Deferred,
  type PlanNode,
  stageNode,
  type StageOptions,
} from "../plan/plan_node.ts";

/**
 * A plan and one narrow step more.
 *
 * @param operation the operation as the user wrote it
 * @param step what it does to records
 */
export function addStep(
  node: PlanNode,
  operation: string,
  step: Step<unknown> | Deferred<Step<unknown>>,
  options?: StageOptions,
): PlanNode {
  return stageNode(node, step, callSite(operation), options);
}

/** The operations whose step is their name and one function. */
type FunctionOperation =
  | "map"
  | "filter"
  | "flatMap"
  | "mapValues"
  | "flatMapValues"
  | "keyBy";

/**
 * A plan and one step that calls a function with each record.
 *
 * @throws TypeError for what is not a function, and for an `async` one
 */
export function applyFunction(
  node: PlanNode,
  op: FunctionOperation,
  f: unknown,
): PlanNode {
  checkFunction(`${op}()`, f);
  return addStep(node, `${op}()`, { op, f });
}

/** A plan and one step without a function. */
export function applyStep(
  node: PlanNode,
  op: "glom" | "keys" | "values",
): PlanNode {
  return addStep(node, `${op}()`, { op });
}

/** A function over whole partitions, and how it is to be called. */
export interface PartitionCall extends PartitionOptions {
  /** Whether the partition's index goes before the records. */
  readonly indexed: boolean;
  /** Whether all tasks run at once. */
  readonly isBarrier?: boolean;
}

/**
 * A plan and one step over whole partitions.
 *
 * @throws TypeError for what is not a function
 */
export function applyToPartitions(
  node: PlanNode,
  operation: string,
  f: unknown,
  { indexed, isBarrier = false, ...options }: PartitionCall,
): PlanNode {
  checkOptions(operation, options, ["preservesPartitioning"]);
  const { preservesPartitioning = false } = options;
  checkAnyFunction(operation, f);
  const op = isAsyncFunction(f) ? "mapPartitionsAsync" : "mapPartitions";
  return addStep(node, operation, { op, f, indexed }, {
    keepsPartitioning: preservesPartitioning,
    isBarrier,
  });
}
