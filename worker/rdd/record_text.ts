import { describeValue } from "../../src/common/describe_value.ts";
import { WorkerError } from "../../src/common/errors.ts";

/**
 * A record as a line of text: strings as they are, other primitives as
 * `String` gives them, the rest as JSON. What JSON has no form for is written
 * so that it can be read: maps as lists of pairs, sets, typed arrays and other
 * iterables as lists, undefined as null, and as texts bigints ("2"), NaN and
 * infinities, regular expressions and errors. `toJSON()` counts, as in JSON.
 *
 * @param record any value
 * @throws WorkerError `RECORD_NOT_TEXT` for what would be lost: functions,
 *   symbols, objects that hide what they hold, and records that contain
 *   themselves
 */
export function textOfRecord(record: unknown): string {
  const isText = typeof record !== "object" && typeof record !== "function";
  if (record === null || isText) return String(record);
  try {
    return write(record, { path: "record", open: new Set() });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new WorkerError(
      "RECORD_NOT_TEXT",
      `Cannot write ${
        describeValue(record)
      } as text: it is nested too deeply; map it to a string first`,
      { path: "record" },
      { cause: error },
    );
  }
}

/** Where a value stands in its record. */
interface Place {
  readonly path: string;
  /** The objects around it. */
  readonly open: Set<object>;
}

function write(value: unknown, place: Place): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return writeNumber(value);
    case "bigint":
      return `"${value}"`;
    case "boolean":
      return String(value);
    case "undefined":
      return "null";
    case "object":
      return value === null ? "null" : writeObject(value, place);
    default:
      throw notText(value, place);
  }
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? "-0" : String(value);
}

function writeObject(value: object, { path, open }: Place): string {
  if (open.has(value)) {
    throw new WorkerError(
      "RECORD_NOT_TEXT",
      `Cannot write a record as text: ${path} contains itself; map the record to a string first`,
      { path },
    );
  }
  open.add(value);
  try {
    return writeOpened(value, { path, open });
  } finally {
    open.delete(value);
  }
}

function writeOpened(value: object, place: Place): string {
  if (Array.isArray(value)) return writeList(value, place);
  if (value instanceof Date) return JSON.stringify(dateText(value));
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === "function") {
    return write(toJSON.call(value, ""), place);
  }
  if (isBoxed(value)) return write(value.valueOf(), place);
  if (value instanceof RegExp || value instanceof Error) {
    return JSON.stringify(String(value));
  }
  const items = itemsOf(value);
  if (items !== null) return writeList(items, place);
  const entries = Object.entries(value);
  if (entries.length === 0 && !isPlain(value)) throw notText(value, place);
  const members = entries.map(([key, member]) => {
    const path = `${place.path}.${key}`;
    return `${JSON.stringify(key)}:${write(member, { ...place, path })}`;
  });
  return `{${members.join(",")}}`;
}

function writeList(items: Iterable<unknown>, place: Place): string {
  const texts: string[] = [];
  for (const item of items) { // holes too
    const path = `${place.path}[${texts.length}]`;
    texts.push(write(item, { ...place, path }));
  }
  return `[${texts.join(",")}]`;
}

/** What an object holds when it is a list of some kind; null when it is none. */
function itemsOf(value: object): Iterable<unknown> | null {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof DataView) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  const { [Symbol.iterator]: iterate } = value as Partial<Iterable<unknown>>;
  return typeof iterate === "function" ? value as Iterable<unknown> : null;
}

function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? "Invalid Date" : date.toISOString();
}

function isBoxed(value: object): boolean {
  return value instanceof Number || value instanceof String ||
    value instanceof Boolean || value instanceof BigInt;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function notText(value: unknown, { path }: Place): WorkerError {
  return new WorkerError(
    "RECORD_NOT_TEXT",
    `Cannot write a record as text: ${path} is ${
      describeValue(value)
    }, which would be lost; map the record to a string first`,
    { path, value: describeValue(value) },
  );
}
