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
 */
export function toSchema(schema: AnySchema): StructType {
  return typeof schema === "string" ? StructType.fromDDL(schema) : schema;
}
