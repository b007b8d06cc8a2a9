import type { DataType } from "../types/data_type.ts";
import { VariantVal } from "../types/variant_val.ts";

/** How far numbers with fractions may be apart: at most `atol + rtol * |expected|`. */
export interface Tolerance {
  /** Relative to the expected number. */
  readonly rtol: number;
  /** In the numbers' own unit. */
  readonly atol: number;
}

/**
 * Whether a value is the expected one. Numbers of FLOAT, DOUBLE and DECIMAL may
 * be a little apart, and so may numbers of no known type unless both are whole.
 * NaN is only NaN, an infinity only itself.
 *
 * @param actual the value that is there
 * @param expected the value that should be there
 * @param type the column's type where it is known
 * @param tolerance how far numbers may be apart
 */
export function sameValue(
  actual: unknown,
  expected: unknown,
  type: DataType | undefined,
  tolerance: Tolerance,
): boolean {
  if (Object.is(actual, expected)) return true;
  if (isAbsent(actual) || isAbsent(expected)) {
    return isAbsent(actual) && isAbsent(expected);
  }
  if (type?.kind === "udt") {
    return sameValue(actual, expected, type.sqlType, tolerance);
  }
  if (isNumeric(actual) && isNumeric(expected)) {
    return sameNumber(actual, expected, type, tolerance);
  }
  if (type?.kind === "decimal") {
    return nearDecimals(String(actual), String(expected), tolerance);
  }
  if (typeof actual !== "object" || typeof expected !== "object") return false;
  if (actual instanceof VariantVal && expected instanceof VariantVal) {
    return sameValue(actual.toJS(), expected.toJS(), undefined, tolerance);
  }
  if (Array.isArray(actual) || Array.isArray(expected)) {
    return Array.isArray(actual) && Array.isArray(expected) &&
      actual.length === expected.length &&
      actual.every((item, i) =>
        sameValue(item, expected[i], itemType(type, i), tolerance)
      );
  }
  if (actual instanceof Uint8Array || expected instanceof Uint8Array) {
    return actual instanceof Uint8Array && expected instanceof Uint8Array &&
      actual.length === expected.length &&
      actual.every((byte, i) => byte === expected[i]);
  }
  if (actual instanceof Map || expected instanceof Map) {
    return actual instanceof Map && expected instanceof Map &&
      sameMap(actual, expected, type, tolerance);
  }
  if (isStruct(actual) || isStruct(expected)) {
    return isStruct(actual) && isStruct(expected) &&
      sameStruct(actual, expected, type, tolerance);
  }
  return hasText(actual) && hasText(expected) &&
    scalarText(actual) === scalarText(expected);
}

/** Whether a value is null, or a field that was left out. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Whether an object is a struct: of no class, or of one whose instances have fields and no text of their own. */
export function isStruct(value: object): value is Record<string, unknown> {
  const proto: unknown = Object.getPrototypeOf(value);
  return proto === null || proto === Object.prototype ||
    (!hasText(value) && Object.keys(value).length > 0);
}

/** Whether a value's text tells it from others of its class. */
function hasText(value: object): boolean {
  return Reflect.get(value, "toString") !== Object.prototype.toString;
}

/** The text of a date, a time or another value of a class, its class included. */
export function scalarText(value: unknown): string {
  if (value instanceof Date) return `Date ${value.getTime()}`;
  const name = Object.prototype.toString.call(value);
  return `${name} ${String(value)}`;
}

/** The type of an array's element, or of a struct's field by its place. */
export function itemType(
  type: DataType | undefined,
  index: number,
): DataType | undefined {
  if (type?.kind === "array") return type.elementType;
  if (type?.kind === "struct") return type.fields[index]?.type;
  return undefined;
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** Whole numbers are exact, so that the keys of rows are; `-0` is 0, as in SQL. */
function sameNumber(
  actual: number | bigint,
  expected: number | bigint,
  type: DataType | undefined,
  tolerance: Tolerance,
): boolean {
  // deno-lint-ignore eqeqeq -- 1 and 1n are one number of SQL
  if (actual == expected) return true;
  if (Number.isNaN(actual) || Number.isNaN(expected)) {
    return Number.isNaN(actual) && Number.isNaN(expected);
  }
  const isExact = type === undefined
    ? isWhole(actual) && isWhole(expected)
    : !["float", "double", "decimal"].includes(type.kind);
  if (isExact) return false;
  return near(
    Math.abs(Number(actual) - Number(expected)),
    Number(expected),
    tolerance,
  );
}

function isWhole(value: number | bigint): boolean {
  return typeof value === "bigint" || Number.isInteger(value);
}

/** Infinities are near nothing. */
function near(
  distance: number,
  expected: number,
  { rtol, atol }: Tolerance,
): boolean {
  return Number.isFinite(distance) &&
    distance <= atol + rtol * Math.abs(expected);
}

/** Compares all digits, of which a double has only 17. */
function nearDecimals(
  actual: string,
  expected: string,
  tolerance: Tolerance,
): boolean {
  const left = toDigits(actual);
  const right = toDigits(expected);
  if (left === null || right === null) return actual === expected;
  const scale = Math.max(left.scale, right.scale);
  const distance = digitsAt(left, scale) - digitsAt(right, scale);
  if (distance === 0n) return true;
  const size = distance < 0n ? -distance : distance;
  return near(Number(size) / 10 ** scale, Number(expected), tolerance);
}

interface Digits {
  readonly digits: bigint;
  readonly scale: number;
}

function toDigits(text: string): Digits | null {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (found === null) return null;
  const [, sign = "", whole = "", fraction = ""] = found;
  if (whole + fraction === "") return null;
  const digits = BigInt(whole + fraction);
  return { digits: sign === "-" ? -digits : digits, scale: fraction.length };
}

function digitsAt({ digits, scale }: Digits, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}

/** Keys are equal when they are the same; those that are objects, when they have the same text. */
function sameMap(
  actual: ReadonlyMap<unknown, unknown>,
  expected: ReadonlyMap<unknown, unknown>,
  type: DataType | undefined,
  tolerance: Tolerance,
): boolean {
  if (actual.size !== expected.size) return false;
  const keyType = type?.kind === "map" ? type.keyType : undefined;
  const valueType = type?.kind === "map" ? type.valueType : undefined;
  const exact = { rtol: 0, atol: 0 };
  const left = [...expected];
  return [...actual].every(([key, value]) => {
    const place = left.findIndex(([other]) =>
      sameValue(key, other, keyType, exact)
    );
    const [found] = place < 0 ? [] : left.splice(place, 1);
    return found !== undefined &&
      sameValue(value, found[1], valueType, tolerance);
  });
}

function sameStruct(
  actual: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
  type: DataType | undefined,
  tolerance: Tolerance,
): boolean {
  const typeOf = (name: string): DataType | undefined =>
    type?.kind === "struct"
      ? type.fields.find((field) => field.name === name)?.type
      : undefined;
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...names].every((name) =>
    sameValue(actual[name], expected[name], typeOf(name), tolerance)
  );
}
