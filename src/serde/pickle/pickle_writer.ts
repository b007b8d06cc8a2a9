import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import type { NumberForm } from "../../protocol/command.ts";
import { ByteWriter } from "../../common/byte_writer.ts";
import { OP } from "./pickle_opcodes.ts";

const PROTOCOL = 3; // the first with byte strings
const DEPTH_MAX = 100; // Hadoop's converters call themselves for each level
const ARRAY_CLASS = new TextEncoder().encode("array\narray\n");
const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

/**
 * Writes the records of a frame that the JVM unpickles.
 *
 * @example
 * ```ts
 * const writer = new PickleWriter();
 * writer.encodeBatch([["a", 1]], "any", "double"); // ("a", 1.0) in the JVM
 * ```
 */
export class PickleWriter {
  readonly #out = new ByteWriter(1 << 16, true);

  /**
   * Writes records as one frame: null and undefined, booleans, numbers,
   * bigints, strings, `Uint8Array` as byte[], arrays as Object[], `Int16Array`,
   * `Int32Array`, `Float32Array` and `Float64Array` as arrays
   * of primitives, `Map` and plain objects as HashMap.
   *
   * Peer: `SerDeUtil.pythonToJava`, `SerDeUtil.pythonToPairRDD`, Spark 3.5 – 4.3.
   * Layout: a pickle of a list of the records.
   *
   * @param records the records
   * @param first what the numbers of a pair's first half become
   * @param second what those of its second half and of other records become
   * @returns a view that stays valid until the next call on this writer
   * @throws SparkError `RECORD_NOT_SERIALIZABLE` for anything else, and a number that does not fit
   */
  encodeBatch(
    records: readonly unknown[],
    first: NumberForm,
    second: NumberForm,
  ): Uint8Array {
    const out = this.#out;
    out.clear();
    out.writeByte(OP.PROTO).writeByte(PROTOCOL).writeByte(OP.EMPTY_LIST)
      .writeByte(OP.MARK);
    for (const record of records) {
      if (Array.isArray(record) && record.length === 2) {
        writeValue(out, record[0], first, 1);
        writeValue(out, record[1], second, 1);
        out.writeByte(OP.TUPLE2);
      } else {
        writeValue(out, record, second, 0);
      }
    }
    return out.writeByte(OP.APPENDS).writeByte(OP.STOP).view();
  }
}

function writeValue(
  out: ByteWriter,
  value: unknown,
  form: NumberForm,
  depth: number,
): void {
  switch (typeof value) {
    case "string":
      return writeString(out, value);
    case "number":
      return writeNumber(out, value, form);
    case "bigint":
      return writeBigint(out, value, form);
    case "boolean":
      out.writeByte(value ? OP.NEWTRUE : OP.NEWFALSE);
      return;
    case "undefined":
      out.writeByte(OP.NONE);
      return;
    case "object":
      if (value === null) out.writeByte(OP.NONE);
      else writeObject(out, value, form, depth);
      return;
    default:
      throw unwritable(value);
  }
}

/** Writes a text. */
export function writeString(out: ByteWriter, text: string): void {
  out.writeByte(OP.BINUNICODE).writeString(text);
}

function writeNumber(
  out: ByteWriter,
  value: number,
  form: NumberForm,
): void {
  switch (form) {
    case "any":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        out.writeByte(OP.BINFLOAT).writeDouble(value);
      } else if (isInt(value)) writeInt(out, value);
      else writeLong(out, BigInt(value));
      return;
    case "int":
      if (!isInt(value)) throw misfit(value, form);
      return writeInt(out, value);
    case "long":
      if (!Number.isSafeInteger(value)) throw misfit(value, form);
      return writeLong(out, BigInt(value));
    case "double":
      out.writeByte(OP.BINFLOAT).writeDouble(value);
  }
}

function writeBigint(
  out: ByteWriter,
  value: bigint,
  form: NumberForm,
): void {
  switch (form) {
    case "any":
      return writeLong(out, value);
    case "int":
      if (!isInt(Number(value))) throw misfit(value, form);
      return writeInt(out, Number(value));
    case "long":
      if (BigInt.asIntN(64, value) !== value) throw misfit(value, form);
      return writeLong(out, value);
    case "double":
      out.writeByte(OP.BINFLOAT).writeDouble(Number(value));
  }
}

function isInt(value: number): boolean {
  return Number.isInteger(value) && value >= INT_MIN && value <= INT_MAX;
}

/** Writes what the JVM reads as an Integer. */
export function writeInt(out: ByteWriter, value: number): void {
  if (value >= 0 && value <= 0xff) out.writeByte(OP.BININT1).writeByte(value);
  else out.writeByte(OP.BININT).writeInt(value);
}

/** Writes what the JVM reads as a Long, however small it is, or as a BigInteger. */
export function writeLong(out: ByteWriter, value: bigint): void {
  let length = 8;
  while (BigInt.asIntN(8 * length, value) !== value) length *= 2;
  if (length <= 0xff) out.writeByte(OP.LONG1).writeByte(length);
  else out.writeByte(OP.LONG4).writeInt(length);
  for (let i = 0; i < length; i += 8) {
    out.writeLong(value >> BigInt(8 * i));
  }
}

function writeObject(
  out: ByteWriter,
  value: object,
  form: NumberForm,
  depth: number,
): void {
  if (depth > DEPTH_MAX) throw unwritable(value, "nested deeper than that");
  if (value instanceof Uint8Array) {
    out.writeByte(OP.BINBYTES).writeInt(value.length).writeBytes(value);
  } else if (Array.isArray(value)) {
    out.writeByte(OP.MARK);
    for (const item of value) writeValue(out, item, form, depth + 1);
    out.writeByte(OP.TUPLE);
  } else if (value instanceof Map) {
    writeEntries(out, value, form, depth);
  } else if (isPlain(value)) {
    writeEntries(out, Object.entries(value), form, depth);
  } else {
    writeArray(out, value);
  }
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function writeEntries(
  out: ByteWriter,
  entries: Iterable<readonly [unknown, unknown]>,
  form: NumberForm,
  depth: number,
): void {
  out.writeByte(OP.EMPTY_DICT).writeByte(OP.MARK);
  for (const [key, item] of entries) {
    writeValue(out, key, form, depth + 1);
    writeValue(out, item, form, depth + 1);
  }
  out.writeByte(OP.SETITEMS);
}

/** A typed array as Python's `array.array` of its letter; the JVM reads longs as ints, so they have none. */
function writeArray(out: ByteWriter, value: object): void {
  const [letter, form] = arrayKind(value);
  out.writeByte(OP.GLOBAL).writeBytes(ARRAY_CLASS);
  writeString(out, letter);
  out.writeByte(OP.EMPTY_LIST).writeByte(OP.MARK);
  for (const item of value as Iterable<number>) {
    writeValue(out, item, form, 0);
  }
  out.writeByte(OP.APPENDS).writeByte(OP.TUPLE2).writeByte(OP.REDUCE);
}

function arrayKind(value: object): [letter: string, form: NumberForm] {
  if (value instanceof Int16Array) return ["h", "int"];
  if (value instanceof Int32Array) return ["i", "int"];
  if (value instanceof Float32Array) return ["f", "double"];
  if (value instanceof Float64Array) return ["d", "double"];
  throw unwritable(value);
}

function misfit(value: number | bigint, form: NumberForm): SparkError {
  return new SparkError(
    "RECORD_NOT_SERIALIZABLE",
    `Cannot hand the JVM ${
      describeValue(value)
    } as a ${form}: it does not fit; name another class for the numbers, or map them to ones that fit`,
    { form },
  );
}

function unwritable(value: unknown, why = "without a form there"): SparkError {
  const what = describeValue(value);
  return new SparkError(
    "RECORD_NOT_SERIALIZABLE",
    `Cannot hand the JVM a record with ${what}: it is ${why}; map records to null, booleans, numbers, bigints, strings, Uint8Array, arrays, Maps and plain objects, ${DEPTH_MAX} levels deep at most`,
    { what },
  );
}
