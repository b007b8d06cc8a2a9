import type { JoinKind } from "../../protocol/step.ts";
import { callSite } from "../runtime/call_site.ts";
import { cogroupPlan } from "./plan/cogroup_plan.ts";
import { KeyedRdd } from "./keyed_rdd.ts";
import type { RDD } from "./rdd.ts";
import { checkPartitions, checkSameContext } from "./rdd_base.ts";
import type { Values } from "./values.ts";

/**
 * The operations of {@link RDD} that bring the pairs of several RDDs together
 * by key. RDDs that were partitioned alike, by the same rule into as many
 * partitions, are joined without moving them again.
 */
export abstract class JoinedRdd<T> extends KeyedRdd<T> {
  /**
   * For each key that both RDDs have, every pair of its values.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const withNames = (scores: RDD<[number, number]>, names: RDD<[number, string]>) =>
   *   scores.join(names).map(([id, [score, name]]) => ({ id, name, score }));
   * ```
   */
  join<K, V, W>(
    this: RDD<[K, V]>,
    other: RDD<[K, W]>,
    numPartitions?: number,
  ): RDD<[K, [V, W]]> {
    return joined(this, other, "join()", "inner", numPartitions);
  }

  /**
   * As {@link JoinedRdd.join}, and the values of this RDD that have no partner, with undefined.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   */
  leftOuterJoin<K, V, W>(
    this: RDD<[K, V]>,
    other: RDD<[K, W]>,
    numPartitions?: number,
  ): RDD<[K, [V, W | undefined]]> {
    return joined(this, other, "leftOuterJoin()", "left", numPartitions);
  }

  /**
   * As {@link JoinedRdd.join}, and the values of the other RDD that have no partner, with undefined.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   */
  rightOuterJoin<K, V, W>(
    this: RDD<[K, V]>,
    other: RDD<[K, W]>,
    numPartitions?: number,
  ): RDD<[K, [V | undefined, W]]> {
    return joined(this, other, "rightOuterJoin()", "right", numPartitions);
  }

  /**
   * As {@link JoinedRdd.join}, and the values of both RDDs that have no partner, with undefined.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   */
  fullOuterJoin<K, V, W>(
    this: RDD<[K, V]>,
    other: RDD<[K, W]>,
    numPartitions?: number,
  ): RDD<[K, [V | undefined, W | undefined]]> {
    return joined(this, other, "fullOuterJoin()", "full", numPartitions);
  }

  /**
   * For each key of either RDD, its values in this one and in the other.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const counts = (a: RDD<[string, number]>, b: RDD<[string, number]>) =>
   *   a.cogroup(b).mapValues(([left, right]) => [left.length, right.length]);
   * ```
   */
  cogroup<K, V, W>(
    this: RDD<[K, V]>,
    other: RDD<[K, W]>,
    numPartitions?: number,
  ): RDD<[K, [Values<V>, Values<W>]]> {
    return cogrouped("cogroup()", [this, other], numPartitions);
  }

  /**
   * For each key of any of the RDDs, its values in each of them.
   *
   * @param others one to three RDDs of the same application
   */
  groupWith<K, V, W>(
    this: RDD<[K, V]>,
    ...others: [RDD<[K, W]>]
  ): RDD<[K, [Values<V>, Values<W>]]>;
  /** For each key of any of the RDDs, its values in each of them. */
  groupWith<K, V, W1, W2>(
    this: RDD<[K, V]>,
    ...others: [RDD<[K, W1]>, RDD<[K, W2]>]
  ): RDD<[K, [Values<V>, Values<W1>, Values<W2>]]>;
  /** For each key of any of the RDDs, its values in each of them. */
  groupWith<K, V, W1, W2, W3>(
    this: RDD<[K, V]>,
    ...others: [RDD<[K, W1]>, RDD<[K, W2]>, RDD<[K, W3]>]
  ): RDD<[K, [Values<V>, Values<W1>, Values<W2>, Values<W3>]]>;
  groupWith<K>(
    this: RDD<[K, unknown]>,
    ...others: RDD<[K, unknown]>[]
  ): RDD<[K, Values<unknown>[]]> {
    return cogrouped("groupWith()", [this, ...others], undefined);
  }

  /**
   * The pairs of this RDD whose key another does not have.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const open = (orders: RDD<[number, string]>, paid: RDD<[number, Date]>) =>
   *   orders.subtractByKey(paid);
   * ```
   */
  subtractByKey<K, V, W>(
    this: RDD<[K, V]>,
    other: RDD<[K, W]>,
    numPartitions?: number,
  ): RDD<[K, V]> {
    return joined(this, other, "subtractByKey()", "subtract", numPartitions);
  }
}

function joined<K, V, W, R>(
  left: RDD<[K, V]>,
  right: RDD<[K, W]>,
  operation: string,
  kind: JoinKind,
  numPartitions: number | undefined,
): RDD<[K, R]> {
  return cogrouped(operation, [left, right], numPartitions)
    .step(operation, { op: "join", kind });
}

function cogrouped<K, G extends readonly Values<unknown>[]>(
  operation: string,
  sides: readonly [RDD<[K, unknown]>, ...RDD<[K, unknown]>[]],
  numPartitions: number | undefined,
): RDD<[K, G]> {
  const [first, ...others] = sides;
  for (const other of others) checkSameContext(operation, first, other);
  if (numPartitions !== undefined) checkPartitions(operation, numPartitions);
  const nodes = sides.map(({ node }) => node);
  const site = callSite(operation);
  return first.derive(cogroupPlan(nodes, numPartitions ?? null, site));
}
