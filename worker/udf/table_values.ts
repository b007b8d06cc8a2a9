/**
 * Tables and vectors of the package apache-arrow, from batches and to columns.
 * Loaded only with functions that work on them.
 *
 * @module
 */
import { EXACT_FORMS } from "../../src/serde/arrow/arrow_options.ts";
import { describeValue } from "../../src/common/describe_value.ts";
import { SparkError } from "../../src/common/errors.ts";
import { arrowTable, type Vector } from "../../src/serde/arrow/arrow_table.ts";
import {
  type ForeignTable,
  foreignTable,
  foreignVector,
} from "../../src/serde/arrow/foreign_table.ts";
import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import { columnReader } from "../../src/serde/arrow/column_reader.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
import { normalColumn } from "../../src/serde/arrow/normalize.ts";
import { sparkTypeOf } from "../../src/serde/arrow/spark_type_of.ts";
import type { StructType } from "../../src/types/spark_types.ts";

/** Columns by name, of one length. */
export interface TableValues {
  readonly length: number;
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
}

/**
 * The values of a table's columns, none changed.
 *
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED` for a type that Spark has no place for
 */
export function tableValues({ fields, batches }: ForeignTable): TableValues {
  const columns = fields.map((field) => {
    const normal = normalColumn(field);
    const type = sparkTypeOf(normal.field);
    return {
      normal,
      values: [] as unknown[],
      read: columnReader(normal.field, type, field.name, EXACT_FORMS),
    };
  });
  let length = 0;
  for (const batch of batches) {
    length += batch.length;
    batch.columns.forEach((view, at) => {
      const column = columns[at];
      if (column === undefined) return;
      for (const value of column.read(column.normal.normalize(view))) {
        column.values.push(value);
      }
    });
  }
  return {
    length,
    columns: new Map(
      columns.map(({ values }, at) => [fields[at]?.name ?? "", values]),
    ),
  };
}

/** The columns of a batch as vectors, over its own bytes. */
export function vectorsOf(schema: ArrowSchema, batch: ArrowBatch): Vector[] {
  const table = arrowTable(schema, [batch]);
  return schema.fields.map((_, at) => table.getChildAt(at) as Vector);
}

/**
 * The values of what a function gave as a column: a vector, a typed array or
 * an array.
 *
 * @param result what it gave
 * @param name the function's name
 * @throws SparkError `COLUMN_INVALID`
 */
export function anyColumnValues(
  result: unknown,
  name: string,
): ArrayLike<unknown> {
  const vector = foreignVector(result);
  const values = vector !== null
    ? tableValues(vector).columns.get("column")
    : Array.isArray(result) ||
        (ArrayBuffer.isView(result) && !(result instanceof DataView))
    ? result as unknown as ArrayLike<unknown>
    : undefined;
  if (values !== undefined) return values;
  throw new SparkError(
    "COLUMN_INVALID",
    `Cannot take the result of "${name}": ${
      describeValue(result)
    } is no column; give a vector, a typed array or an array`,
    { function: name, value: describeValue(result) },
  );
}

/**
 * As {@link anyColumnValues}, of so many rows.
 *
 * @throws SparkError `COLUMN_INVALID`
 */
export function columnValues(
  result: unknown,
  length: number,
  name: string,
): ArrayLike<unknown> {
  const values = anyColumnValues(result, name);
  if (values.length === length) return values;
  throw new SparkError(
    "COLUMN_INVALID",
    `Cannot take the result of "${name}": it has ${values.length} values for ${length} rows; give one for each row`,
    { function: name, values: values.length, rows: length },
  );
}

/**
 * The columns of what a function gave as a table or a batch, in the order of
 * a schema.
 *
 * @param result what it gave
 * @param struct names and types that are wanted
 * @param name the function's name
 * @throws SparkError `TABLE_INVALID`
 */
export function resultColumns(
  result: unknown,
  struct: StructType,
  name: string,
): { readonly length: number; readonly columns: readonly unknown[][] } {
  const table = foreignTable(result);
  if (table === null) {
    throw tableInvalid(
      name,
      `${describeValue(result)} is neither a Table nor a RecordBatch`,
    );
  }
  const { length, columns } = tableValues(table);
  const names = [...columns.keys()];
  const wanted = struct.fieldNames;
  const isRight = names.length === wanted.length &&
    table.fields.length === names.length &&
    wanted.every((column) => columns.has(column));
  if (!isRight) {
    throw tableInvalid(
      name,
      `it has the columns ${list(names)}, and the schema has ${list(wanted)}`,
    );
  }
  return {
    length,
    columns: wanted.map((column) => columns.get(column) as unknown[]),
  };
}

function tableInvalid(name: string, why: string): SparkError {
  return new SparkError(
    "TABLE_INVALID",
    `Cannot take the result of "${name}": ${why}; give a table of apache-arrow with the columns of the schema`,
    { function: name, why },
  );
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

/** The columns of a group as vectors, over the bytes of its batches. */
export function groupVectors(
  schema: ArrowSchema,
  batches: readonly ArrowBatch[],
  offsets: readonly number[],
): Vector[] {
  const table = arrowTable(schema, batches);
  return offsets.map((offset) => table.getChildAt(offset) as Vector);
}
