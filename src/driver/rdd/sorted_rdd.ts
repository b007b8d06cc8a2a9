import { JoinedRdd } from "./joined_rdd.ts";
import { ruleOf } from "./keyed_rdd.ts";
import { rangeRule } from "./plan/range_bounds.ts";
import type { RDD } from "./rdd.ts";
import { checkFunction } from "./rdd_base.ts";

/**
 * The operations of {@link RDD} that bring records into an order. There is one
 * order over all values: undefined < null < false < true < numbers (NaN last)
 * < bigints < strings by code point < dates < bytes < lists < objects; lists
 * compare item by item. Equal keys keep their order.
 */
export abstract class SortedRdd<T> extends JoinedRdd<T> {
  /**
   * The records in the order of what the function makes of them. Runs a job
   * that samples the keys at the first action.
   *
   * @param keyfunc function of a record that gives what it is sorted by
   * @param ascending false for the greatest first; true by default
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const longestFirst = (words: RDD<string>) => words.sortBy((w) => w.length, false);
   * ```
   */
  sortBy<K>(
    keyfunc: (record: T) => K,
    ascending: boolean = true,
    numPartitions?: number,
  ): RDD<T> {
    checkFunction("sortBy()", keyfunc);
    return sorted<K, T>(
      this.step("sortBy()", { op: "keyBy", f: keyfunc }),
      "sortBy()",
      { ascending, numPartitions, key: null },
    ).step("sortBy()", { op: "values" });
  }

  /**
   * The pairs in the order of their keys. Runs a job that samples the keys at
   * the first action.
   *
   * @param ascending false for the greatest first; true by default
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param keyfunc function of a key that gives what it is sorted by; by default the key itself
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const dictionary = (counts: RDD<[string, number]>) =>
   *   counts.sortByKey(true, 4, (word) => word.toLowerCase());
   * ```
   */
  sortByKey<K, V>(
    this: RDD<[K, V]>,
    ascending: boolean = true,
    numPartitions?: number,
    keyfunc?: (key: K) => unknown,
  ): RDD<[K, V]> {
    if (keyfunc !== undefined) checkFunction("sortByKey()", keyfunc);
    const key = keyfunc ?? null;
    return sorted(this, "sortByKey()", { ascending, numPartitions, key });
  }

  /**
   * The pairs, each in the partition that its key says, and each partition in
   * the order of its keys: cheaper than sorting after `partitionBy`.
   *
   * @param numPartitions number of partitions; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   * @param ascending false for the greatest first; true by default
   * @param keyfunc function of a key that gives what it is sorted by; by default the key itself
   */
  repartitionAndSortWithinPartitions<K, V>(
    this: RDD<[K, V]>,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
    ascending: boolean = true,
    keyfunc?: (key: K) => unknown,
  ): RDD<[K, V]> {
    const operation = "repartitionAndSortWithinPartitions()";
    if (keyfunc !== undefined) checkFunction(operation, keyfunc);
    return this.shuffle<[K, V]>(operation, ruleOf(partitionFunc), numPartitions)
      .step(operation, {
        op: "sort",
        key: keyfunc ?? null,
        ofKeys: true,
        ascending,
      });
  }
}

interface Sorting {
  readonly ascending: boolean;
  readonly numPartitions: number | undefined;
  readonly key: ((key: never) => unknown) | null;
}

function sorted<K, V>(
  pairs: RDD<[K, V]>,
  operation: string,
  { ascending, numPartitions, key }: Sorting,
): RDD<[K, V]> {
  const rule = rangeRule(pairs.node, operation, ascending, key);
  return pairs.shuffle<[K, V]>(operation, rule, numPartitions)
    .step(operation, { op: "sort", key, ofKeys: true, ascending });
}
