/**
 * Which arrays of a record TSpark made itself, so that they have nothing but
 * their elements, what `match()` gave apart, and need no look. A list stands
 * for an array of ours, with what is known of its items; `"all"` for a record
 * that was just read; null for whatever code of the program may have had.
 *
 * @example
 * ```ts
 * [null, [null, null]] // a pair of ours whose value is a pair of ours
 * ```
 */
export type OwnArrays = null | "all" | readonly OwnArrays[];

/** A pair that TSpark made of what may be the program's. */
export const OWN_PAIR: OwnArrays = [null, null];

/** What is known of an array's item. */
export function ownItem(own: OwnArrays, at: number): OwnArrays {
  return own === "all" ? "all" : own?.[at] ?? null;
}
