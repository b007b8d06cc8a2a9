import { anySeed } from "../../common/random.ts";
import type { RDD } from "./rdd.ts";
import { SetRdd } from "./set_rdd.ts";

/**
 * The transformations of {@link RDD} that choose records by chance. A seed
 * always gives the same sample of the same partitions, however many workers
 * there are and however often a task runs again.
 */
export abstract class SampledRdd<T> extends SetRdd<T> {
  /**
   * A part of the records, chosen by chance.
   *
   * @param withReplacement whether a record may come several times
   * @param fraction expected part of the records, from 0 to 1; with
   *   replacement how often each is expected, from 0 on
   * @param seed of the random numbers; by chance when left out
   * @throws RangeError for a fraction that is negative or not finite
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const tenth = (lines: RDD<string>) => lines.sample(false, 0.1, 42);
   * ```
   */
  sample(
    withReplacement: boolean,
    fraction: number,
    seed: number = anySeed(),
  ): RDD<T> {
    checkFraction(fraction);
    return this.step(
      "sample()",
      withReplacement
        ? { op: "poisson", mean: fraction, seed }
        : { op: "sample", lower: 0, upper: fraction, seed },
    );
  }

  /**
   * A part of the pairs, chosen by chance, each key with a fraction of its own.
   *
   * @param withReplacement whether a pair may come several times
   * @param fractions pairs of key and fraction, such as a `Map`; other keys are left out
   * @param seed of the random numbers; by chance when left out
   * @throws RangeError for a fraction that is negative or not finite
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const few = (pairs: RDD<[string, number]>) =>
   *   pairs.sampleByKey(false, new Map([["a", 0.2], ["b", 0.1]]), 7);
   * ```
   */
  sampleByKey<K, V>(
    this: RDD<[K, V]>,
    withReplacement: boolean,
    fractions: Iterable<readonly [K, number]>,
    seed: number = anySeed(),
  ): RDD<[K, V]> {
    const list = [...fractions];
    for (const [, fraction] of list) checkFraction(fraction);
    return this.step("sampleByKey()", {
      op: "sampleByKey",
      fractions: list,
      withReplacement,
      seed,
    });
  }

  /**
   * The records dealt out by chance to several RDDs, each record to one.
   *
   * @param weights of the RDDs, in any unit
   * @param seed of the random numbers; by chance when left out
   * @throws RangeError for a negative weight, and when all are 0
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const split = (rows: RDD<number[]>) => {
   *   const [training, test] = rows.randomSplit([0.8, 0.2], 1);
   *   return { training, test };
   * };
   * ```
   */
  randomSplit(
    weights: readonly number[],
    seed: number = anySeed(),
  ): RDD<T>[] {
    for (const weight of weights) {
      if (!(weight >= 0)) {
        throw new RangeError(
          `Weights must be nonnegative, but got ${weight} in [${
            weights.join(", ")
          }]`,
        );
      }
    }
    const sum = weights.reduce((a, b) => a + b, 0);
    if (!(sum > 0 && sum < Infinity)) {
      throw new RangeError(
        `Sum of weights must be positive, but got [${weights.join(", ")}]`,
      );
    }
    let before = 0;
    return weights.map((weight, i) => {
      const lower = before / sum;
      before += weight;
      // The last bound must not fall short of 1 by a rounding error.
      const upper = i === weights.length - 1 ? 1 : before / sum;
      return this.step<T>("randomSplit()", {
        op: "sample",
        lower,
        upper,
        seed,
      });
    });
  }
}

function checkFraction(fraction: number): void {
  if (!(fraction >= 0)) {
    throw new RangeError(`Negative fraction value: ${fraction}`);
  }
  if (fraction === Infinity) {
    throw new RangeError(
      "Cannot take a sample with fraction Infinity: give a finite number from 0 on",
    );
  }
}
