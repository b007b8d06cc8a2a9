import type { ByteWriter } from "../../common/byte_writer.ts";
import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import {
  type DataType,
  type DecimalType,
  simpleName,
  type StructType,
} from "../../types/spark_types.ts";
import type {
  Converted,
  UnitConversion,
} from "../arrow/builders/number_builders.ts";
import {
  toDays,
  toDurationMicros,
  toLocalMicros,
  toMicros,
} from "../arrow/time_units.ts";
import { unscaledDecimal, withPoint } from "../records/decimal_digits.ts";
import { structFields } from "../records/struct_fields.ts";
import { OP } from "./pickle_opcodes.ts";
import { writeInt, writeLong, writeString } from "./pickle_writer.ts";

/** Writes a value; it is checked against its type. */
export type WriteValue = (out: ByteWriter, value: unknown) => void;

/** Where a value stands. */
export interface ValuePlace {
  /** Whose column it is, for messages, such as `the state`. */
  readonly owner: string;
  /** The column, with those around it, such as `address.city`. */
  readonly column: string;
  readonly nullable: boolean;
}

const DECIMAL_CLASS = new TextEncoder().encode("decimal\nDecimal\n");

/**
 * What writes values of a type so that the JVM's `EvaluatePython.makeFromJava`
 * takes them for what they are: it makes null of what it does not expect, so
 * each is checked here.
 *
 * @param type the values' type
 * @param place where they stand
 * @throws SparkError `STATE_TYPE_UNSUPPORTED` for a type that the JVM does not take so
 */
export function pickledValueWriter(
  type: DataType,
  place: ValuePlace,
): WriteValue {
  const write = writerOf(type, place);
  return (out, value) => {
    if (value !== null && value !== undefined) return write(out, value);
    if (!place.nullable) throw nullRefused(place);
    out.writeByte(OP.NONE);
  };
}

/** As {@link pickledValueWriter}, of the fields of a struct as a tuple. */
export function structWriter(
  struct: StructType,
  place: ValuePlace,
): WriteValue {
  const names = struct.fieldNames;
  const writers = struct.fields.map(({ name, type, nullable }) =>
    pickledValueWriter(type, within(place, name, nullable))
  );
  return (out, value) => {
    const fields = structFields(value, names);
    if (fields === null) {
      throw mismatch(
        value,
        struct,
        place,
        `give an object with ${
          names.map((name) => `"${name}"`).join(", ")
        }, or an array with a value for each`,
      );
    }
    out.writeByte(OP.MARK);
    for (let i = 0; i < writers.length; i++) {
      (writers[i] as WriteValue)(out, fields[i]);
    }
    out.writeByte(OP.TUPLE);
  };
}

function writerOf(type: DataType, place: ValuePlace): WriteValue {
  const refuse = (value: unknown, wanted: string): never => {
    throw mismatch(value, type, place, wanted);
  };
  switch (type.kind) {
    case "boolean":
      return (out, value) => {
        if (typeof value !== "boolean") refuse(value, "give true or false");
        out.writeByte(value === true ? OP.NEWTRUE : OP.NEWFALSE);
      };
    case "byte":
      return intWriter(8, type, place);
    case "short":
      return intWriter(16, type, place);
    case "integer":
      return intWriter(32, type, place);
    case "long":
      return unitWriter(toLong, type, place);
    case "float":
    case "double":
      return numberWriter(type, place);
    case "decimal":
      return decimalWriter(type, place);
    case "string":
    case "char":
    case "varchar":
      return (out, value) => {
        if (typeof value !== "string") return refuse(value, "give a string");
        if (!value.isWellFormed()) {
          throw outOfRange(
            value,
            type,
            place,
            "half of a surrogate pair has no form in UTF-8: use toWellFormed()",
          );
        }
        writeString(out, value);
      };
    case "binary":
      return (out, value) => {
        if (!(value instanceof Uint8Array)) {
          return refuse(value, "give a Uint8Array");
        }
        out.writeByte(OP.BINBYTES).writeInt(value.length).writeBytes(value);
      };
    case "date":
      return dayWriter(type, place);
    case "timestamp":
      return unitWriter(toMicros, type, place);
    case "timestamp_ntz":
      return unitWriter(toLocalMicros, type, place);
    case "day_time_interval":
      return unitWriter(toDurationMicros, type, place);
    case "array":
      return listWriter(type, place);
    case "map":
      return mapWriter(type, place);
    case "struct":
      return structWriter(type, place);
    default:
      throw typeUnsupported(type, place);
  }
}

/** The error of a type that has no form in a state. */
export function typeUnsupported(
  type: DataType,
  { column, owner }: Pick<ValuePlace, "column" | "owner">,
): SparkError {
  return new SparkError(
    "STATE_TYPE_UNSUPPORTED",
    `Cannot keep column "${column}" in ${owner}: Spark gives no way to write values of type ${
      simpleName(type)
    } there; keep them as a string or as binary`,
    { column, type: simpleName(type) },
  );
}

function intWriter(
  bits: number,
  type: DataType,
  place: ValuePlace,
): WriteValue {
  const most = 2 ** (bits - 1) - 1;
  const wanted = `give a whole number from ${-most - 1} to ${most}`;
  return (out, value) => {
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number)) {
      throw mismatch(value, type, place, wanted);
    }
    if (number > most || number < -most - 1) {
      throw outOfRange(value, type, place, wanted);
    }
    writeInt(out, number);
  };
}

function numberWriter(type: DataType, place: ValuePlace): WriteValue {
  const isSingle = type.kind === "float";
  return (out, value) => {
    if (typeof value !== "number") {
      throw mismatch(value, type, place, "give a number");
    }
    if (
      isSingle && Number.isFinite(value) && !Number.isFinite(Math.fround(value))
    ) {
      throw outOfRange(
        value,
        type,
        place,
        "give a smaller number, or use double",
      );
    }
    out.writeByte(OP.BINFLOAT).writeDouble(value);
  };
}

function toLong(value: unknown): Converted {
  return typeof value === "bigint" || Number.isSafeInteger(value)
    ? value as number | bigint
    : { wanted: "give a whole number up to 2^53, or a bigint" };
}

/** Integers of 64 bits. */
function unitWriter(
  convert: UnitConversion,
  type: DataType,
  place: ValuePlace,
): WriteValue {
  return (out, value) => {
    const converted = convert(value);
    if (typeof converted === "object") {
      throw mismatch(value, type, place, converted.wanted);
    }
    const long = BigInt(converted);
    if (BigInt.asIntN(64, long) !== long) {
      throw outOfRange(value, type, place, "give what fits into 64 bits");
    }
    writeLong(out, long);
  };
}

function dayWriter(type: DataType, place: ValuePlace): WriteValue {
  return (out, value) => {
    const days = toDays(value);
    if (typeof days === "object") {
      throw mismatch(value, type, place, days.wanted);
    }
    writeInt(out, Number(days));
  };
}

function decimalWriter(type: DecimalType, place: ValuePlace): WriteValue {
  const wanted = 'give digits as text, such as "12.50", a bigint or a number';
  return (out, value) => {
    if (
      typeof value !== "string" && typeof value !== "number" &&
      typeof value !== "bigint"
    ) throw mismatch(value, type, place, wanted);
    const unscaled = unscaledDecimal(String(value), type);
    if (typeof unscaled !== "bigint") {
      throw unscaled.kind === "form"
        ? mismatch(value, type, place, wanted)
        : outOfRange(value, type, place, unscaled.wanted);
    }
    const digits = String(unscaled < 0n ? -unscaled : unscaled);
    out.writeByte(OP.GLOBAL).writeBytes(DECIMAL_CLASS);
    writeString(out, withPoint(digits, unscaled < 0n, type.scale));
    out.writeByte(OP.TUPLE1).writeByte(OP.REDUCE);
  };
}

function listWriter(
  type: Extract<DataType, { kind: "array" }>,
  place: ValuePlace,
): WriteValue {
  const write = pickledValueWriter(
    type.elementType,
    within(place, "element", type.containsNull),
  );
  return (out, value) => {
    if (!isList(value)) throw mismatch(value, type, place, "give an array");
    out.writeByte(OP.EMPTY_LIST).writeByte(OP.MARK);
    for (let i = 0; i < value.length; i++) write(out, value[i]);
    out.writeByte(OP.APPENDS);
  };
}

function mapWriter(
  type: Extract<DataType, { kind: "map" }>,
  place: ValuePlace,
): WriteValue {
  const writeKey = pickledValueWriter(
    type.keyType,
    within(place, "key", false),
  );
  const writeItem = pickledValueWriter(
    type.valueType,
    within(place, "value", type.valueContainsNull),
  );
  if (type.keyType.kind === "binary" || hasParts(type.keyType)) {
    // The JVM gathers the entries in a HashMap, where arrays are equal to none.
    throw typeUnsupported(type, place);
  }
  return (out, value) => {
    const entries = entriesOf(value, type.keyType);
    if (entries === null) {
      throw mismatch(
        value,
        type,
        place,
        type.keyType.kind === "string"
          ? "give a Map or a plain object"
          : "give a Map",
      );
    }
    out.writeByte(OP.EMPTY_DICT).writeByte(OP.MARK);
    for (const [key, item] of entries) {
      writeKey(out, key);
      writeItem(out, item);
    }
    out.writeByte(OP.SETITEMS);
  };
}

function hasParts({ kind }: DataType): boolean {
  return kind === "struct" || kind === "array" || kind === "map";
}

function entriesOf(
  value: unknown,
  keys: DataType,
): Iterable<[unknown, unknown]> | null {
  if (value instanceof Map) return value;
  if (keys.kind !== "string" || typeof value !== "object" || value === null) {
    return null;
  }
  const proto: unknown = Object.getPrototypeOf(value);
  return proto === null || proto === Object.prototype
    ? Object.entries(value)
    : null;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) ||
    (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function within(
  { owner, column }: ValuePlace,
  name: string,
  nullable: boolean,
): ValuePlace {
  return {
    owner,
    column: column === "" ? name : `${column}.${name}`,
    nullable,
  };
}

function nullRefused({ column, owner }: ValuePlace): SparkError {
  return new SparkError(
    "NULL_NOT_ALLOWED",
    `Cannot write column "${column}" of ${owner}: null is not allowed there; give a value, or make the column nullable in the schema`,
    { column },
  );
}

function mismatch(
  value: unknown,
  type: DataType,
  place: ValuePlace,
  wanted: string,
): SparkError {
  return refusal(
    "VALUE_TYPE_MISMATCH",
    value,
    type,
    place,
    `is no value of type ${simpleName(type)}; ${wanted}`,
  );
}

function outOfRange(
  value: unknown,
  type: DataType,
  place: ValuePlace,
  wanted: string,
): SparkError {
  return refusal(
    "VALUE_OUT_OF_RANGE",
    value,
    type,
    place,
    `does not fit into type ${simpleName(type)}; ${wanted}`,
  );
}

function refusal(
  condition: string,
  value: unknown,
  type: DataType,
  { column, owner }: ValuePlace,
  why: string,
): SparkError {
  const text = describeValue(value);
  const where = column === "" ? owner : `column "${column}" of ${owner}`;
  return new SparkError(
    condition,
    `Cannot write ${where}: ${text} ${why}`,
    { column, value: text, type: simpleName(type) },
  );
}
