import { SparkError } from "../../common/errors.ts";
import {
  type DataType,
  simpleName,
  type StructType,
} from "../../types/spark_types.ts";
import { arrowSrid, SPATIAL_STRUCT, VARIANT_STRUCT } from "./struct_values.ts";
import type { ArrowField, ArrowSchema, ArrowType } from "./arrow_type.ts";

/** How Spark writes Arrow, as far as settings of the session decide. */
export interface ArrowForm {
  /** The zone that timestamps name, such as `"UTC"`: their values do not depend on it. */
  readonly timeZone: string;
  /** Whether offsets of texts and binaries have 64 bits (`spark.sql.execution.arrow.useLargeVarTypes`). */
  readonly largeVarTypes: boolean;
}

/** What we write: any zone is taken for a timestamp. */
export const OUR_FORM: ArrowForm = { timeZone: "UTC", largeVarTypes: false };

/**
 * The Arrow schema of rows of a Spark schema.
 *
 * Peer: `ArrowUtils.toArrowSchema`, Spark 3.5 – 4.3.
 *
 * @param schema names and types in Spark
 * @param form what settings of the session decide
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED` for a type without a form in Arrow
 */
export function arrowSchemaOf(
  schema: StructType,
  form: ArrowForm = OUR_FORM,
): ArrowSchema {
  return {
    fields: schema.fields.map(({ name, type, nullable }) =>
      arrowFieldOf(name, type, nullable, form)
    ),
  };
}

/**
 * The Arrow field of one column.
 *
 * @param name the column's name
 * @param type its type
 * @param nullable whether it may hold nulls
 * @param form what settings of the session decide
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED` for a type without a form in Arrow
 */
export function arrowFieldOf(
  name: string,
  type: DataType,
  nullable: boolean,
  form: ArrowForm = OUR_FORM,
): ArrowField {
  const field = (
    children: readonly ArrowField[] = [],
    metadata: ReadonlyMap<string, string> = NO_METADATA,
  ): ArrowField => ({
    name,
    nullable,
    type: plainType(name, type, form),
    children,
    dictionary: null,
    metadata,
  });
  const fieldsOf = (struct: StructType): readonly ArrowField[] =>
    arrowSchemaOf(struct, form).fields;
  switch (type.kind) {
    case "array":
      return field([
        arrowFieldOf("element", type.elementType, type.containsNull, form),
      ]);
    case "struct":
      return field(fieldsOf(type));
    case "map":
      return field([
        entriesOf(
          arrowFieldOf("key", type.keyType, false, form),
          arrowFieldOf("value", type.valueType, type.valueContainsNull, form),
        ),
      ]);
    case "variant":
      return field(
        withMetadata(fieldsOf(VARIANT_STRUCT), "metadata", ["variant", "true"]),
      );
    case "geometry":
    case "geography":
      return field(
        withMetadata(fieldsOf(SPATIAL_STRUCT), "wkb", [type.kind, "true"], [
          "srid",
          arrowSrid(type),
        ]),
      );
    case "time":
      return field([], new Map([[TIME_PRECISION, String(type.precision)]]));
    case "timestamp_ltz_nanos":
    case "timestamp_ntz_nanos":
      return field([], new Map([[NANOS_PRECISION, String(type.precision)]]));
    case "udt":
      return arrowFieldOf(name, type.sqlType, nullable, form);
    default:
      return field();
  }
}

/** Adds to the metadata of one of several fields. */
function withMetadata(
  fields: readonly ArrowField[],
  name: string,
  ...pairs: readonly (readonly [string, string])[]
): ArrowField[] {
  return fields.map((field) =>
    field.name === name ? { ...field, metadata: new Map(pairs) } : field
  );
}

function entriesOf(key: ArrowField, value: ArrowField): ArrowField {
  return {
    name: "entries",
    nullable: false,
    type: { kind: "struct" },
    children: [key, value],
    dictionary: null,
    metadata: NO_METADATA,
  };
}

const NO_METADATA: ReadonlyMap<string, string> = new Map();

/** Where Arrow's metadata has the digits of a time's fraction. */
export const TIME_PRECISION = "SPARK::time::precision";

/** Where Arrow's metadata has the digits of a timestamp's fraction. */
export const NANOS_PRECISION = "SPARK::timestampNanos::precision";

/**
 * The Arrow type of a column, without those within it.
 *
 * @param name the column's name, for messages
 * @param type its type
 * @param form what settings of the session decide
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED` for a type without a form in Arrow
 */
export function plainType(
  name: string,
  type: DataType,
  form: ArrowForm = OUR_FORM,
): ArrowType {
  switch (type.kind) {
    case "array":
      return { kind: "list", large: false };
    case "struct":
      return { kind: "struct" };
    case "map":
      return { kind: "map", keysSorted: false };
    case "void":
      return { kind: "null" };
    case "boolean":
      return { kind: "bool" };
    case "byte":
      return { kind: "int", bits: 8, signed: true };
    case "short":
      return { kind: "int", bits: 16, signed: true };
    case "integer":
      return { kind: "int", bits: 32, signed: true };
    case "long":
      return { kind: "int", bits: 64, signed: true };
    case "float":
      return { kind: "float", bits: 32 };
    case "double":
      return { kind: "float", bits: 64 };
    case "decimal":
      return {
        kind: "decimal",
        precision: type.precision,
        scale: type.scale,
        bits: 128,
      };
    case "string":
    case "char":
    case "varchar":
      return { kind: "utf8", large: form.largeVarTypes };
    case "binary":
      return { kind: "binary", large: form.largeVarTypes };
    case "date":
      return { kind: "date", unit: "day" };
    case "timestamp":
      return { kind: "timestamp", unit: "us", timeZone: form.timeZone };
    case "timestamp_ntz":
      return { kind: "timestamp", unit: "us", timeZone: null };
    case "timestamp_ltz_nanos":
      return { kind: "timestamp", unit: "ns", timeZone: form.timeZone };
    case "timestamp_ntz_nanos":
      return { kind: "timestamp", unit: "ns", timeZone: null };
    case "time":
      return { kind: "time", unit: "ns", bits: 64 };
    case "year_month_interval":
      return { kind: "interval", unit: "yearMonth" };
    case "day_time_interval":
      return { kind: "duration", unit: "us" };
    case "interval":
      return { kind: "interval", unit: "monthDayNano" };
    case "variant":
    case "geometry":
    case "geography":
      return { kind: "struct" };
    case "udt":
      return plainType(name, type.sqlType, form);
    case "other":
      throw unknownType(name, type);
  }
}

/**
 * The error of a type that this version has no form for.
 *
 * @param column the column's name
 * @param type its type
 */
export function unknownType(column: string, type: DataType): SparkError {
  const text = simpleName(type);
  return new SparkError(
    "ARROW_TYPE_UNSUPPORTED",
    `Cannot exchange column "${column}" with Spark: its type ${text} is not known here; cast it in the query, to string for example`,
    { column, type: text },
  );
}

/**
 * Whether values of two types lie in memory in the same way, whatever the size
 * of their offsets and the zone that they name.
 */
export function typesAgree(a: ArrowType, b: ArrowType): boolean {
  switch (a.kind) {
    case "int":
      return b.kind === "int" && a.bits === b.bits && a.signed === b.signed;
    case "float":
      return b.kind === "float" && a.bits === b.bits;
    case "decimal":
      return b.kind === "decimal" && a.bits === b.bits && a.scale === b.scale;
    case "date":
      return b.kind === "date" && a.unit === b.unit;
    case "time":
      return b.kind === "time" && a.unit === b.unit && a.bits === b.bits;
    case "timestamp":
      return b.kind === "timestamp" && a.unit === b.unit &&
        (a.timeZone === null) === (b.timeZone === null);
    case "interval":
      return b.kind === "interval" && a.unit === b.unit;
    case "duration":
      return b.kind === "duration" && a.unit === b.unit;
    default:
      return a.kind === b.kind;
  }
}
