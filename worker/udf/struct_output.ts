import { describeValue } from "../../src/common/describe_value.ts";
import { SparkError } from "../../src/common/errors.ts";
import { udfInvalid } from "../../src/protocol/udf_record.ts";
import type {
  BatchParts,
  ColumnBuilder,
} from "../../src/serde/arrow/builders/column_builder.ts";
import { columnBuilder } from "../../src/serde/arrow/builders/make_builder.ts";
import {
  FieldAppender,
} from "../../src/serde/arrow/builders/nested_builders.ts";
import type { BatchColumn } from "../../src/serde/arrow/batch_message.ts";
import { writeSchemaMessage } from "../../src/serde/arrow/schema_writer.ts";
import { arrowFieldOf } from "../../src/serde/arrow/spark_arrow.ts";
import type { DataType, StructType } from "../../src/types/spark_types.ts";

const BATCH_ROWS = 10_000; // as Spark's own batches have
const BATCH_BYTES = 4 << 20;
const NO_BYTES = new Uint8Array(0);

/** Rows on their way to the JVM: one column of structs, as it wants them. */
export class StructOutput implements BatchColumn {
  /** The rows' columns. */
  readonly struct: StructType;
  /** Where their values are. */
  readonly columns: readonly ColumnBuilder[];
  readonly #fields: FieldAppender;
  #length = 0;

  /**
   * @param type of the rows
   * @throws ProtocolError `UDF_INVALID` when it is no struct
   */
  constructor(type: DataType) {
    if (type.kind !== "struct") throw udfInvalid("its rows are no structs");
    this.struct = type;
    this.columns = type.fields.map((field) =>
      columnBuilder(field.type, field.name, field.nullable)
    );
    this.#fields = new FieldAppender(this.columns, type.fieldNames);
  }

  /** Number of rows that wait. */
  get length(): number {
    return this.#length;
  }

  /** Whether so many rows wait that they make a good batch. */
  get isFull(): boolean {
    if (this.#length >= BATCH_ROWS) return true;
    if ((this.#length & 63) !== 0) return false;
    let bytes = 0;
    for (const column of this.columns) bytes += column.byteLength;
    return bytes >= BATCH_BYTES;
  }

  /**
   * Adds a row.
   *
   * @param row an object with the columns by name, or an array of all values
   * @throws SparkError `ROW_INVALID`; of a value, see `ColumnBuilder.append`
   */
  append(row: unknown): void {
    if (typeof row === "object" && row !== null && this.#fields.append(row)) {
      this.#length++;
      return;
    }
    throw new SparkError(
      "ROW_INVALID",
      `Cannot take ${
        describeValue(row)
      } as a row: give an object with the columns ${
        this.struct.fieldNames.map((name) => `"${name}"`).join(", ")
      }, or an array of their values`,
      { value: describeValue(row) },
    );
  }

  /**
   * Adds rows by columns.
   *
   * @param columns the values of each column, in order
   * @param length number of rows
   */
  appendColumns(
    columns: readonly ArrayLike<unknown>[],
    length: number,
  ): void {
    columns.forEach((values, at) => this.columns[at]?.appendAll(values));
    this.#length += length;
  }

  /**
   * Adds rows of nulls that nobody looks at.
   *
   * @param length how many rows there are to be
   */
  pad(length: number): void {
    for (; this.#length < length; this.#length++) {
      for (const column of this.columns) column.appendHidden();
    }
  }

  /** The message that begins a stream of such batches. */
  schemaMessage(): Uint8Array {
    return writeSchemaMessage({
      fields: [arrowFieldOf("_0", this.struct, false)],
    });
  }

  addTo(parts: BatchParts): void {
    parts.nodes.push(this.#length, 0);
    parts.buffers.push(NO_BYTES);
    for (const column of this.columns) column.addTo(parts);
  }

  clear(): void {
    this.#length = 0;
    for (const column of this.columns) column.clear();
  }
}
