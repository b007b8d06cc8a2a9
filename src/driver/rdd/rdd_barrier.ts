import { printBy } from "../../common/inspect.ts";
import type {
  PartitionOptions,
  PartitionRecords,
  PartitionResults,
} from "./partition_records.ts";
import { describePlan } from "./plan/describe_plan.ts";
import type { RddPlan } from "./plan/rdd_plan.ts";
import { type RDD, rddOf } from "./rdd.ts";
import { applyToPartitions } from "./transformations/narrow.ts";

let barrierOver: <T>(plan: RddPlan) => RDDBarrier<T>;

/**
 * An RDD whose next step runs in a barrier stage: all its tasks at once, and
 * all again when one of them fails. `BarrierTaskContext` lets them wait for
 * each other.
 *
 * @example
 * ```ts
 * import { BarrierTaskContext, type RDD } from "@tspark/tspark";
 *
 * const together = (words: RDD<string>) =>
 *   words.barrier().mapPartitions((records) => {
 *     BarrierTaskContext.get().barrier();
 *     return records;
 *   });
 * ```
 */
export class RDDBarrier<T> {
  readonly #plan: RddPlan;

  private constructor(plan: RddPlan) {
    this.#plan = plan;
  }

  static {
    barrierOver = (plan) => new RDDBarrier(plan);
    printBy(RDDBarrier.prototype, String);
  }

  /**
   * As `RDD.mapPartitions`, in a barrier stage. As many tasks as there are
   * partitions have to fit on the cluster at once.
   *
   * @param f function of an iterator over the partition's records
   * @param options what the function promises
   */
  mapPartitions<K, V>(
    f: (records: PartitionRecords<T>) => PartitionResults<[K, V]>,
    options?: PartitionOptions,
  ): RDD<[K, V]>;
  /** As `RDD.mapPartitions`, in a barrier stage. */
  mapPartitions<U>(
    f: (records: PartitionRecords<T>) => PartitionResults<U>,
    options?: PartitionOptions,
  ): RDD<U>;
  mapPartitions(
    f: (records: PartitionRecords<T>) => PartitionResults<unknown>,
    options: PartitionOptions = {},
  ): RDD<unknown> {
    return this.#derive("barrier().mapPartitions()", f, false, options);
  }

  /**
   * As `RDD.mapPartitionsWithIndex`, in a barrier stage.
   *
   * @param f function of the index, from 0 on, and an iterator over the records
   * @param options what the function promises
   */
  mapPartitionsWithIndex<K, V>(
    f: (
      index: number,
      records: PartitionRecords<T>,
    ) => PartitionResults<[K, V]>,
    options?: PartitionOptions,
  ): RDD<[K, V]>;
  /** As `RDD.mapPartitionsWithIndex`, in a barrier stage. */
  mapPartitionsWithIndex<U>(
    f: (index: number, records: PartitionRecords<T>) => PartitionResults<U>,
    options?: PartitionOptions,
  ): RDD<U>;
  mapPartitionsWithIndex(
    f: (
      index: number,
      records: PartitionRecords<T>,
    ) => PartitionResults<unknown>,
    options: PartitionOptions = {},
  ): RDD<unknown> {
    return this.#derive("barrier().mapPartitionsWithIndex()", f, true, options);
  }

  /** What `RDD.toString` says of the RDD, for a person to read. */
  toString(): string {
    return `RDDBarrier[${describePlan(this.#plan.node)}]`;
  }

  #derive(
    operation: string,
    f: unknown,
    indexed: boolean,
    options: PartitionOptions,
  ): RDD<unknown> {
    const { runtime, node } = this.#plan;
    const call = { ...options, indexed, isBarrier: true };
    return rddOf({
      runtime,
      node: applyToPartitions(node, operation, f, call),
    });
  }
}

/** The barrier over a plan: for the library alone. */
export function barrierOf<T>(plan: RddPlan): RDDBarrier<T> {
  return barrierOver(plan);
}
