/**
 * The parts of `RDD.histogram`. Peer: `RDD.histogram` of PySpark.
 *
 * @module
 */
import { describeValue } from "../../../common/describe_value.ts";
import { showValue } from "../../../common/show_value.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { callSite } from "../../runtime/call_site.ts";
import { collectStep } from "./collect.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";

/** The buckets of a histogram. */
export interface Buckets<B> {
  /** Bounds in ascending order, one more than buckets. */
  readonly bounds: B[];
  /** How wide each bucket is, where a record's bucket is found by dividing; null where it is searched for. */
  readonly width: number | null;
}

/**
 * Bounds of buckets of equal width between the least and the greatest number.
 *
 * @param plan the numbers
 * @param count how many buckets
 * @throws RangeError for a number of buckets below 1, and for no or infinite numbers
 * @throws TypeError for records that are no numbers
 */
export async function evenBuckets<B extends number | string>(
  plan: RddPlan,
  count: number,
  options?: ActionOptions,
): Promise<Buckets<B>> {
  if (!Number.isInteger(count)) {
    throw noBuckets(count);
  }
  if (count < 1) {
    throw new RangeError(
      `Cannot make ${count} buckets: give a whole number from 1 on`,
    );
  }
  const site = callSite("histogram()");
  const step = { op: "aggregate", zero: [null, null], f: widen } as const;
  const parts = await collectStep(plan, step, site, options);
  const [min, max] = (parts as (B | null)[][]).flat().reduce<
    [B | null, B | null]
  >((range, value) => value === null ? range : widen(range, value), [
    null,
    null,
  ]);
  if (min === null || max === null) {
    throw new RangeError(
      "Cannot make buckets of an empty RDD: it has no least and greatest number; give bounds such as [0, 18, 65]",
    );
  }
  if (min === max || count === 1) return { bounds: [min, max], width: null };
  if (typeof min !== "number" || typeof max !== "number") {
    throw new TypeError(
      `Cannot make ${count} buckets from ${describeValue(min)} to ${
        describeValue(max)
      }: only numbers are divided evenly; give bounds such as ["a", "n", "z"]`,
    );
  }
  const width = (max - min) / count;
  if (!Number.isFinite(width)) {
    throw new RangeError(
      `Cannot make ${count} buckets from ${min} to ${max}: their width is not finite; give bounds such as [0, 18, 65]`,
    );
  }
  const bounds: number[] = [];
  for (let i = 0; i < count; i++) bounds.push(i * width + min);
  bounds.push(max); // exactly, whatever rounding made of it
  // Buckets narrower than any number have no width to divide by.
  return { bounds: bounds as B[], width: width === 0 ? null : width };
}

/**
 * Checks the bounds that a program gave.
 *
 * @throws RangeError when they make no buckets
 */
export function givenBuckets<B extends number | string>(
  buckets: readonly B[],
): Buckets<B> {
  if (!Array.isArray(buckets)) {
    throw noBuckets(buckets);
  }
  if (buckets.length < 2) {
    throw badBounds(buckets, "a bucket has two bounds; give at least two");
  }
  for (const bound of buckets) {
    if (bound === null || bound === undefined || bound !== bound) {
      throw badBounds(buckets, `${bound} is no bound; leave it out`);
    }
  }
  const isAfter = (bound: B, i: number): boolean =>
    i === 0 || bound >= (buckets[i - 1] as B);
  if (!buckets.every(isAfter)) {
    throw badBounds(buckets, "they are not in ascending order; sort them");
  }
  if (new Set(buckets).size < buckets.length) {
    throw badBounds(buckets, "one is there twice; leave one of them out");
  }
  return { bounds: [...buckets], width: evenWidth(buckets) };
}

function badBounds(buckets: readonly unknown[], why: string): RangeError {
  return new RangeError(
    `Cannot make buckets of the bounds ${showValue(buckets)}: ${why}`,
  );
}

function noBuckets(given: unknown): TypeError {
  return new TypeError(
    `Cannot make buckets of ${
      describeValue(given)
    }: it is neither a whole number nor a list of bounds; give one of them, such as 10 or [0, 18, 65]`,
  );
}

/** The width of buckets that PySpark takes for even ones; null for others. */
function evenWidth(bounds: readonly (number | string)[]): number | null {
  const steps: number[] = [];
  for (let i = 1; i < bounds.length; i++) {
    const [before, bound] = [bounds[i - 1], bounds[i]];
    if (typeof before !== "number" || typeof bound !== "number") return null;
    steps.push(bound - before);
  }
  const [first, last] = [bounds[0] as number, bounds.at(-1) as number];
  const spread = steps.reduce((a, b) => Math.max(a, b)) -
    steps.reduce((a, b) => Math.min(a, b));
  return spread < 1e-10 ? (last - first) / steps.length : null;
}

/**
 * How many records fall into each bucket.
 *
 * @param buckets the bounds, or how many buckets of equal width
 * @returns the bounds, and a count for each bucket
 */
export async function histogram<B extends number | string>(
  plan: RddPlan,
  buckets: number | readonly B[],
  options?: ActionOptions,
): Promise<[B[], number[]]> {
  const made = typeof buckets === "number"
    ? await evenBuckets<B>(plan, buckets, options)
    : givenBuckets(buckets);
  return [made.bounds, await histogramCounts(plan, made, options)];
}

async function histogramCounts<B extends number | string>(
  plan: RddPlan,
  { bounds, width }: Buckets<B>,
  options?: ActionOptions,
): Promise<number[]> {
  const site = callSite("histogram()");
  const list = [...bounds];
  const kind: string = typeof list[0];
  const step = {
    op: "mapPartitions",
    indexed: false,
    f: (records: Iterable<B>) => {
      const counts = new Array<number>(list.length - 1).fill(0);
      const last = counts.length - 1;
      for (const record of records) {
        if (record === null || record === undefined) continue;
        if (record !== record) continue; // NaN
        const found: string = typeof record;
        if (found !== kind) {
          throw new TypeError(
            `Cannot count a ${found} in a histogram: its bounds are each a ${kind}; map the records to that first`,
          );
        }
        const inside = record >= (list[0] as B) &&
          record <= (list[last + 1] as B);
        if (!inside) continue;
        let [low, high] = [0, last];
        if (width !== null) {
          const even = Math.trunc(
            ((record as number) - (list[0] as number)) / width,
          );
          low = high = Math.min(even, last); // the last bound is in the last bucket
        }
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if (record < (list[middle] as B)) high = middle - 1;
          else low = middle;
        }
        counts[low] = (counts[low] ?? 0) + 1;
      }
      return [counts];
    },
  } as const;
  const parts = await collectStep(plan, step, site, options);
  const sums = new Array<number>(list.length - 1).fill(0);
  for (const counts of parts as number[][]) {
    counts.forEach((count, i) => sums[i] = (sums[i] ?? 0) + count);
  }
  return sums;
}

/** Runs on the workers too, so it names nothing outside of itself. */
function widen<B extends number | string>(
  range: [B | null, B | null],
  value: B,
): [B | null, B | null] {
  if (value === null || value === undefined || value !== value) return range;
  const [min, max] = range;
  return [
    min === null || value < min ? value : min,
    max === null || value > max ? value : max,
  ];
}
