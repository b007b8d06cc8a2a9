/**
 * Encodes values as variants.
 *
 * Peer: `VariantBuilder` of Spark 4.0 – 4.3. Layout: see `variant_decode.ts`.
 *
 * @module
 */
import { concatBytes } from "../common/concat_bytes.ts";
import { VariantVal } from "./variant_val.ts";

const TEXT = new TextEncoder();
const MAX_DEPTH = 500; // of values within values: a circle is refused so
const SHORT_TEXT = 63; // bytes of a text that has its length in its first byte
const DECIMAL_LIMIT = 10n ** 38n;
const NULL = 0;
const TRUE = 1;
const FALSE = 2;
const INTS = [[3, 1], [4, 2], [5, 4], [6, 8]] as const;
const DOUBLE = 7;
const DECIMAL16 = 10;
const TIMESTAMP = 12;
const BINARY = 15;
const LONG_TEXT = 16;

/**
 * Encodes a value.
 *
 * @param value null, a boolean, number, bigint, string, `Date`, `Uint8Array`,
 *   `Temporal.Instant`, or an array, plain object or `Map` with strings as keys
 *   of these; undefined within them counts as null
 * @returns null for what has no form in a variant
 */
export function encodeVariant(value: unknown): VariantVal | null {
  const names = new Map<string, number>();
  const bytes = encode(value, names, 0);
  return bytes === null ? null : new VariantVal(bytes, metadataOf(names));
}

function encode(
  value: unknown,
  names: Map<string, number>,
  depth: number,
): Uint8Array | null {
  switch (typeof value) {
    case "undefined":
      return Uint8Array.of(NULL);
    case "boolean":
      return Uint8Array.of(primitive(value ? TRUE : FALSE));
    case "number":
      return encodeNumber(value);
    case "bigint":
      return encodeBigint(value);
    case "string":
      return value.isWellFormed() ? encodeText(value) : null;
    case "object":
      return value === null
        ? Uint8Array.of(NULL)
        : encodeObject(value, names, depth);
    default:
      return null;
  }
}

function encodeObject(
  value: object,
  names: Map<string, number>,
  depth: number,
): Uint8Array | null {
  if (depth > MAX_DEPTH) return null;
  if (value instanceof Uint8Array) return sized(BINARY, value);
  const micros = microsOf(value);
  if (micros !== null) return ofLong(TIMESTAMP, micros);
  if (Array.isArray(value)) {
    return arrayOf(value.map((item) => encode(item, names, depth + 1)));
  }
  const fields = fieldsOf(value);
  if (fields === null) return null;
  for (const [name] of fields) {
    if (!name.isWellFormed()) return null;
    if (!names.has(name)) names.set(name, names.size);
  }
  return objectOf(
    fields.map(([name, item]) => [name, encode(item, names, depth + 1)]),
    names,
  );
}

function microsOf(value: object): bigint | null {
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    return BigInt(value.getTime()) * 1000n;
  }
  if (typeof Temporal !== "undefined" && value instanceof Temporal.Instant) {
    const nanos = value.epochNanoseconds;
    return nanos % 1000n === 0n ? nanos / 1000n : null;
  }
  return null;
}

/** The fields of a plain object or a map of strings; null for other objects. */
function fieldsOf(value: object): (readonly [string, unknown])[] | null {
  if (value instanceof Map) {
    const entries = [...value] as [unknown, unknown][];
    return entries.every(([key]) => typeof key === "string")
      ? entries as [string, unknown][]
      : null;
  }
  const proto: unknown = Object.getPrototypeOf(value);
  return proto === null || proto === Object.prototype
    ? Object.entries(value)
    : null;
}

function encodeNumber(value: number): Uint8Array {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    return encodeBigint(BigInt(value)) ?? Uint8Array.of(NULL);
  }
  const bytes = new Uint8Array(9);
  bytes[0] = primitive(DOUBLE);
  new DataView(bytes.buffer).setFloat64(1, value, true);
  return bytes;
}

/** In the narrowest type that holds it; as a decimal beyond 64 bits. */
function encodeBigint(value: bigint): Uint8Array | null {
  for (const [kind, size] of INTS) {
    if (BigInt.asIntN(8 * size, value) !== value) continue;
    return ofLong(kind, value).subarray(0, 1 + size);
  }
  if (value >= DECIMAL_LIMIT || value <= -DECIMAL_LIMIT) return null;
  const bytes = new Uint8Array(18);
  bytes[0] = primitive(DECIMAL16);
  const view = new DataView(bytes.buffer);
  view.setBigInt64(2, BigInt.asIntN(64, value), true);
  view.setBigInt64(10, value >> 64n, true);
  return bytes;
}

function ofLong(kind: number, value: bigint): Uint8Array {
  const bytes = new Uint8Array(9);
  bytes[0] = primitive(kind);
  new DataView(bytes.buffer).setBigInt64(1, value, true);
  return bytes;
}

function encodeText(text: string): Uint8Array {
  const bytes = TEXT.encode(text);
  if (bytes.length > SHORT_TEXT) return sized(LONG_TEXT, bytes);
  return concatBytes([Uint8Array.of(bytes.length << 2 | 1), bytes]);
}

function sized(kind: number, content: Uint8Array): Uint8Array {
  const head = new Uint8Array(5);
  head[0] = primitive(kind);
  new DataView(head.buffer).setUint32(1, content.length, true);
  return concatBytes([head, content]);
}

function arrayOf(items: readonly (Uint8Array | null)[]): Uint8Array | null {
  const parts = whole(items);
  if (parts === null) return null;
  const { ends, size } = endsOf(parts);
  const isLarge = parts.length > 255;
  const head = (size - 1 | (isLarge ? 4 : 0)) << 2 | 3;
  return concatBytes([
    Uint8Array.of(head),
    little([parts.length], isLarge ? 4 : 1),
    little(ends, size),
    ...parts,
  ]);
}

/** Fields in the order of their names' bytes, as Spark looks for them. */
function objectOf(
  fields: readonly (readonly [string, Uint8Array | null])[],
  names: ReadonlyMap<string, number>,
): Uint8Array | null {
  const sorted = [...fields].sort(([a], [b]) => compareNames(a, b));
  const parts = whole(sorted.map(([, bytes]) => bytes));
  if (parts === null) return null;
  const { ends, size } = endsOf(parts);
  const ids = sorted.map(([name]) => names.get(name) ?? 0);
  const idSize = widthOf(Math.max(0, ...ids));
  const isLarge = parts.length > 255;
  const head = (size - 1 | idSize - 1 << 2 | (isLarge ? 16 : 0)) << 2 | 2;
  return concatBytes([
    Uint8Array.of(head),
    little([parts.length], isLarge ? 4 : 1),
    little(ids, idSize),
    little(ends, size),
    ...parts,
  ]);
}

/** By UTF-16 units, as Java's `String.compareTo`, which Spark sorts and looks up by. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function metadataOf(names: ReadonlyMap<string, number>): Uint8Array {
  const texts = [...names.keys()].map((name) => TEXT.encode(name));
  const { ends, size } = endsOf(texts);
  const width = Math.max(size, widthOf(texts.length));
  return concatBytes([
    Uint8Array.of(1 | width - 1 << 6),
    little([texts.length], width),
    little(ends, width),
    ...texts,
  ]);
}

function whole(parts: readonly (Uint8Array | null)[]): Uint8Array[] | null {
  const found = parts.filter((part): part is Uint8Array => part !== null);
  return found.length === parts.length ? found : null;
}

/** Where parts begin and the last ends, and how many bytes these numbers need. */
function endsOf(
  parts: readonly Uint8Array[],
): { readonly ends: number[]; readonly size: number } {
  const ends = [0];
  let sum = 0;
  for (const { length } of parts) ends.push(sum += length);
  return { ends, size: widthOf(sum) };
}

function widthOf(most: number): number {
  return most < 2 ** 8 ? 1 : most < 2 ** 16 ? 2 : most < 2 ** 24 ? 3 : 4;
}

function little(values: readonly number[], size: number): Uint8Array {
  const bytes = new Uint8Array(values.length * size);
  values.forEach((value, i) => {
    for (let at = 0; at < size; at++) {
      bytes[i * size + at] = Math.floor(value / 2 ** (8 * at));
    }
  });
  return bytes;
}

function primitive(kind: number): number {
  return kind << 2;
}
