import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import { collectStep } from "./actions/actions.ts";
import { ApproximateRdd } from "./approximate_rdd.ts";
import {
  evenBuckets,
  givenBuckets,
  histogramCounts,
} from "./actions/histogram.ts";
import type { RDD } from "./rdd.ts";
import { StatCounter, type StatState } from "./stat_counter.ts";

/** The actions of {@link RDD} over numbers; on other records they do not compile. */
export abstract class NumericRdd<T> extends ApproximateRdd<T> {
  /**
   * Count, mean, extremes and variance, in one job.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const spread = async (numbers: RDD<number>) => (await numbers.stats()).stdev();
   * ```
   */
  async stats(
    this: RDD<number>,
    options?: ActionOptions,
  ): Promise<StatCounter> {
    const site = callSite("stats()");
    const step = {
      op: "aggregate",
      zero: [0, 0, 0, -Infinity, Infinity],
      f: takeUp,
    } as const;
    const parts = await collectStep(this, step, site, options);
    const all = new StatCounter();
    for (const part of parts as StatState[]) {
      all.mergeStats(StatCounter.from(part));
    }
    return all;
  }

  /** The mean of all numbers; 0 when there are none. */
  async mean(this: RDD<number>, options?: ActionOptions): Promise<number> {
    return (await this.stats(options)).mean();
  }

  /** The variance of all numbers; NaN when there are none. */
  async variance(this: RDD<number>, options?: ActionOptions): Promise<number> {
    return (await this.stats(options)).variance();
  }

  /** The standard deviation of all numbers; NaN when there are none. */
  async stdev(this: RDD<number>, options?: ActionOptions): Promise<number> {
    return (await this.stats(options)).stdev();
  }

  /** The variance of what the numbers are a sample of; NaN for fewer than two. */
  async sampleVariance(
    this: RDD<number>,
    options?: ActionOptions,
  ): Promise<number> {
    return (await this.stats(options)).sampleVariance();
  }

  /** The standard deviation of what the numbers are a sample of; NaN for fewer than two. */
  async sampleStdev(
    this: RDD<number>,
    options?: ActionOptions,
  ): Promise<number> {
    return (await this.stats(options)).sampleStdev();
  }

  /**
   * How many records fall into each bucket. A bucket has its lower bound and
   * not its upper one, but for the last, which has both. What lies outside,
   * and NaN, null and undefined, is not counted. As in PySpark, where bounds
   * are even the bucket is computed by dividing, which may round a number that
   * is just on a bound into the bucket before.
   *
   * @param buckets the bounds, in ascending order; or a number of buckets of
   *   equal width between the least and the greatest number
   * @returns the bounds, and a count for each bucket
   * @throws RangeError for no bucket, and for bounds that are unordered, equal or not there
   * @throws TypeError for what is neither a whole number of buckets nor a list of bounds
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const ages = (people: RDD<number>) => people.histogram([0, 18, 65, 120]);
   * ```
   */
  async histogram<B extends number | string>(
    this: RDD<B>,
    buckets: number | readonly B[],
    options?: ActionOptions,
  ): Promise<[B[], number[]]> {
    const made = typeof buckets === "number"
      ? await evenBuckets(this, buckets, options)
      : givenBuckets(buckets);
    return [made.bounds, await histogramCounts(this, made, options)];
  }
}

/** Runs on the workers, so it names nothing outside of itself. Peer: `StatCounter.merge`. */
function takeUp(state: StatState, value: unknown): StatState {
  if (typeof value !== "number") {
    throw new TypeError(
      `Cannot take ${
        typeof value === "string" ? JSON.stringify(value) : typeof value
      } for a number: give an RDD of numbers`,
    );
  }
  const delta = value - state[1];
  state[0]++;
  state[1] += delta / state[0];
  state[2] += delta * (value - state[1]);
  if (value > state[3]) state[3] = value;
  if (value < state[4]) state[4] = value;
  return state;
}
