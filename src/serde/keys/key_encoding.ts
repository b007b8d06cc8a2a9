import { compareBytes, compareText } from "../records/byte_order.ts";
import { DEPTH_MAX } from "../cbor/cbor_tags.ts";
import { KEY_KINDS, keyKind, keyTooDeep, typedNumber } from "./key_kinds.ts";
import { KeyWriter } from "./key_writer.ts";
import { isRow, type Row, rowNames, rowValues } from "../records/row.ts";
import { TEMPORAL_NAMES } from "../../common/temporal_names.ts";
import {
  temporalName,
  temporalOrder,
  type TemporalPart,
} from "../records/temporal.ts";

/**
 * Appends the canonical encoding of a key: two keys are equal exactly when
 * their encodings are, and comparing encodings byte by byte gives the one
 * total order of keys:
 *
 * undefined < null < false < true < numbers (NaN last) < bigints < strings by
 * code point < dates by time (invalid last) < Temporal's values < Uint8Array < ArrayBuffer < other
 * typed arrays < DataView < arrays < rows < plain objects < Maps < Sets.
 *
 * -0 equals 0. Bytes, arrays and lists of entries compare element by element,
 * the shorter first; a hole equals undefined. Rows compare as the list of
 * name, value, …; objects as that list sorted by name; Maps sorted by key; the
 * members of Sets sorted. Temporal's values compare by type, then by time, then
 * by zone and calendar.
 *
 * Layout: one byte of `KEY_KINDS`, then, big-endian: number and date 8 bytes
 * of float64, all bits flipped when negative, else the sign bit; bigint one
 * byte (0 negative, 1 zero or more), 4 bytes of length and the magnitude, both
 * with all bits flipped when negative; text and bytes with 0x00 written as
 * 0x00 0xff, then 0x00; a typed array its class in one byte, then as a list;
 * a value of Temporal as the list of its type's number and `temporalOrder`;
 * a list its elements encoded, then 0x00.
 *
 * @param value the key
 * @param writer where to append
 * @throws SparkError `KEY_NOT_COMPARABLE` for what has no value to compare
 */
export function encodeKey(value: unknown, writer: KeyWriter): void {
  writeKey(value, writer, 0);
}

function writeKey(value: unknown, writer: KeyWriter, depth: number): void {
  const kind = keyKind(value);
  writer.byte(kind);
  switch (kind) {
    case KEY_KINDS.undefined:
    case KEY_KINDS.null:
    case KEY_KINDS.false:
    case KEY_KINDS.true:
      return;
    case KEY_KINDS.number:
      return writer.number(value as number);
    case KEY_KINDS.bigint:
      return writeBigint(value as bigint, writer);
    case KEY_KINDS.string:
      return writer.text(value as string);
    case KEY_KINDS.date:
      return writer.number((value as Date).getTime());
    case KEY_KINDS.bytes:
      return writer.escaped(value as Uint8Array);
    case KEY_KINDS.buffer:
      return writer.escaped(new Uint8Array(value as ArrayBuffer));
    case KEY_KINDS.view: {
      const { buffer, byteOffset, byteLength } = value as DataView;
      return writer.escaped(new Uint8Array(buffer, byteOffset, byteLength));
    }
    case KEY_KINDS.typed:
      return writeTyped(value as Iterable<number | bigint> & object, writer);
    case KEY_KINDS.temporal:
      for (const part of timeParts(value as object)) writeKey(part, writer, 0);
      return writer.byte(0);
    case KEY_KINDS.array:
    case KEY_KINDS.row:
    case KEY_KINDS.object:
    case KEY_KINDS.map:
    case KEY_KINDS.set:
      if (depth >= DEPTH_MAX) throw keyTooDeep();
      writeParts(value as object, writer, depth + 1);
      return writer.byte(0);
  }
}

function writeParts(value: object, writer: KeyWriter, depth: number): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) writeKey(value[i], writer, depth);
  } else if (value instanceof Map) {
    const parts: Uint8Array[] = [];
    for (const [key, part] of value) parts.push(encodeList([key, part], depth));
    writeSorted(parts, writer);
  } else if (value instanceof Set) {
    const parts: Uint8Array[] = [];
    for (const part of value) parts.push(encodeList([part], depth));
    writeSorted(parts, writer);
  } else {
    for (const part of isRow(value) ? rowParts(value) : objectParts(value)) {
      writeKey(part, writer, depth);
    }
  }
}

/** A value of Temporal as the list that its key encodes. */
export function timeParts(value: object): readonly TemporalPart[] {
  const name = temporalName(Object.getPrototypeOf(value));
  return name === undefined
    ? []
    : [TEMPORAL_NAMES.indexOf(name), ...temporalOrder(name, value)];
}

/** A row as the list that its key encodes: name, value, …, in the order of columns. */
export function rowParts(row: Row): unknown[] {
  return alternate(rowNames(row), rowValues(row));
}

/** An object as the list that its key encodes: name, value, …, sorted by name. */
export function objectParts(value: object): unknown[] {
  const names = Object.keys(value).sort(compareText);
  return alternate(names, names.map((name) => Reflect.get(value, name)));
}

function alternate(
  names: readonly string[],
  values: readonly unknown[],
): unknown[] {
  const parts = new Array<unknown>(2 * names.length);
  for (let i = 0; i < names.length; i++) {
    parts[2 * i] = names[i];
    parts[2 * i + 1] = values[i];
  }
  return parts;
}

function encodeList(values: readonly unknown[], depth: number): Uint8Array {
  const writer = new KeyWriter();
  for (const value of values) writeKey(value, writer, depth);
  return writer.view();
}

function writeSorted(parts: Uint8Array[], writer: KeyWriter): void {
  for (const part of parts.sort(compareBytes)) writer.raw(part);
}

function writeTyped(
  value: Iterable<number | bigint> & object,
  writer: KeyWriter,
): void {
  writer.byte(typedNumber(value) ?? 0);
  for (const part of value) writeKey(part, writer, 0);
  writer.byte(0);
}

function writeBigint(value: bigint, writer: KeyWriter): void {
  const negative = value < 0n;
  const hex = (negative ? -value : value).toString(16);
  const digits = hex.length & 1 ? `0${hex}` : hex;
  const flip = negative ? 0xff : 0;
  writer.byte(negative ? 0 : 1);
  writer.uint((digits.length / 2 ^ (negative ? -1 : 0)) >>> 0);
  for (let i = 0; i < digits.length; i += 2) {
    writer.byte(parseInt(digits.slice(i, i + 2), 16) ^ flip);
  }
}
