import { callSite } from "../runtime/call_site.ts";
import { coalesceNode, unionNode } from "./plan.ts";
import type { RDD } from "./rdd.ts";
import { checkFunction, checkPartitions, RddBase } from "./rdd_base.ts";

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
   * function returns; write a generator to keep only one record in memory.
   *
   * @param f function of an iterator over the partition's records
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
    f: (records: IteratorObject<T, undefined>) => Iterable<[K, V]>,
  ): RDD<[K, V]>;
  /** Each partition's records become the items of the iterable that the function returns. */
  mapPartitions<U>(
    f: (records: IteratorObject<T, undefined>) => Iterable<U>,
  ): RDD<U>;
  mapPartitions(
    f: (records: IteratorObject<T, undefined>) => Iterable<unknown>,
  ): RDD<unknown> {
    checkFunction("mapPartitions()", f);
    return this.step("mapPartitions()", {
      op: "mapPartitions",
      f,
      indexed: false,
    });
  }

  /**
   * As {@link NarrowRdd.mapPartitions}, with the partition's index.
   *
   * @param f function of the index, from 0 on, and an iterator over the records
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
      records: IteratorObject<T, undefined>,
    ) => Iterable<[K, V]>,
  ): RDD<[K, V]>;
  /** As `mapPartitions`, with the partition's index. */
  mapPartitionsWithIndex<U>(
    f: (index: number, records: IteratorObject<T, undefined>) => Iterable<U>,
  ): RDD<U>;
  mapPartitionsWithIndex(
    f: (
      index: number,
      records: IteratorObject<T, undefined>,
    ) => Iterable<unknown>,
  ): RDD<unknown> {
    checkFunction("mapPartitionsWithIndex()", f);
    return this.step("mapPartitionsWithIndex()", {
      op: "mapPartitions",
      f,
      indexed: true,
    });
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
   * The records of this RDD and of another, duplicates kept.
   *
   * @param other an RDD of the same application
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const all = (a: RDD<string>, b: RDD<string>) => a.union(b);
   * ```
   */
  union<U>(other: RDD<U>): RDD<T | U> {
    if (other.runtime !== this.runtime) {
      throw new TypeError(
        "Cannot run union() over RDDs of two applications: make both with the same SparkContext",
      );
    }
    return this.derive(
      unionNode([this.node, other.node], callSite("union()")),
    );
  }

  /**
   * The records that differ by value, one of each.
   *
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const words = (all: RDD<string>) => all.distinct();
   * ```
   */
  distinct(numPartitions?: number): RDD<T> {
    return this.step<T>("distinct()", { op: "distinct" })
      .shuffle<T>("distinct()", { kind: "record" }, numPartitions)
      .step("distinct()", { op: "distinct" });
  }

  /**
   * The records spread evenly over a number of partitions, by a shuffle.
   *
   * @param numPartitions number of partitions, from 1 on
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const wider = (words: RDD<string>) => words.repartition(100);
   * ```
   */
  repartition(numPartitions: number): RDD<T> {
    return this.shuffle(
      "repartition()",
      { kind: "roundRobin" },
      numPartitions,
    );
  }

  /**
   * The records in fewer partitions, joined without moving them.
   *
   * @param numPartitions number of partitions, from 1 on; more than there are changes nothing
   * @param shuffle true spreads the records evenly, as {@link NarrowRdd.repartition}
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const narrower = (words: RDD<string>) => words.coalesce(2);
   * ```
   */
  coalesce(numPartitions: number, shuffle: boolean = false): RDD<T> {
    if (shuffle) return this.repartition(numPartitions);
    checkPartitions("coalesce()", numPartitions);
    return this.derive(
      coalesceNode(this.node, numPartitions, callSite("coalesce()")),
    );
  }
}
