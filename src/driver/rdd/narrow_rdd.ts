import type {
  PartitionRecords,
  PartitionResults,
} from "./partition_records.ts";
import type { RDD } from "./rdd.ts";
import {
  checkAnyFunction,
  checkFunction,
  isAsyncFunction,
  RddBase,
} from "./rdd_base.ts";

/** What a function over whole partitions may promise. */
export interface PartitionOptions {
  /** Whether it leaves each record's key as it is, so that the result needs no new shuffle by it; false by default. */
  readonly preservesPartitioning?: boolean;
}

/** The transformations of {@link RDD} that look at records one by one or partition by partition. */
export abstract class NarrowRdd<T> extends RddBase<T> {
  /**
   * Each record becomes what the function makes of it. A function that returns
   * a list of two makes pairs, on which the keyed operations work.
   *
   * @param f function of a record
   *
   * @example
   * ```ts
   * import { SparkSession } from "@tspark/tspark";
   *
   * await using spark = await SparkSession.builder.master("local[2]").getOrCreate();
   * const pairs = spark.sparkContext.parallelize(["a", "bb"]).map((s) => [s, s.length]);
   * console.log(await pairs.collect()); // [["a", 1], ["bb", 2]]
   * ```
   */
  map<K, V>(f: (record: T) => [K, V]): RDD<[K, V]>;
  /** Each record becomes what the function makes of it. */
  map<U>(f: (record: T) => U): RDD<U>;
  map(f: (record: T) => unknown): RDD<unknown> {
    checkFunction("map()", f);
    return this.step("map()", { op: "map", f });
  }

  /**
   * Each record becomes the items of the iterable that the function returns.
   *
   * @param f function of a record; a string counts as an iterable of characters
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const words = (lines: RDD<string>) => lines.flatMap((line) => line.split(" "));
   * ```
   */
  flatMap<K, V>(f: (record: T) => Iterable<[K, V]>): RDD<[K, V]>;
  /** Each record becomes the items of the iterable that the function returns. */
  flatMap<U>(f: (record: T) => Iterable<U>): RDD<U>;
  flatMap(f: (record: T) => Iterable<unknown>): RDD<unknown> {
    checkFunction("flatMap()", f);
    return this.step("flatMap()", { op: "flatMap", f });
  }

  /**
   * The records for which the function says so.
   *
   * @param f function of a record; a type guard narrows the RDD's type
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const even = (numbers: RDD<number>) => numbers.filter((n) => n % 2 === 0);
   * ```
   */
  filter<U extends T>(f: (record: T) => record is U): RDD<U>;
  /** The records for which the function says so. */
  filter(f: (record: T) => unknown): RDD<T>;
  filter(f: (record: T) => unknown): RDD<T> {
    checkFunction("filter()", f);
    return this.step("filter()", { op: "filter", f });
  }

  /**
   * Each partition's records become the items of the iterable that the
   * function returns; write a generator to keep only one record in memory. An
   * `async` function, or an async generator, may await: the worker's event loop
   * is free, and `for await` reads the records.
   *
   * @param f function of an iterator over the partition's records
   * @param options what the function promises
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const sums = (numbers: RDD<number>) =>
   *   numbers.mapPartitions(function* (records) {
   *     let sum = 0;
   *     for (const n of records) sum += n;
   *     yield sum;
   *   });
   * ```
   */
  mapPartitions<K, V>(
    f: (records: PartitionRecords<T>) => PartitionResults<[K, V]>,
    options?: PartitionOptions,
  ): RDD<[K, V]>;
  /** Each partition's records become the items of the iterable that the function returns. */
  mapPartitions<U>(
    f: (records: PartitionRecords<T>) => PartitionResults<U>,
    options?: PartitionOptions,
  ): RDD<U>;
  mapPartitions(
    f: (records: PartitionRecords<T>) => PartitionResults<unknown>,
    options: PartitionOptions = {},
  ): RDD<unknown> {
    return this.partitionStep("mapPartitions()", f, false, options);
  }

  /**
   * As {@link NarrowRdd.mapPartitions}, with the partition's index.
   *
   * @param f function of the index, from 0 on, and an iterator over the records
   * @param options what the function promises
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const tagged = (words: RDD<string>) =>
   *   words.mapPartitionsWithIndex((i, records) => records.map((w) => `${i}:${w}`));
   * ```
   */
  mapPartitionsWithIndex<K, V>(
    f: (
      index: number,
      records: PartitionRecords<T>,
    ) => PartitionResults<[K, V]>,
    options?: PartitionOptions,
  ): RDD<[K, V]>;
  /** As `mapPartitions`, with the partition's index. */
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
    return this.partitionStep("mapPartitionsWithIndex()", f, true, options);
  }

  /**
   * Each partition as one list of its records.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const sizes = (words: RDD<string>) => words.glom().map((list) => list.length);
   * ```
   */
  glom(): RDD<T[]> {
    return this.step("glom()", { op: "glom" });
  }

  /**
   * Pairs of what the function makes of a record, and the record.
   *
   * @param f function of a record that gives its key
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const byLength = (words: RDD<string>) => words.keyBy((w) => w.length);
   * ```
   */
  keyBy<K>(f: (record: T) => K): RDD<[K, T]> {
    checkFunction("keyBy()", f);
    return this.step("keyBy()", { op: "keyBy", f });
  }

  /**
   * This RDD and one step more over whole partitions.
   *
   * @internal
   */
  partitionStep(
    operation: string,
    f: unknown,
    indexed: boolean,
    options: PartitionOptions,
    isBarrier: boolean = false,
  ): RDD<unknown> {
    checkAnyFunction(operation, f);
    const op = isAsyncFunction(f) ? "mapPartitionsAsync" : "mapPartitions";
    return this.step(operation, { op, f, indexed }, {
      keepsPartitioning: options.preservesPartitioning ?? false,
      isBarrier,
    });
  }
}
