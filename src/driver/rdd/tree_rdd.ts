import { anySeed, uniformDraws } from "../../common/random.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { emptyRdd } from "./acting_rdd.ts";
import { CollectingRdd } from "./collecting_rdd.ts";
import type { RDD } from "./rdd.ts";
import { checkFunction } from "./rdd_base.ts";

/** The actions of {@link RDD} that need several rounds: sampling an exact number, and merging in a tree. */
export abstract class TreeRdd<T> extends CollectingRdd<T> {
  /**
   * A number of records chosen by chance, in no order.
   *
   * @param withReplacement whether a record may come several times
   * @param num how many; fewer come only without replacement from a smaller RDD
   * @param seed of the random numbers; by chance when left out
   * @throws RangeError for a negative number
   */
  async takeSample(
    withReplacement: boolean,
    num: number,
    seed: number = anySeed(),
    options?: ActionOptions,
  ): Promise<T[]> {
    if (!(num >= 0)) throw new RangeError("Sample size cannot be negative.");
    if (!Number.isSafeInteger(num)) {
      throw new RangeError(
        `Cannot take a sample of ${num} records: give a whole number from 0 on`,
      );
    }
    if (num === 0) return [];
    const total = await this.count(options);
    if (total === 0) return [];
    const draw = uniformDraws(seed, -1);
    if (!withReplacement && num >= total) {
      return shuffled(await this.collect(options), draw);
    }
    const fraction = sampleFraction(num, total, withReplacement);
    // The fraction is such that a second round is hardly ever needed.
    for (let round = 0;; round++) {
      const sample = await this.sample(withReplacement, fraction, seed + round)
        .collect(options);
      if (sample.length >= num) return shuffled(sample, draw).slice(0, num);
    }
  }

  /**
   * As `aggregate`, the partitions' values joined on the workers first, in
   * rounds, so that the driver gets few of them.
   *
   * @param zeroValue neutral value; each partition gets a copy of its own
   * @param seqOp takes a record up into a partition's value; may change and return it
   * @param combOp joins the values of two partitions; may change and return the first
   * @param depth how many rounds, at most; 2 when left out
   * @throws RangeError for a depth below 1
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const sum = (numbers: RDD<number>) =>
   *   numbers.treeAggregate(0, (sum, n) => sum + n, (a, b) => a + b);
   * ```
   */
  async treeAggregate<U>(
    zeroValue: U,
    seqOp: (value: U, record: T) => U,
    combOp: (a: U, b: U) => U,
    depth: number = 2,
    options?: ActionOptions,
  ): Promise<U> {
    for (const f of [seqOp, combOp]) checkFunction("treeAggregate()", f);
    checkDepth(depth);
    const parts = this.step<U>("treeAggregate()", {
      op: "aggregate",
      zero: zeroValue,
      f: seqOp,
    });
    const merged = await mergedInTree(parts, combOp, depth, options);
    return merged.length === 0
      ? zeroValue
      : merged.reduce((a, b) => combOp(a, b));
  }

  /**
   * As `reduce`, the partitions' results merged on the workers first, in
   * rounds, so that the driver gets few of them.
   *
   * @param f associative and commutative function of two records
   * @param depth how many rounds, at most; 2 when left out
   * @throws RangeError for a depth below 1
   * @throws SparkError `RDD_EMPTY` when there is no record
   */
  async treeReduce(
    f: (a: T, b: T) => T,
    depth: number = 2,
    options?: ActionOptions,
  ): Promise<T> {
    checkFunction("treeReduce()", f);
    checkDepth(depth);
    const parts = this.step<T>("treeReduce()", { op: "reduce", f });
    const merged = await mergedInTree(parts, f, depth, options);
    if (merged.length === 0) throw emptyRdd("treeReduce()");
    return merged.reduce((a, b) => f(a, b));
  }
}

function checkDepth(depth: number): void {
  if (Number.isInteger(depth) && depth >= 1) return;
  throw new RangeError(
    `Depth must be greater than or equal to 1 but got ${depth}.`,
  );
}

/** Merges the records of more and more partitions. Peer: `RDD.treeAggregate`. */
async function mergedInTree<U>(
  parts: RDD<U>,
  merge: (a: U, b: U) => U,
  depth: number,
  options: ActionOptions | undefined,
): Promise<U[]> {
  let partitions = await parts.getNumPartitions();
  const scale = Math.max(Math.ceil(partitions ** (1 / depth)), 2);
  let level = parts;
  while (partitions > scale + partitions / scale) {
    partitions = Math.floor(partitions / scale);
    const target = partitions;
    level = level.mapPartitionsWithIndex<number, U>((index, values) =>
      values.map((value): [number, U] => [index % target, value])
    ).reduceByKey(merge, target, (place) => place).values();
  }
  return await level.collect(options);
}

/**
 * The fraction to sample so that at least `num` records come in all but one
 * in ten thousand cases. Peer: `RDD._computeFractionForSampleSize`.
 */
function sampleFraction(
  num: number,
  total: number,
  withReplacement: boolean,
): number {
  const fraction = num / total;
  if (withReplacement) {
    const deviations = num < 12 ? 9 : 5;
    return fraction + deviations * Math.sqrt(fraction / total);
  }
  const gamma = -Math.log(0.00005) / total;
  return Math.min(
    1,
    fraction + gamma + Math.sqrt(gamma * gamma + 2 * gamma * fraction),
  );
}

/** The records in an order of chance: Fisher and Yates's shuffle. */
function shuffled<T>(records: T[], draw: () => number): T[] {
  for (let i = records.length - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    [records[i], records[j]] = [records[j] as T, records[i] as T];
  }
  return records;
}
