/**
 * Equality and order of plain values, written for the reference alone, so that
 * it shares no mistake with the library.
 *
 * @module
 */

/** A text that two values share when they are equal as keys. */
export function valueName(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}

/**
 * Below 0 when the first comes before the second, 0 when they are equal:
 * numbers by size, texts by code points, arrays item by item.
 *
 * @throws TypeError for what has no order
 */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") {
    return compareLists(codePoints(a), codePoints(b));
  }
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  throw new TypeError(`Cannot compare ${valueName(a)} with ${valueName(b)}`);
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function codePoints(text: string): number[] {
  return Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
}
