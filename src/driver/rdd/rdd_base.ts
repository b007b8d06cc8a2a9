import type { PartitionRule } from "../../protocol/command.ts";
import type { Step } from "../../protocol/step.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import { callSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import {
  type Deferred,
  type PlanNode,
  type RuleOf,
  shuffleNode,
  stageNode,
  type StageOptions,
} from "./plan/plan_node.ts";
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
    return "an RDD cannot be used inside a function that runs on the workers: transformations and actions are the driver's; collect() or broadcast what the function needs";
  }

  /**
   * This RDD and one narrow step more.
   *
   * @internal
   */
  step<U>(
    operation: string,
    step: Step<unknown> | Deferred<Step<unknown>>,
    options?: StageOptions,
  ): RDD<U> {
    const site = callSite(operation);
    return this.derive(stageNode(this.node, step, site, options));
  }

  /**
   * This RDD's records in other partitions.
   *
   * @internal
   */
  shuffle<U>(
    operation: string,
    rule: PartitionRule<unknown> | RuleOf,
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
 * Refuses a number of records that nobody could take.
 *
 * @param num the number
 * @throws RangeError for anything but a whole number from 0 on
 */
export function checkCount(num: number): void {
  if (Number.isInteger(num) && num >= 0) return;
  throw new RangeError(
    `Cannot take ${num} records: give a whole number from 0 on`,
  );
}

/**
 * Refuses what is not a function, or may await, at the place where it was written.
 *
 * @param operation the operation, for the message
 * @param f what was given
 * @throws TypeError when it is not a function, or an `async` one: nobody would
 *   wait for it
 */
export function checkFunction(operation: string, f: unknown): void {
  checkAnyFunction(operation, f);
  if (!isAsyncFunction(f)) return;
  throw new TypeError(
    `Cannot run ${operation} with an async function: it does not wait for promises; use mapAsync(), flatMapAsync(), foreachAsync() or mapPartitions() for functions that await`,
  );
}

/**
 * Refuses what is not a function, at the place where it was written.
 *
 * @param operation the operation, for the message
 * @param f what was given
 * @throws TypeError when it is not a function
 */
export function checkAnyFunction(operation: string, f: unknown): void {
  if (typeof f !== "function") {
    throw new TypeError(
      `Cannot run ${operation} with a ${
        f === null ? "null" : typeof f
      } for a function: give a function`,
    );
  }
}

/** Whether a function was written `async`, so that it may await. */
export function isAsyncFunction(f: unknown): boolean {
  const tag = Object.prototype.toString.call(f);
  return tag === "[object AsyncFunction]" ||
    tag === "[object AsyncGeneratorFunction]";
}

/**
 * Refuses an RDD of another application.
 *
 * @param operation the operation, for the message
 * @throws TypeError when the two do not share an application
 */
export function checkSameContext(
  operation: string,
  one: RddBase<unknown>,
  other: RddBase<unknown>,
): void {
  if (one.runtime === other.runtime) return;
  throw new TypeError(
    `Cannot run ${operation} over RDDs of two applications: make both with the same SparkContext`,
  );
}
