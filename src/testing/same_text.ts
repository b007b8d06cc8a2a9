import { isAbsent, sameValue, type Tolerance } from "./same_value.ts";

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Whether two values have the same text, or texts of numbers that are near:
 * `"1000"`, `1000` and `1000.0` are the same.
 *
 * @param actual the value that is there
 * @param expected the value that should be there
 * @param tolerance how far numbers may be apart
 */
export function sameText(
  actual: unknown,
  expected: unknown,
  tolerance: Tolerance,
): boolean {
  if (isAbsent(actual) || isAbsent(expected)) {
    return isAbsent(actual) && isAbsent(expected);
  }
  const left = String(actual);
  const right = String(expected);
  if (left === right) return true;
  if (!NUMBER.test(left) || !NUMBER.test(right)) return false;
  return /[eE]/.test(left + right)
    ? sameValue(Number(left), Number(right), { kind: "double" }, tolerance)
    : sameValue(left, right, DECIMAL, tolerance);
}

/** A text that values with the same text have in common, numbers as one. */
export function numberText(value: unknown): string {
  if (isAbsent(value)) return "null";
  const text = String(value);
  return NUMBER.test(text) ? "~" : JSON.stringify(text);
}

const DECIMAL = { kind: "decimal", precision: 38, scale: 18 } as const;
