/**
 * What a series of timings comes to.
 *
 * @module
 */

/** A series of timings and what it comes to, all in seconds. */
export interface Timings {
  /** Every timed run, in order. */
  readonly seconds: readonly number[];
  /** The middle run, or the mean of the two in the middle. */
  readonly median: number;
  /** The fastest run. */
  readonly min: number;
  /** The slowest run. */
  readonly max: number;
}

/**
 * Sums a series up.
 *
 * @param seconds at least one timing
 * @throws RangeError for an empty series
 */
export function summarize(seconds: readonly number[]): Timings {
  const sorted = seconds.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  const min = sorted[0];
  const max = sorted.at(-1);
  if (
    upper === undefined || lower === undefined || min === undefined ||
    max === undefined
  ) {
    throw new RangeError("Cannot summarize timings: there is none");
  }
  return { seconds, median: (lower + upper) / 2, min, max };
}
