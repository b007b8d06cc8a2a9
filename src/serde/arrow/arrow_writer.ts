import { SparkError } from "../../common/errors.ts";
import { describeValue } from "../../common/describe_value.ts";
import type { StructType } from "../../types/spark_types.ts";
import { END_OF_STREAM } from "./arrow_message.ts";
import { BatchWriter } from "./batch_message.ts";
import type { ColumnBuilder } from "./builders/column_builder.ts";
import { columnBuilder } from "./builders/make_builder.ts";
import { FieldAppender } from "./builders/nested_builders.ts";
import { writeSchemaMessage } from "./schema_writer.ts";
import { arrowSchemaOf } from "./spark_arrow.ts";

/**
 * Writes rows as an Arrow stream: the schema, batches, the end; or as single
 * batches where the other side knows the schema.
 *
 * @example
 * ```ts ignore
 * const writer = new ArrowWriter(schema);
 * writer.appendRow({ id: 1, name: "a" });
 * const stream = [writer.schemaMessage(), writer.takeBatch(), ArrowWriter.END];
 * ```
 */
export class ArrowWriter {
  /** The mark behind the last batch of a stream. */
  static readonly END: Uint8Array = END_OF_STREAM;
  /** The names and types of the columns. */
  readonly schema: StructType;
  /** The columns, which may be filled one by one. */
  readonly columns: readonly ColumnBuilder[];
  readonly #fields: FieldAppender;
  readonly #largeVarTypes: boolean;
  readonly #batches: BatchWriter;
  #taken = 0;
  /** Rows of the next batch as far as they came by `appendRow`. */
  #rows = 0;

  /**
   * Begins without rows.
   *
   * @param schema names and types of the columns
   * @param options `largeVarTypes`: whether offsets of texts and binaries have
   *   64 bits, as a JVM wants them that knows the schema from elsewhere
   * @throws SparkError `ARROW_TYPE_UNSUPPORTED` for a type without a form in Arrow
   */
  constructor(
    schema: StructType,
    options: { readonly largeVarTypes?: boolean } = {},
  ) {
    this.schema = schema;
    this.#largeVarTypes = options.largeVarTypes ?? false;
    this.#batches = new BatchWriter(this.#largeVarTypes);
    this.columns = schema.fields.map(({ name, type, nullable }) =>
      columnBuilder(type, name, nullable)
    );
    this.#fields = new FieldAppender(this.columns, schema.fieldNames);
  }

  /** The message that begins a stream. */
  schemaMessage(): Uint8Array<ArrayBuffer> {
    return writeSchemaMessage(
      arrowSchemaOf(this.schema, {
        timeZone: "UTC",
        largeVarTypes: this.#largeVarTypes,
      }),
    );
  }

  /** Number of rows of the next batch. */
  get length(): number {
    return this.columns[0]?.length ?? this.#rows;
  }

  /** About how many bytes the next batch takes. */
  get byteLength(): number {
    let sum = 0;
    for (const column of this.columns) sum += column.byteLength;
    return sum;
  }

  /**
   * Adds a row.
   *
   * @param row an object with the columns by name, where what is missing is
   *   null and what is not in the schema is left out; or an array of all values
   * @throws SparkError `ROW_INVALID` for anything else; of a value, see
   *   `ColumnBuilder.append`
   */
  appendRow(row: unknown): void {
    if (typeof row === "object" && row !== null && this.#fields.append(row)) {
      this.#rows++;
      return;
    }
    const index = this.#taken + this.length;
    throw new SparkError(
      "ROW_INVALID",
      `Cannot write row ${index}: ${
        describeValue(row)
      } is no row; give an object with the columns by name, or an array of ${this.columns.length} values`,
      { row: index },
    );
  }

  /**
   * The rows that were added as one message; the next batch begins without any.
   *
   * @param length number of rows; needed where there are no columns
   * @throws SparkError `BATCH_UNEVEN` when a column has another length
   */
  takeBatch(length: number = this.length): Uint8Array<ArrayBuffer> {
    for (const column of this.columns) {
      if (column.length === length) continue;
      throw new SparkError(
        "BATCH_UNEVEN",
        `Cannot write a batch of ${length} rows: column "${column.column}" has ${column.length} values; append one to each column for each row`,
        { rows: length, column: column.column, values: column.length },
      );
    }
    this.#taken += length;
    this.#rows = 0;
    return this.#batches.prepare(this.columns, length).take();
  }
}
