import { ProtocolError } from "../../common/errors.ts";
import {
  type ArrowData,
  checkColumn,
  childAt,
  childOf,
  offsetsOf,
} from "./arrow_data.ts";
import type { RowClass } from "../records/row.ts";
import {
  type DataType,
  simpleName,
  type StructType,
} from "../../types/spark_types.ts";

/** How values come that JavaScript has more than one form for. */
export interface ArrowOptions {
  /** How 64-bit integers come: `number` refuses those beyond 2^53. */
  readonly longs: "number" | "bigint";
  /** How timestamps come: as `Date` in milliseconds, or `Temporal.Instant` in microseconds. */
  readonly timestamps: "date" | "instant";
}

/** What reading columns takes: forms of values, and the one row class of each struct. */
export interface ArrowReading extends ArrowOptions {
  /** The class of a struct's rows, the same at each call: see `rowClass`. */
  rowClassOf(struct: StructType): RowClass;
}

const MS_PER_DAY = 86_400_000;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads a column into JavaScript values.
 *
 * @param data the column
 * @param type its type in Spark
 * @param name its name, for messages
 * @param options forms of longs and timestamps, and row classes
 * @throws ProtocolError `ARROW_MALFORMED` when its buffers do not hold as many
 *   values; `LONG_NOT_SAFE` for a long that a number cannot hold;
 *   `ARROW_TYPE_UNSUPPORTED` for a type without a form here
 */
export function readColumn(
  data: ArrowData,
  type: DataType,
  name: string,
  options: ArrowReading,
): unknown[] {
  checkColumn(data, type);
  if (data.length === 0) return []; // and there may be no buffer
  const values = readValues(data, type, name, options);
  if (data.nullCount === 0 || !data.nullBitmap) return values;
  for (let i = 0; i < data.length; i++) {
    if (!bitAt(data.nullBitmap, i)) values[i] = null;
  }
  return values;
}

function readValues(
  data: ArrowData,
  type: DataType,
  name: string,
  options: ArrowReading,
): unknown[] {
  switch (type.kind) {
    case "string":
    case "char":
    case "varchar":
      return readTexts(data);
    case "byte":
    case "short":
    case "integer":
    case "year_month_interval":
    case "float":
    case "double":
      return Array.from((data.values as Int32Array).subarray(0, data.length));
    case "long":
      return readLongs(data, name, options);
    case "day_time_interval": // in microseconds
      return Array.from(
        (data.values as BigInt64Array).subarray(0, data.length),
      );
    case "boolean":
      return Array.from(
        { length: data.length },
        (_, i) => bitAt(data.values as Uint8Array, i),
      );
    case "date":
      return mapLength(
        data,
        (i) => new Date(((data.values as Int32Array)[i] ?? 0) * MS_PER_DAY),
      );
    case "timestamp":
      return readTimestamps(data, options);
    case "timestamp_ntz":
      return readTimestamps(data, { ...options, timestamps: "date" });
    case "binary":
      return mapRanges(
        data,
        // Without a buffer all values are empty: their ranges were checked.
        (from, to) =>
          (data.values as Uint8Array ?? new Uint8Array())
            .slice(from, to),
      );
    case "decimal":
      return mapLength(data, (i) => decimalText(data, i, type.scale));
    case "void":
      return new Array(data.length).fill(null);
    case "array": {
      const items = readColumn(
        childOf(data, 0),
        type.elementType,
        `${name}.element`,
        options,
      );
      return mapRanges(data, (from, to) => items.slice(from, to));
    }
    case "map":
      return readMaps(data, type, name, options);
    case "struct":
      return readRows(
        data.children,
        type,
        data.length,
        options,
        `${name}.`,
      );
    default:
      throw new ProtocolError(
        "ARROW_TYPE_UNSUPPORTED",
        `Cannot read column "${name}": its type ${
          simpleName(type)
        } has no form in TypeScript yet; cast it in the query, to string for example`,
        { column: name, type: simpleName(type) },
      );
  }
}

/**
 * Joins columns into rows.
 *
 * @param columns the columns
 * @param struct their names and types
 * @param length number of rows
 * @param options forms of longs and timestamps, and row classes
 * @param prefix what to put before a column's name in messages
 */
export function readRows(
  columns: readonly ArrowData[],
  struct: StructType,
  length: number,
  options: ArrowReading,
  prefix: string = "",
): unknown[] {
  const Row = options.rowClassOf(struct);
  const lists = struct.fields.map(({ name, type }, i) =>
    readColumn(childAt(columns, i), type, prefix + name, options)
  );
  const rows = new Array<unknown>(length);
  const [only] = lists;
  if (lists.length === 1 && only !== undefined) {
    for (let i = 0; i < length; i++) rows[i] = new Row([only[i]]);
  } else {
    for (let i = 0; i < length; i++) rows[i] = new Row(lists.map((l) => l[i]));
  }
  return rows;
}

/** All texts of a column by one decoding: ends are then places in one string. */
/** The bytes of texts; none where there is no buffer, as all are empty then: their ranges were checked. */
function bytesOf(data: ArrowData): Uint8Array {
  return data.values instanceof Uint8Array ? data.values : new Uint8Array();
}

function readTexts(data: ArrowData): string[] {
  const bytes = bytesOf(data);
  const offsets = offsetsOf(data);
  const first = Number(offsets[0] ?? 0);
  const last = Number(offsets[data.length] ?? 0);
  const used = bytes.subarray(first, last);
  const text = TEXT.decode(used);
  const texts = new Array<string>(data.length);
  if (text.length === used.length) { // as many units as bytes: ASCII
    let from = 0;
    for (let i = 0; i < data.length; i++) {
      const to = Number(offsets[i + 1] ?? 0) - first;
      texts[i] = text.substring(from, to);
      from = to;
    }
    return texts;
  }
  if (text.includes("\ufffd")) return readTextsOneByOne(data);
  let at = 0;
  let units = 0;
  for (let i = 0; i < data.length; i++) {
    const from = units;
    const end = Number(offsets[i + 1] ?? 0) - first;
    if (at < end && ((used[at] ?? 0) & 0xc0) === 0x80) { // a half, joined to the text before
      return readTextsOneByOne(data);
    }
    for (; at < end; at++) {
      const byte = used[at] ?? 0;
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    texts[i] = text.substring(from, units);
  }
  return texts;
}

/** For bytes that may be no UTF-8, as Spark lets strings be: what one value has wrong must not move the others. */
function readTextsOneByOne(data: ArrowData): string[] {
  const bytes = bytesOf(data);
  return mapRanges(data, (from, to) => TEXT.decode(bytes.subarray(from, to)));
}

function readLongs(
  data: ArrowData,
  name: string,
  options: ArrowOptions,
): unknown[] {
  const values = (data.values as BigInt64Array).subarray(0, data.length);
  if (options.longs === "bigint") return Array.from(values);
  return Array.from(values, (value, i) => {
    if (value <= SAFE && value >= -SAFE) return Number(value);
    if (data.nullBitmap && data.nullCount > 0 && !bitAt(data.nullBitmap, i)) {
      return null; // whatever stands where a null is
    }
    throw new ProtocolError(
      "LONG_NOT_SAFE",
      `Cannot read column "${name}": the long ${value} is beyond 2^53 and would lose digits as a number; set spark.tspark.longs to bigint`,
      { column: name, value },
    );
  });
}

function readTimestamps(data: ArrowData, options: ArrowOptions): unknown[] {
  const micros = data.values as BigInt64Array;
  if (options.timestamps === "instant") {
    return mapLength(
      data,
      (i) => Temporal.Instant.fromEpochNanoseconds((micros[i] ?? 0n) * 1000n),
    );
  }
  return mapLength(data, (i) => {
    const value = micros[i] ?? 0n;
    // Down to the millisecond before, also for times before 1970.
    return new Date(
      Number((value - ((value % 1000n) + 1000n) % 1000n) / 1000n),
    );
  });
}

function readMaps(
  data: ArrowData,
  type: Extract<DataType, { kind: "map" }>,
  name: string,
  options: ArrowReading,
): unknown[] {
  const entries = childOf(data, 0);
  const keys = readColumn(
    childOf(entries, 0),
    type.keyType,
    `${name}.key`,
    options,
  );
  const values = readColumn(
    childOf(entries, 1),
    type.valueType,
    `${name}.value`,
    options,
  );
  return mapRanges(data, (from, to) => {
    const map = new Map<unknown, unknown>();
    for (let i = from; i < to; i++) map.set(keys[i], values[i]);
    return map;
  });
}

/** A decimal's digits: 128 bits, two's complement, little-endian, with the point set. */
function decimalText(data: ArrowData, index: number, scale: number): string {
  const words = data.values as Uint32Array;
  let unscaled = 0n;
  for (let i = 3; i >= 0; i--) {
    unscaled = (unscaled << 32n) | BigInt(words[4 * index + i] ?? 0);
  }
  unscaled = BigInt.asIntN(128, unscaled);
  const sign = unscaled < 0n ? "-" : "";
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString()
    .padStart(scale + 1, "0");
  if (scale <= 0) return sign + digits;
  const point = digits.length - scale;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function bitAt(bitmap: Uint8Array, index: number): boolean {
  return (((bitmap[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

function mapLength<T>(data: ArrowData, f: (index: number) => T): T[] {
  return Array.from({ length: data.length }, (_, i) => f(i));
}

function mapRanges<T>(
  data: ArrowData,
  f: (from: number, to: number) => T,
): T[] {
  const offsets = offsetsOf(data);
  return mapLength(
    data,
    (i) => f(Number(offsets[i] ?? 0), Number(offsets[i + 1] ?? 0)),
  );
}
