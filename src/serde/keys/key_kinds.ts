import { SparkError } from "../../common/errors.ts";
import { describeKind } from "../cbor/cbor_refusal.ts";
import { DEPTH_MAX, TYPED_ARRAYS } from "../cbor/cbor_tags.ts";
import { isRow } from "../records/row.ts";
import { temporalName } from "../records/temporal.ts";

/**
 * The kinds of keys in their total order: a key of a lower kind comes first,
 * whatever the values are. The numbers are the first byte of an encoded key,
 * part of the wire format, and lie between the 0x00 that ends a list and the
 * 0xff that escapes a zero.
 */
export const KEY_KINDS = {
  undefined: 0x05,
  null: 0x06,
  false: 0x10,
  true: 0x11,
  number: 0x20,
  bigint: 0x28,
  string: 0x30,
  date: 0x38,
  temporal: 0x39,
  bytes: 0x40,
  buffer: 0x41,
  typed: 0x42,
  view: 0x43,
  array: 0x50,
  row: 0x58,
  object: 0x60,
  map: 0x68,
  set: 0x70,
} as const;

/** One of {@link KEY_KINDS}. */
export type KeyKind = (typeof KEY_KINDS)[keyof typeof KEY_KINDS];

const TYPED_NUMBERS = new Map<object, number>(
  TYPED_ARRAYS.map(([tag, made]) => [made.prototype, tag]),
);

/**
 * The kind of a key.
 *
 * @throws SparkError `KEY_NOT_COMPARABLE` for what has no value to compare
 */
export function keyKind(value: unknown): KeyKind {
  switch (typeof value) {
    case "string":
      return KEY_KINDS.string;
    case "number":
      return KEY_KINDS.number;
    case "object":
      return value === null ? KEY_KINDS.null : objectKind(value);
    case "boolean":
      return value ? KEY_KINDS.true : KEY_KINDS.false;
    case "undefined":
      return KEY_KINDS.undefined;
    case "bigint":
      return KEY_KINDS.bigint;
    case "function":
    case "symbol":
      throw keyRefused(value);
  }
}

/** The number of a typed array's class, other than Uint8Array: its tag of RFC 8746. */
export function typedNumber(value: object): number | undefined {
  return TYPED_NUMBERS.get(Object.getPrototypeOf(value));
}

/** The error for a key that nests deeper than {@link DEPTH_MAX} levels or holds itself. */
export function keyTooDeep(): SparkError {
  return new SparkError(
    "KEY_NOT_COMPARABLE",
    `Cannot use array or object as a key: it nests deeper than ${DEPTH_MAX} levels or holds itself; use a part of it as the key`,
    { kind: "nested" },
  );
}

function objectKind(value: object): KeyKind {
  const proto: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) return KEY_KINDS.array;
  if (proto === Object.prototype || proto === null) return KEY_KINDS.object;
  if (isRow(value)) return KEY_KINDS.row;
  if (value instanceof Date) return KEY_KINDS.date;
  if (value instanceof Uint8Array) return KEY_KINDS.bytes;
  if (proto === Map.prototype) return KEY_KINDS.map;
  if (proto === Set.prototype) return KEY_KINDS.set;
  if (value instanceof ArrayBuffer) return KEY_KINDS.buffer;
  if (typedNumber(value) !== undefined) return KEY_KINDS.typed;
  if (value instanceof DataView) return KEY_KINDS.view;
  if (temporalName(proto) !== undefined) return KEY_KINDS.temporal;
  throw keyRefused(value);
}

function keyRefused(value: unknown): SparkError {
  const kind = describeKind(value);
  const remedy = kind === "promise"
    ? "await it first"
    : kind === 'instance of class "VariantVal"'
    ? "use what its toJS() gives"
    : "use the data that tells it from others";
  return new SparkError(
    "KEY_NOT_COMPARABLE",
    `Cannot use ${kind} as a key: keys are compared by value, and it has none; ${remedy}`,
    { kind },
  );
}
