import { ProtocolError } from "../../common/errors.ts";
import { describeValue } from "../../common/describe_value.ts";
import type { ValueForms } from "../../protocol/udf_record.ts";
import {
  type DataType,
  simpleName,
  type StructType,
} from "../../types/spark_types.ts";
import type { ArrowField } from "../arrow/arrow_type.ts";
import type { ColumnView } from "../arrow/column_view.ts";
import { timeReader } from "../arrow/read_times.ts";
import { unscaledDecimal, withPoint } from "../records/decimal_digits.ts";
import { plainRows } from "../records/row_code.ts";
import { typeUnsupported } from "./pickled_value_writer.ts";

/** Makes a value of what a pickle holds for it. */
export type ReadValue = (value: unknown) => unknown;

/** Whose values they are, and in which forms they come. */
export interface ReadingPlace {
  /** Whose column it is, for messages, such as `the state`. */
  readonly owner: string;
  readonly column: string;
  readonly forms: ValueForms;
}

/**
 * What reads values of a type as the JVM's `EvaluatePython.toJava` and Pickler
 * write them.
 *
 * @param type the values' type
 * @param place whose they are
 * @throws SparkError `STATE_TYPE_UNSUPPORTED`
 */
export function pickledValueReader(
  type: DataType,
  place: ReadingPlace,
): ReadValue {
  const read = readerOf(type, place);
  return (value) => value === null ? null : read(value);
}

/** As {@link pickledValueReader}, of a struct as an object. */
export function structReader(
  struct: StructType,
  place: ReadingPlace,
): (value: unknown) => object {
  const readers = struct.fields.map(({ name, type }) =>
    pickledValueReader(type, within(place, name))
  );
  const make = plainRows(struct.fieldNames);
  return (value) => {
    if (!Array.isArray(value) || value.length !== readers.length) {
      throw malformed(value, struct, place);
    }
    const columns = readers.map((read, i) => [read(value[i])]);
    return make(columns, 1)[0] as object;
  };
}

function readerOf(type: DataType, place: ReadingPlace): ReadValue {
  switch (type.kind) {
    case "boolean":
      return (value) => {
        if (typeof value === "boolean") return value;
        throw malformed(value, type, place);
      };
    case "byte":
    case "short":
    case "integer":
    case "float":
    case "double":
      return (value) => numberOf(value, type, place);
    case "string":
    case "char":
    case "varchar":
      return (value) => textOf(value, type, place);
    case "long":
      return place.forms.longs === "bigint"
        ? (value) => bigintOf(value, type, place)
        : (value) => safeNumber(value, type, place);
    case "day_time_interval": // in microseconds
      return (value) => bigintOf(value, type, place);
    case "decimal":
      return (value) => {
        const unscaled = unscaledDecimal(textOf(value, type, place), type);
        if (typeof unscaled !== "bigint") throw malformed(value, type, place);
        const digits = String(unscaled < 0n ? -unscaled : unscaled);
        return withPoint(digits, unscaled < 0n, type.scale);
      };
    case "binary":
      return (value) => {
        if (value instanceof Uint8Array) return value;
        throw malformed(value, type, place);
      };
    case "date":
      return cellReader(type, new Int32Array(1), place, (cell, value) => {
        cell[0] = numberOf(value, type, place);
      });
    case "timestamp":
    case "timestamp_ntz":
      return cellReader(type, new BigInt64Array(1), place, (cell, value) => {
        cell[0] = bigintOf(value, type, place);
      });
    case "array": {
      const read = pickledValueReader(
        type.elementType,
        within(place, "element"),
      );
      return (value) => {
        if (Array.isArray(value)) return value.map(read);
        throw malformed(value, type, place);
      };
    }
    case "map": {
      const readKey = pickledValueReader(type.keyType, within(place, "key"));
      const readItem = pickledValueReader(
        type.valueType,
        within(place, "value"),
      );
      return (value) => {
        if (!(value instanceof Map)) throw malformed(value, type, place);
        const map = new Map<unknown, unknown>();
        for (const [key, item] of value) map.set(readKey(key), readItem(item));
        return map;
      };
    }
    case "struct":
      return structReader(type, place);
    default:
      throw typeUnsupported(type, place);
  }
}

/** Reads dates and times as those of a column of one value. */
function cellReader<A extends Int32Array | BigInt64Array>(
  type: DataType,
  cell: A,
  { column, forms }: ReadingPlace,
  put: (cell: A, value: unknown) => void,
): ReadValue {
  const read = timeReader(type, column, forms);
  const view: ColumnView = {
    field: NO_FIELD,
    length: 1,
    nullCount: 0,
    validity: null,
    values: cell,
    offsets: null,
    children: [],
    dictionary: null,
  };
  return (value) => {
    put(cell, value);
    return read(view)[0];
  };
}

const NO_FIELD: ArrowField = {
  name: "",
  nullable: true,
  type: { kind: "null" },
  children: [],
  dictionary: null,
  metadata: new Map(),
};

function numberOf(
  value: unknown,
  type: DataType,
  place: ReadingPlace,
): number {
  if (typeof value === "number") return value;
  throw malformed(value, type, place);
}

function textOf(
  value: unknown,
  type: DataType,
  place: ReadingPlace,
): string {
  if (typeof value === "string") return value;
  throw malformed(value, type, place);
}

function bigintOf(
  value: unknown,
  type: DataType,
  place: ReadingPlace,
): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  throw malformed(value, type, place);
}

function safeNumber(
  value: unknown,
  type: DataType,
  place: ReadingPlace,
): number {
  if (typeof value === "number") return value;
  if (typeof value !== "bigint") throw malformed(value, type, place);
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  const { column } = place;
  throw new ProtocolError(
    "LONG_NOT_SAFE",
    `Cannot read column "${column}": the long ${value} is beyond 2^53 and would lose digits as a number; set spark.tspark.longs to bigint`,
    { column, value },
  );
}

function within(place: ReadingPlace, name: string): ReadingPlace {
  const { column } = place;
  return { ...place, column: column === "" ? name : `${column}.${name}` };
}

function malformed(
  value: unknown,
  type: DataType,
  { owner, column }: ReadingPlace,
): ProtocolError {
  const where = column === "" ? owner : `column "${column}" of ${owner}`;
  return new ProtocolError(
    "PICKLED_ROW_INVALID",
    `Cannot read ${where}: the JVM sent ${
      describeValue(value)
    } for a value of type ${
      simpleName(type)
    }; driver and executors run different Sparks`,
    { column, type: simpleName(type) },
  );
}
