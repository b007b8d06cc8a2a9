import type { Metadata, MetadataValue } from "./plain_type.ts";

/**
 * Where an object or list has whole numbers that are doubles to Spark, the
 * names of them: JavaScript cannot tell `1.0` from `1`, and Spark's `Metadata`
 * keeps them apart.
 */
const DOUBLES: unique symbol = Symbol("doubles");

type Holder = { [DOUBLES]?: Set<string>; [name: string]: unknown };

/** A JSON text of metadata or of what holds some; long numbers come as `bigint`. */
export function parseJsonExactly(json: string): unknown {
  return JSON.parse(json, readNumber);
}

function readNumber(
  this: unknown,
  key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined) return value;
  if (!/^-?\d+$/.test(source)) {
    if (Number.isInteger(value)) markDouble(this as Holder, key);
    return value;
  }
  return Number.isSafeInteger(value) ? value : BigInt(source);
}

function markDouble(holder: Holder, key: string): void {
  const names = holder[DOUBLES];
  if (names !== undefined) names.add(key);
  else Object.defineProperty(holder, DOUBLES, { value: new Set([key]) });
}

/** Metadata as JSON, digit by digit what Spark reads. */
export function metadataJson(value: MetadataValue): string {
  if (typeof value === "string") return jsonText(value);
  if (typeof value !== "object") return String(value);
  if (value === null) return "null";
  const doubles = (value as unknown as Holder)[DOUBLES];
  const itemJson = (item: MetadataValue, key: string): string =>
    doubles?.has(key) && Number.isInteger(item)
      ? doubleJson(item as number)
      : metadataJson(item);
  if (isList(value)) {
    return `[${value.map((item, at) => itemJson(item, String(at))).join(",")}]`;
  }
  return `{${
    Object.entries(value).map(([name, item]) =>
      `${jsonText(name)}:${itemJson(item, name)}`
    ).join(",")
  }}`;
}

/** A text as JSON, with the escapes as Spark writes them. */
export function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /\\(?:u00[0-9a-f]{2}|.)/g, // a whole escape at a time: `\\u00ab` is no escape of `ab`
    (escape) =>
      escape.length > 2 ? `\\u${escape.slice(2).toUpperCase()}` : escape,
  );
}

/** Metadata frozen in depth, apart from what the program holds. */
export function frozenMetadata(metadata: Metadata): Metadata {
  return freeze(metadata) as Metadata;
}

/** Metadata without the entry of that name. */
export function withoutEntry(metadata: Metadata, name: string): Metadata {
  const entries = Object.entries(metadata).filter(([key]) => key !== name);
  return markAs(metadata, Object.fromEntries(entries));
}

function freeze(value: MetadataValue): MetadataValue {
  if (typeof value !== "object" || value === null) return value;
  const copy = isList(value) ? value.map(freeze) : Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, freeze(item)]),
  );
  return Object.freeze(markAs(value, copy));
}

/** Gives a copy the original's names of doubles. */
function markAs<T extends object>(original: object, copy: T): T {
  const doubles = (original as Holder)[DOUBLES];
  return doubles === undefined
    ? copy
    : Object.defineProperty(copy, DOUBLES, { value: doubles });
}

function doubleJson(value: number): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function isList(
  value: readonly MetadataValue[] | Metadata,
): value is readonly MetadataValue[] {
  return Array.isArray(value);
}
