import type { PartitionOptions } from "./narrow_rdd.ts";
import type {
  PartitionRecords,
  PartitionResults,
} from "./partition_records.ts";
import type { RDD } from "./rdd.ts";

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
  readonly #rdd: RDD<T>;

  /** @internal */
  constructor(rdd: RDD<T>) {
    this.#rdd = rdd;
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
    return this.#rdd.partitionStep(
      "barrier().mapPartitions()",
      f,
      false,
      options,
      true,
    );
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
    return this.#rdd.partitionStep(
      "barrier().mapPartitionsWithIndex()",
      f,
      true,
      options,
      true,
    );
  }
}
