/** Whether this run takes all of what other runs take a part of. */
export const isNightly: boolean = Deno.env.get("TSPARK_NIGHTLY") !== undefined;

/**
 * All items in the nightly run; else the first, and each n-th behind it.
 *
 * @param items all of them
 * @param n how many of them one stands for
 */
export function sampled<T>(items: readonly T[], n: number): readonly T[] {
  return isNightly ? items : items.filter((_, at) => at % n === 0);
}
