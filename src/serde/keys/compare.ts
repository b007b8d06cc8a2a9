import { compareBytes, compareText } from "../records/byte_order.ts";
import { DEPTH_MAX } from "../cbor/cbor_tags.ts";
import { encodeKey, objectParts, rowParts, timeParts } from "./key_encoding.ts";
import { KEY_KINDS, keyKind, keyTooDeep, typedNumber } from "./key_kinds.ts";
import { KeyWriter } from "./key_writer.ts";
import type { Row } from "../records/row.ts";

/**
 * Compares two keys in the total order that `encodeKey` describes, without
 * encoding them where that can be avoided.
 *
 * @returns less than 0, 0 or more than 0
 * @throws SparkError `KEY_NOT_COMPARABLE` for what has no value to compare
 *
 * @example
 * ```ts
 * [[2, "b"], [1, "z"], [2, "a"]].sort(compareKeys); // [1, "z"], [2, "a"], [2, "b"]
 * ```
 */
export function compareKeys(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") {
    return compareNumbers(a, b);
  }
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  return compareAt(a, b, 0);
}

function compareAt(a: unknown, b: unknown, depth: number): number {
  const kind = keyKind(a);
  const difference = kind - keyKind(b);
  if (difference !== 0) return difference;
  switch (kind) {
    case KEY_KINDS.undefined:
    case KEY_KINDS.null:
    case KEY_KINDS.false:
    case KEY_KINDS.true:
      return 0;
    case KEY_KINDS.number:
      return compareNumbers(a as number, b as number);
    case KEY_KINDS.string:
      return compareText(a as string, b as string);
    case KEY_KINDS.bigint:
      return a === b ? 0 : (a as bigint) < (b as bigint) ? -1 : 1;
    case KEY_KINDS.date:
      return compareNumbers((a as Date).getTime(), (b as Date).getTime());
    case KEY_KINDS.bytes:
      return compareBytes(a as Uint8Array, b as Uint8Array);
    case KEY_KINDS.typed:
      return compareTyped(a as TypedKey, b as TypedKey);
    case KEY_KINDS.temporal:
      return compareLists(timeParts(a as object), timeParts(b as object), 0);
    case KEY_KINDS.array:
      return compareLists(a as unknown[], b as unknown[], depth + 1);
    case KEY_KINDS.row:
      return compareLists(rowParts(a as Row), rowParts(b as Row), depth + 1);
    case KEY_KINDS.object:
      return compareLists(
        objectParts(a as object),
        objectParts(b as object),
        depth + 1,
      );
    case KEY_KINDS.buffer:
    case KEY_KINDS.view:
    case KEY_KINDS.map:
    case KEY_KINDS.set:
      return compareBytes(encoded(a), encoded(b)); // rare, or to be sorted first anyway
  }
}

type TypedKey = ArrayLike<number | bigint> & object;

function compareNumbers(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return (a === a ? 0 : 1) - (b === b ? 0 : 1); // NaN last
}

function compareTyped(a: TypedKey, b: TypedKey): number {
  const difference = (typedNumber(a) ?? 0) - (typedNumber(b) ?? 0);
  return difference !== 0 ? difference : compareLists(a, b, 0);
}

function compareLists(
  a: ArrayLike<unknown>,
  b: ArrayLike<unknown>,
  depth: number,
): number {
  if (depth > DEPTH_MAX) throw keyTooDeep();
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = compareAt(a[i], b[i], depth);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function encoded(value: unknown): Uint8Array {
  const writer = new KeyWriter();
  encodeKey(value, writer);
  return writer.view();
}
