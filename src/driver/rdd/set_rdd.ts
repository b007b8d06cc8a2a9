import { callSite } from "../runtime/call_site.ts";
import { countsByPartition } from "./actions/actions.ts";
import { cogroupPlan } from "./plan/cogroup_plan.ts";
import { countPartitions } from "./plan/materialize.ts";
import { NarrowRdd } from "./narrow_rdd.ts";
import {
  jvmTransformNode,
  pairingNode,
  stageNode,
  unionNode,
} from "./plan/plan_node.ts";
import type { RDD } from "./rdd.ts";
import { checkPartitions, checkSameContext } from "./rdd_base.ts";

/** The transformations of {@link RDD} that treat records as members of a set, number them, or lay them out anew. */
export abstract class SetRdd<T> extends NarrowRdd<T> {
  /**
   * The records of this RDD and of another, duplicates kept. RDDs with the
   * same partitioner keep it.
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
    checkSameContext("union()", this, other);
    return this.derive(
      unionNode([this.node, other.node], callSite("union()")),
    );
  }

  /**
   * The records that are in this RDD and in another too, one of each; equal by value.
   *
   * @param other an RDD of the same application
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const common = (a: RDD<string>, b: RDD<string>) => a.intersection(b);
   * ```
   */
  intersection(other: RDD<T>): RDD<T> {
    return this.#cogroupRecords<T>("intersection()", other, undefined)
      .step("intersection()", { op: "join", kind: "intersect" });
  }

  /**
   * The records of this RDD that are not in another, duplicates kept; equal by value.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const rare = (words: RDD<string>, common: RDD<string>) => words.subtract(common);
   * ```
   */
  subtract(other: RDD<T>, numPartitions?: number): RDD<T> {
    return this.#cogroupRecords<T>("subtract()", other, numPartitions)
      .step<[T, true]>("subtract()", { op: "join", kind: "subtract" })
      .step("subtract()", { op: "keys" });
  }

  /**
   * Every pair of a record of this RDD and a record of another.
   *
   * @param other an RDD of the same application
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const grid = (xs: RDD<number>, ys: RDD<number>) => xs.cartesian(ys);
   * ```
   */
  cartesian<U>(other: RDD<U>): RDD<[T, U]> {
    checkSameContext("cartesian()", this, other);
    const site = callSite("cartesian()");
    return this.derive(pairingNode(this.node, other.node, "product", site));
  }

  /**
   * Pairs of the records at the same places of two RDDs, which must have as
   * many partitions, and as many records in each.
   *
   * @param other an RDD of the same application, usually made from this one by `map`
   * @throws at the action: SparkError `ZIP_PARTITIONS_DIFFER`; a JavaError or
   *   WorkerError when the numbers of records differ
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const withLength = (words: RDD<string>) => words.zip(words.map((w) => w.length));
   * ```
   */
  zip<U>(other: RDD<U>): RDD<[T, U]> {
    checkSameContext("zip()", this, other);
    const site = callSite("zip()");
    return this.derive(pairingNode(this.node, other.node, "zip", site));
  }

  /**
   * Pairs of each record and its place in the whole RDD, from 0 on. Runs a job
   * at the first action, when there is more than one partition.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const numbered = (lines: RDD<string>) => lines.zipWithIndex();
   * ```
   */
  zipWithIndex(): RDD<[T, number]> {
    const { node } = this;
    const site = callSite("zipWithIndex()");
    return this.step("zipWithIndex()", async (runtime) => {
      const isOne = await countPartitions(runtime, node) < 2;
      const counts = isOne ? [] : await countsByPartition(runtime, node, site);
      let next = 0;
      const starts = [0, ...counts.map((count) => next += count)];
      return { op: "zipWithIndex", starts };
    });
  }

  /**
   * Pairs of each record and a number that no other record has: without a job,
   * so there may be gaps. The k-th record of the p-th of n partitions gets k × n + p.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const named = (lines: RDD<string>) => lines.zipWithUniqueId();
   * ```
   */
  zipWithUniqueId(): RDD<[T, number]> {
    const { node } = this;
    return this.step("zipWithUniqueId()", async (runtime) => ({
      op: "zipWithUniqueId",
      partitions: await countPartitions(runtime, node),
    }));
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
   * @param shuffle true spreads the records evenly, as {@link SetRdd.repartition}
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
    const site = callSite("coalesce()");
    return this.derive(
      jvmTransformNode(
        this.node,
        (_, java) => java.callObject("coalesce", numPartitions, false),
        site,
      ),
    );
  }

  /** The groups of each record in this RDD and in another. */
  #cogroupRecords<U>(
    operation: string,
    other: RDD<U>,
    numPartitions: number | undefined,
  ): RDD<[T | U, [true[], true[]]]> {
    checkSameContext(operation, this, other);
    if (numPartitions !== undefined) checkPartitions(operation, numPartitions);
    const site = callSite(operation);
    const sides = [this.node, other.node].map((node) =>
      stageNode(node, { op: "map", f: withTrue }, site)
    );
    return this.derive(cogroupPlan(sides, numPartitions ?? null, site));
  }
}

const withTrue = <T>(record: T): [T, true] => [record, true];
