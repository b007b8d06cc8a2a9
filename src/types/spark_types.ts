/**
 * Spark's types: values, JSON and SQL's words for them.
 *
 * @module
 */
import { StructType } from "./data_type.ts";

export type {
  ArrayType,
  DataType,
  FieldInit,
  MapType,
  StructField,
  UserDefinedType,
} from "./data_type.ts";
export { StructType, typeFromDdl, typeFromJson } from "./data_type.ts";
export type {
  AtomicType,
  AtomicTypeName,
  DayTimeField,
  DayTimeIntervalType,
  DecimalType,
  Metadata,
  MetadataValue,
  NanosecondTimestampType,
  OtherType,
  SizedStringType,
  SpatialType,
  StringType,
  TimeType,
  YearMonthField,
  YearMonthIntervalType,
} from "./plain_type.ts";
export { typeJson } from "./type_json.ts";
export {
  catalogString,
  quoteIfNeeded,
  simpleString,
  simpleString as simpleName,
  sqlText,
} from "./type_text.ts";

/**
 * Reads a schema as `StructType.json()` in the JVM writes it.
 *
 * @throws ProtocolError `SCHEMA_INVALID` for anything else
 */
export function parseSchemaJson(json: string): StructType {
  return StructType.fromJson(json);
}
