import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import type { DdlText, ShapeOfDdl } from "../../types/ddl_shape.ts";
import type { RecordBatch, Table } from "../../serde/arrow/arrow_table.ts";
import type { ShapeOf } from "../../types/shape_of.ts";
import { StructType } from "../../types/spark_types.ts";
import type { Given } from "./udf_types.ts";

/** Columns in SQL's words, such as `"a int, b string"`, or a struct. */
export type AnySchema = string | StructType;

/** The schema itself, or what the compiler finds wrong with its words. */
export type SchemaText<D> = D extends string ? DdlText<D> : D;

/** The shape of the rows of a schema. */
export type RowsOf<D> = (D extends string ? ShapeOfDdl<D> : ShapeOf<D>) extends
  infer S extends object ? S : Record<string, unknown>;

/** What a function may give as a row of a schema: an object with its columns, or an array of their values. */
export type RowFor<D> = Given<RowsOf<D>> | readonly unknown[];

/** Rows, all at once or one by one. */
export type RowsFor<D> = Iterable<RowFor<D>> | AsyncIterable<RowFor<D>>;

/** A table of apache-arrow, now or later. */
export type TableFor = Table | RecordBatch | PromiseLike<Table | RecordBatch>;

/** Tables or record batches of apache-arrow, all at once or one by one. */
export type TablesFor =
  | Iterable<Table | RecordBatch>
  | AsyncIterable<Table | RecordBatch>;

/**
 * The schema that a program names.
 *
 * @throws SparkError `DDL_INVALID`
 * @throws TypeError for what is no schema, which a program may give that nobody compiles
 */
export function toSchema(schema: AnySchema): StructType {
  if (typeof schema === "string") return StructType.fromDDL(schema);
  const given: unknown = schema;
  if (
    typeof given === "object" && given !== null && "kind" in given &&
    given.kind === "struct"
  ) return schema;
  throw new TypeError(
    `Cannot make rows by the schema ${
      describeValue(given)
    }: give the columns with their types, such as "id BIGINT, name STRING"`,
  );
}

/**
 * A schema as it is, unless it is one word: PySpark's `alias` was meant, which
 * Scala calls `as`.
 *
 * @throws SparkError `DDL_INVALID`
 */
export function schemaNotName(schema: AnySchema): AnySchema {
  if (typeof schema !== "string" || !/^\s*[\w$]+\s*$/.test(schema)) {
    return schema;
  }
  throw new SparkError(
    "DDL_INVALID",
    `Cannot read the schema "${schema}" of as(): it is one word, not columns with their types; give the frame a name by alias("${schema}"), or write columns as in "id BIGINT, name STRING"`,
    { ddl: schema },
  );
}
