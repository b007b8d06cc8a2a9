import type { PartitionRule, Step } from "../../protocol/command.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import { callSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { type PlanNode, shuffleNode, stageNode } from "./plan.ts";
import type { RDD } from "./rdd.ts";

/** What the layers of {@link RDD} stand on: the plan, and the application that runs it. */
export abstract class RddBase<T> {
  /** @internal */
  readonly runtime: SparkRuntime;
  /** @internal */
  readonly node: PlanNode;
  /**
   * Holds the records' type; never set.
   *
   * @internal
   */
  declare protected readonly _record: T;

  /** @internal */
  constructor(runtime: SparkRuntime, node: PlanNode) {
    this.runtime = runtime;
    this.node = node;
  }

  /**
   * An RDD of the same application over another plan.
   *
   * @internal
   */
  abstract derive<U>(node: PlanNode): RDD<U>;

  /**
   * Why an RDD stays out of functions.
   *
   * @internal
   */
  [REFUSE_CAPTURE](): string {
    return "an RDD can not be used inside a function that runs on the workers: transformations and actions are the driver's; collect() or broadcast what the function needs";
  }

  /**
   * This RDD and one narrow step more.
   *
   * @internal
   */
  step<U>(operation: string, step: Step<unknown>): RDD<U> {
    return this.derive(stageNode(this.node, step, callSite(operation)));
  }

  /**
   * This RDD's records in other partitions.
   *
   * @internal
   */
  shuffle<U>(
    operation: string,
    rule: PartitionRule<unknown>,
    partitions: number | undefined,
  ): RDD<U> {
    if (partitions !== undefined) checkPartitions(operation, partitions);
    return this.derive(
      shuffleNode(this.node, rule, partitions ?? null, callSite(operation)),
    );
  }
}

/**
 * Refuses a number of partitions that Spark could not make.
 *
 * @param operation the operation, for the message
 * @param partitions the number
 * @throws RangeError for anything but a whole number from 1 on
 */
export function checkPartitions(operation: string, partitions: number): void {
  if (
    !Number.isInteger(partitions) || partitions < 1 || partitions >= 2 ** 31
  ) {
    throw new RangeError(
      `Cannot run ${operation} with ${partitions} partitions: give a whole number from 1 on`,
    );
  }
}

/**
 * Refuses what is not a function, at the place where it was written.
 *
 * @param operation the operation, for the message
 * @param f what was given
 * @throws TypeError when it is not a function
 */
export function checkFunction(operation: string, f: unknown): void {
  if (typeof f !== "function") {
    throw new TypeError(
      `Cannot run ${operation} with a ${
        f === null ? "null" : typeof f
      } for a function: give a function`,
    );
  }
}
