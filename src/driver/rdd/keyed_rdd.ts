import type { RDD } from "./rdd.ts";
import { checkFunction } from "./rdd_base.ts";
import { SampledRdd } from "./sampled_rdd.ts";
import type { Values } from "./values.ts";

/** The operations of {@link RDD} that need pairs; on other records they do not compile. */
export abstract class KeyedRdd<T> extends SampledRdd<T> {
  /** The first of each pair. */
  keys<K, V>(this: RDD<[K, V]>): RDD<K> {
    return this.step("keys()", { op: "keys" });
  }

  /** The second of each pair. */
  values<K, V>(this: RDD<[K, V]>): RDD<V> {
    return this.step("values()", { op: "values" });
  }

  /**
   * Each pair's value becomes what the function makes of it.
   *
   * @param f function of a value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const lengths = (texts: RDD<[string, string]>) => texts.mapValues((s) => s.length);
   * ```
   */
  mapValues<K, V, W>(this: RDD<[K, V]>, f: (value: V) => W): RDD<[K, W]> {
    checkFunction("mapValues()", f);
    return this.step("mapValues()", { op: "mapValues", f });
  }

  /**
   * Each pair becomes one pair for every item that the function makes of its value.
   *
   * @param f function of a value that returns an iterable
   */
  flatMapValues<K, V, W>(
    this: RDD<[K, V]>,
    f: (value: V) => Iterable<W>,
  ): RDD<[K, W]> {
    checkFunction("flatMapValues()", f);
    return this.step("flatMapValues()", { op: "flatMapValues", f });
  }

  /**
   * One pair for each key, its values merged two by two: first within each
   * partition, then over all of them.
   *
   * @param f associative and commutative function of two values
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const counts = (ones: RDD<[string, number]>) => ones.reduceByKey((a, b) => a + b);
   * ```
   */
  reduceByKey<K, A, B>(
    this: RDD<[K, [A, B]]>,
    f: (a: [A, B], b: [A, B]) => [A, B],
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, [A, B]]>;
  /** One pair for each key, its values merged two by two. */
  reduceByKey<K, V>(
    this: RDD<[K, V]>,
    f: (a: NoInfer<V>, b: NoInfer<V>) => NoInfer<V>,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, V]>;
  reduceByKey<K, V>(
    this: RDD<[K, V]>,
    f: (a: V, b: V) => V,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, V]> {
    checkFunction("reduceByKey()", f);
    return this.step<[K, V]>("reduceByKey()", {
      op: "mergeCombiners",
      merge: f,
    })
      .shuffle<[K, V]>("reduceByKey()", ruleOf(partitionFunc), numPartitions)
      .step("reduceByKey()", { op: "mergeCombiners", merge: f });
  }

  /**
   * One pair for each key, with all its values. To add or count them,
   * {@link KeyedRdd.reduceByKey} moves far less data.
   *
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   */
  groupByKey<K, V>(
    this: RDD<[K, V]>,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, Values<V>]> {
    return this.shuffle<[K, V]>(
      "groupByKey()",
      ruleOf(partitionFunc),
      numPartitions,
    ).step("groupByKey()", { op: "group" });
  }

  /**
   * One pair for each key, its values combined into a value of another type.
   *
   * @param createCombiner makes a combined value of a key's first value
   * @param mergeValue adds a value to a combined one; may change and return it
   * @param mergeCombiners joins two combined values; may change and return the first
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const longest = (pairs: RDD<[string, string]>) =>
   *   pairs.combineByKey((s) => s.length, (n, s) => Math.max(n, s.length), Math.max);
   * ```
   */
  combineByKey<K, V, C>(
    this: RDD<[K, V]>,
    createCombiner: (value: V) => C,
    mergeValue: (combined: C, value: V) => C,
    mergeCombiners: (a: C, b: C) => C,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, C]> {
    for (const f of [createCombiner, mergeValue, mergeCombiners]) {
      checkFunction("combineByKey()", f);
    }
    return this.step<[K, C]>("combineByKey()", {
      op: "combine",
      create: createCombiner,
      merge: mergeValue,
      join: mergeCombiners,
    })
      .shuffle<[K, C]>("combineByKey()", ruleOf(partitionFunc), numPartitions)
      .step("combineByKey()", { op: "mergeCombiners", merge: mergeCombiners });
  }

  /**
   * One pair for each key, its values taken up into a value of another type
   * that begins as a neutral one.
   *
   * @param zeroValue neutral value; each key gets a copy of its own
   * @param seqFunc takes a value up; may change and return its first argument
   * @param combFunc joins two such values; may change and return the first
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const seen = (pairs: RDD<[string, number]>) =>
   *   pairs.aggregateByKey(
   *     new Set<number>(),
   *     (set, n) => set.add(n),
   *     (a, b) => a.union(b),
   *   );
   * ```
   */
  aggregateByKey<K, V, U>(
    this: RDD<[K, V]>,
    zeroValue: U,
    seqFunc: (value: U, next: V) => U,
    combFunc: (a: U, b: U) => U,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, U]> {
    const operation = "aggregateByKey()";
    for (const f of [seqFunc, combFunc]) checkFunction(operation, f);
    return this.step<[K, U]>(operation, {
      op: "combineFrom",
      zero: zeroValue,
      merge: seqFunc,
      join: combFunc,
    })
      .shuffle<[K, U]>(operation, ruleOf(partitionFunc), numPartitions)
      .step(operation, { op: "mergeCombiners", merge: combFunc });
  }

  /**
   * One pair for each key, its values merged two by two, beginning with a
   * neutral value in each partition.
   *
   * @param zeroValue neutral value; each key gets a copy of its own
   * @param func associative and commutative; may change and return its first argument
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const totals = (pairs: RDD<[string, number]>) => pairs.foldByKey(0, (a, b) => a + b);
   * ```
   */
  foldByKey<K, V>(
    this: RDD<[K, V]>,
    zeroValue: NoInfer<V>,
    func: (a: NoInfer<V>, b: NoInfer<V>) => NoInfer<V>,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, V]> {
    checkFunction("foldByKey()", func);
    return this.step<[K, V]>("foldByKey()", {
      op: "combineFrom",
      zero: zeroValue,
      merge: func,
      join: func,
    })
      .shuffle<[K, V]>("foldByKey()", ruleOf(partitionFunc), numPartitions)
      .step("foldByKey()", { op: "mergeCombiners", merge: func });
  }

  /**
   * One pair for each key that the function gives, with all its records.
   *
   * @param f function of a record that gives its key
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const byParity = (numbers: RDD<number>) => numbers.groupBy((n) => n % 2);
   * ```
   */
  groupBy<K>(
    f: (record: T) => K,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, Values<T>]> {
    checkFunction("groupBy()", f);
    return this.step<[K, T]>("groupBy()", { op: "keyBy", f })
      .shuffle<[K, T]>("groupBy()", ruleOf(partitionFunc), numPartitions)
      .step("groupBy()", { op: "group" });
  }

  /**
   * The pairs, each in the partition that its key says.
   *
   * @param numPartitions number of partitions; by default as Spark chooses
   * @param partitionFunc whole number for a key, taken modulo the number of
   *   partitions; by default a hash of its value
   */
  partitionBy<K, V>(
    this: RDD<[K, V]>,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, V]> {
    return this.shuffle("partitionBy()", ruleOf(partitionFunc), numPartitions);
  }
}

/** The rule that a user's partition function makes, or the hash without one. */
export function ruleOf<K>(
  partitionFunc: ((key: K) => number | bigint) | undefined,
): { kind: "hash" } | { kind: "function"; f: unknown } {
  if (partitionFunc === undefined) return { kind: "hash" };
  checkFunction("partitionFunc", partitionFunc);
  return { kind: "function", f: partitionFunc };
}
