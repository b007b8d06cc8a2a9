import { SparkError } from "../../common/errors.ts";
import {
  type DataType,
  simpleName,
  type StructType,
} from "../../types/spark_types.ts";
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
    arrow: ArrowType,
    children: readonly ArrowField[] = [],
  ): ArrowField => ({
    name,
    nullable,
    type: arrow,
    children,
    dictionary: null,
    metadata: NO_METADATA,
  });
  switch (type.kind) {
    case "array":
      return field({ kind: "list", large: false }, [
        arrowFieldOf("element", type.elementType, type.containsNull, form),
      ]);
    case "struct":
      return field({ kind: "struct" }, arrowSchemaOf(type, form).fields);
    case "map": {
      const entries = arrowFieldOf("key", type.keyType, false, form);
      const values = arrowFieldOf(
        "value",
        type.valueType,
        type.valueContainsNull,
        form,
      );
      return field({ kind: "map", keysSorted: false }, [{
        ...field({ kind: "struct" }, [entries, values]),
        name: "entries",
        nullable: false,
      }]);
    }
    default:
      return field(plainType(name, type, form));
  }
}

const NO_METADATA: ReadonlyMap<string, string> = new Map();

function plainType(name: string, type: DataType, form: ArrowForm): ArrowType {
  switch (type.kind) {
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
    case "year_month_interval":
      return { kind: "interval", unit: "yearMonth" };
    case "day_time_interval":
      return { kind: "duration", unit: "us" };
    default:
      throw new SparkError(
        "ARROW_TYPE_UNSUPPORTED",
        `Cannot exchange column "${name}" with Spark: its type ${
          simpleName(type)
        } has no form in TypeScript yet; cast it in the query, to string for example`,
        { column: name, type: simpleName(type) },
      );
  }
}
