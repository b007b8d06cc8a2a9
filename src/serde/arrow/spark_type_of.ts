import { SparkError } from "../../common/errors.ts";
import { crsOf } from "../../types/spatial_reference.ts";
import { type DataType, StructType } from "../../types/spark_types.ts";
import {
  type ArrowField,
  type ArrowSchema,
  arrowTypeName,
} from "./arrow_type.ts";
import { NANOS_PRECISION, TIME_PRECISION } from "./spark_arrow.ts";

/**
 * The Spark schema of Arrow columns.
 *
 * Peer: `ArrowUtils.fromArrowSchema`, Spark 3.5 – 4.3.
 *
 * @param schema the columns
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED` for a type that Spark has no place for
 */
export function sparkSchemaOf(schema: ArrowSchema): StructType {
  return structOf(schema.fields);
}

/**
 * The Spark type of an Arrow column. What Arrow does not tell (lengths of
 * texts, collations, ranges of intervals) is the widest.
 *
 * @param field the column
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED` for a type that Spark has no place for
 */
export function sparkTypeOf(field: ArrowField): DataType {
  const { type, children } = field;
  switch (type.kind) {
    case "null":
      return { kind: "void" };
    case "bool":
      return { kind: "boolean" };
    case "int":
      if (type.signed) return { kind: INTS[type.bits] };
      break;
    case "float":
      if (type.bits === 32) return { kind: "float" };
      if (type.bits === 64) return { kind: "double" };
      break;
    case "utf8":
      return { kind: "string" };
    case "binary":
      return { kind: "binary" };
    case "decimal":
      if (type.bits !== 128) break;
      return {
        kind: "decimal",
        precision: type.precision,
        scale: type.scale,
      };
    case "date":
      if (type.unit === "day") return { kind: "date" };
      break;
    case "time":
      if (type.unit !== "ns") break;
      return { kind: "time", precision: precisionOf(field, TIME_PRECISION, 6) };
    case "timestamp":
      return timestampOf(field, type.unit, type.timeZone === null);
    case "interval":
      return intervalOf(field, type.unit);
    case "duration":
      if (type.unit !== "us") break;
      return {
        kind: "day_time_interval",
        startField: "day",
        endField: "second",
      };
    case "list":
      return arrayOf(children);
    case "map":
      return mapOf(field);
    case "struct":
      return specialStruct(children) ?? structOf(children);
    case "fixedBinary":
    case "fixedList":
      break;
  }
  throw unsupported(field);
}

const INTS = { 8: "byte", 16: "short", 32: "integer", 64: "long" } as const;

function structOf(fields: readonly ArrowField[]): StructType {
  return new StructType(
    fields.map((field) => ({
      name: field.name,
      type: sparkTypeOf(field),
      nullable: field.nullable,
    })),
  );
}

function timestampOf(
  field: ArrowField,
  unit: string,
  isLocal: boolean,
): DataType {
  if (unit === "us") return { kind: isLocal ? "timestamp_ntz" : "timestamp" };
  if (unit !== "ns") throw unsupported(field);
  return {
    kind: isLocal ? "timestamp_ntz_nanos" : "timestamp_ltz_nanos",
    precision: precisionOf(field, NANOS_PRECISION, 9),
  };
}

function intervalOf(field: ArrowField, unit: string): DataType {
  if (unit === "monthDayNano") return { kind: "interval" };
  if (unit !== "yearMonth") throw unsupported(field);
  return {
    kind: "year_month_interval",
    startField: "year",
    endField: "month",
  };
}

function arrayOf([element]: readonly ArrowField[]): DataType {
  return {
    kind: "array",
    elementType: element === undefined
      ? { kind: "void" }
      : sparkTypeOf(element),
    containsNull: element?.nullable ?? true,
  };
}

function mapOf(field: ArrowField): DataType {
  const [key, value] = field.children[0]?.children ?? [];
  if (key === undefined || value === undefined) throw unsupported(field);
  return {
    kind: "map",
    keyType: sparkTypeOf(key),
    valueType: sparkTypeOf(value),
    valueContainsNull: value.nullable,
  };
}

/** A struct whose metadata says that it is one value. */
function specialStruct(children: readonly ArrowField[]): DataType | null {
  const has = (name: string, key: string): ArrowField | undefined =>
    children.find((child) =>
      child.name === name && child.metadata.get(key) === "true"
    );
  if (children.length !== 2) return null;
  if (has("metadata", "variant") !== undefined) return { kind: "variant" };
  for (const kind of ["geometry", "geography"] as const) {
    const shape = has("wkb", kind);
    if (shape === undefined) continue;
    const srid = shape.metadata.get("srid") ?? "-1";
    return { kind, crs: crsOf(srid === "-1" ? "any" : srid) };
  }
  return null;
}

function precisionOf(field: ArrowField, key: string, missing: number): number {
  const precision = Number(field.metadata.get(key));
  return Number.isInteger(precision) && precision >= 0 && precision <= 9
    ? precision
    : missing;
}

function unsupported(field: ArrowField): SparkError {
  const type = arrowTypeName(field.type);
  return new SparkError(
    "ARROW_TYPE_UNSUPPORTED",
    `Cannot exchange column "${field.name}" with Spark: Spark has no type for Arrow's ${type}; cast it first`,
    { column: field.name, type },
  );
}
