import { ProtocolError } from "../../common/errors.ts";
import type { ValueForms } from "../../protocol/udf_record.ts";
import { readPickle } from "../../serde/pickle/pickle_reader.ts";
import { type DataType, simpleName } from "../../types/spark_types.ts";

const MS_PER_DAY = 86_400_000;

/**
 * The value of a constant that Spark has pickled for a planner.
 *
 * Peer: `EvaluatePython.toJava`, Spark 4.0 – 4.3: dates as days, timestamps
 * as microseconds, decimals as texts, arrays as lists, maps as dicts.
 *
 * @param pickle the pickle
 * @param type its type
 * @param forms how values come
 * @throws ProtocolError `CONSTANT_UNSUPPORTED` for a type without a form here
 */
export function constantValue(
  pickle: Uint8Array,
  type: DataType,
  forms: ValueForms,
): unknown {
  return valueOf(readPickle(pickle), type, forms);
}

function valueOf(value: unknown, type: DataType, forms: ValueForms): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case "boolean":
    case "byte":
    case "short":
    case "integer":
    case "float":
    case "double":
    case "string":
    case "char":
    case "varchar":
    case "binary":
    case "decimal":
      return value;
    case "long":
      return longOf(value, type, forms);
    case "date":
      return dateOf(numberOf(value, type), forms);
    case "timestamp":
      return forms.timestamps === "date"
        ? dateOfMicros(value, type)
        : instantOf(value, type);
    case "timestamp_ntz":
      return forms.timestamps === "date"
        ? dateOfMicros(value, type)
        : instantOf(value, type).toZonedDateTimeISO("UTC").toPlainDateTime();
    case "array":
      if (!Array.isArray(value)) throw unsupported(type);
      return value.map((element) => valueOf(element, type.elementType, forms));
    case "map":
      if (!(value instanceof Map)) throw unsupported(type);
      return new Map(
        [...value].map(([key, item]) => [
          valueOf(key, type.keyType, forms),
          valueOf(item, type.valueType, forms),
        ]),
      );
    default:
      throw unsupported(type);
  }
}

function longOf(
  value: unknown,
  type: DataType,
  { longs }: ValueForms,
): unknown {
  if (longs === "bigint") return bigintOf(value, type);
  if (typeof value === "number") return value;
  throw new ProtocolError(
    "LONG_NOT_SAFE",
    `Cannot take the constant ${value} as a number: it is beyond 2^53; set spark.tspark.longs to bigint`,
    { value: String(value) },
  );
}

function dateOf(days: number, { dates }: ValueForms): unknown {
  const date = new Date(days * MS_PER_DAY);
  return dates === "date" ? date : new Temporal.PlainDate(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
  );
}

function dateOfMicros(value: unknown, type: DataType): Date {
  const micros = bigintOf(value, type);
  const millis = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n);
  return new Date(Number(millis));
}

function instantOf(value: unknown, type: DataType): Temporal.Instant {
  return Temporal.Instant.fromEpochNanoseconds(bigintOf(value, type) * 1000n);
}

function bigintOf(value: unknown, type: DataType): bigint {
  if (typeof value === "bigint") return value;
  return BigInt(numberOf(value, type));
}

function numberOf(value: unknown, type: DataType): number {
  if (typeof value === "number") return value;
  throw unsupported(type);
}

function unsupported(type: DataType): ProtocolError {
  return new ProtocolError(
    "CONSTANT_UNSUPPORTED",
    `Cannot tell analyze() a constant of type ${
      simpleName(type)
    }: it has no form here; give its parts as arguments of their own`,
    { type: simpleName(type) },
  );
}
