import { notInBarrierStage } from "../../protocol/barrier_call.ts";
import {
  CAPTURE_AS,
  type SharedReference,
} from "../../protocol/closure_record.ts";
import type { ResourceInformation } from "../runtime/application_info.ts";

/**
 * What Spark says of the task that runs, for functions to ask:
 * `TaskContext.get()` gives it on the workers, and null on the driver.
 *
 * @example
 * ```ts
 * import { type RDD, TaskContext } from "@tspark/tspark";
 *
 * const tagged = (words: RDD<string>) =>
 *   words.map((word) => `${TaskContext.get()?.partitionId()}: ${word}`);
 * ```
 */
export abstract class TaskContext {
  /** @internal */
  protected constructor() {}

  /** The task that runs; null on the driver. */
  static get(): TaskContext | null {
    return null;
  }

  /**
   * What is serialized in its place.
   *
   * @internal
   */
  static [CAPTURE_AS](): SharedReference {
    return { kind: "own", name: "TaskContext" };
  }

  /** The stage that the task belongs to, as the Spark UI numbers it. */
  abstract stageId(): number;

  /** The partition that the task computes, from 0 on. */
  abstract partitionId(): number;

  /** 0 for the first attempt at this partition. */
  abstract attemptNumber(): number;

  /** A number that no other attempt of any task of the application has. */
  abstract taskAttemptId(): bigint;

  /** CPUs given to the task, rounded up. */
  abstract cpus(): number;

  /** CPUs given to the task as a decimal number in text; a fraction only from Spark 4.3 on. */
  abstract cpuAmount(): string;

  /** Devices, such as GPUs, given to the task, by resource name. */
  abstract resources(): ReadonlyMap<string, ResourceInformation>;

  /**
   * A local property of the action's chain of calls, as `SparkContext.setLocalProperty` set it.
   *
   * @param key the property's name
   * @returns its value; null without one
   */
  abstract getLocalProperty(key: string): string | null;
}

/** One task of a barrier stage. */
export interface BarrierTaskInfo {
  /** Host and port of the executor that runs it, such as `10.0.0.7:38211`. */
  readonly address: string;
}

/**
 * A task of a barrier stage, which can wait for the others. All tasks of the
 * stage need to make the same calls, or they wait for each other in vain.
 *
 * @example
 * ```ts
 * import { BarrierTaskContext, type RDD } from "@tspark/tspark";
 *
 * const sizes = (words: RDD<string>) =>
 *   words.barrier().mapPartitions((records) => {
 *     const context = BarrierTaskContext.get();
 *     return [context.allGather(String([...records].length)).join("+")];
 *   });
 * ```
 */
export abstract class BarrierTaskContext extends TaskContext {
  /**
   * The task that runs.
   *
   * @throws SparkError `NOT_IN_BARRIER_STAGE` on the driver and in tasks of other stages
   */
  static override get(): BarrierTaskContext {
    throw notInBarrierStage();
  }

  /**
   * What is serialized in its place.
   *
   * @internal
   */
  static override [CAPTURE_AS](): SharedReference {
    return { kind: "own", name: "BarrierTaskContext" };
  }

  /**
   * Waits until all tasks of the stage have called this.
   *
   * @throws WorkerError `BARRIER_FAILED` when one of them failed, or made another call
   */
  abstract barrier(): void;

  /**
   * Waits until all tasks of the stage have called this, and gives what they said.
   *
   * @param message what this task says; nothing by default
   * @returns the messages, by partition
   * @throws WorkerError `BARRIER_FAILED` when a task failed, or made another call
   */
  abstract allGather(message?: string): string[];

  /** All tasks of the stage, by partition. */
  abstract getTaskInfos(): BarrierTaskInfo[];
}
