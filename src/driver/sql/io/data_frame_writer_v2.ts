import { print } from "../plan/transformations.ts";
import { printBy } from "../../../common/inspect.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { columnOrName } from "../expression/to_expression.ts";
import { type HasRelation, RELATION } from "../frame_relation.ts";
import { seq } from "../plan/argument.ts";
import type { Relation } from "../plan/relation.ts";
import type { AnyColumn } from "../typing/columns_of.ts";
import type { SourceOptions } from "./options.ts";
import { firstAndRest, write, type WriterCall } from "./write_frame.ts";

/**
 * Writes a DataFrame into a table of a catalog: `df.writeTo("table")`. Each
 * setting returns a new writer.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 *
 * const save = (sales: DataFrame) => sales.writeTo("sales").using("parquet").createOrReplace();
 * ```
 */
export class DataFrameWriterV2 {
  readonly #node: Relation;
  readonly #table: string;
  readonly #calls: readonly WriterCall[];

  /** @internal */
  constructor(
    df: HasRelation,
    table: string,
    calls: readonly WriterCall[] = [],
  ) {
    this.#node = df[RELATION];
    this.#table = table;
    this.#calls = calls;
  }

  static {
    printBy(
      DataFrameWriterV2.prototype,
      (self) => `DataFrameWriterV2[${self.#table}: ${print(self.#node)}]`,
    );
  }

  /** Sets the format of a table to create. */
  using(provider: string): DataFrameWriterV2 {
    return this.#with(["using", provider]);
  }

  /** Sets one option of the write. */
  option(
    key: string,
    value: string | number | bigint | boolean,
  ): DataFrameWriterV2 {
    return this.#with(["option", key, String(value)]);
  }

  /** Sets options of the write. */
  options(options: SourceOptions): DataFrameWriterV2 {
    const calls = Object.entries(options).map((
      [key, value],
    ): WriterCall => ["option", key, String(value)]);
    return this.#with(...calls);
  }

  /** Sets a property of a table to create. */
  tableProperty(property: string, value: string): DataFrameWriterV2 {
    return this.#with(["tableProperty", property, value]);
  }

  /**
   * Partitions of a table to create.
   *
   * @param columns names, columns, and what `years()`, `months()`, `days()`, `hours()` and `bucket()` make of them
   */
  partitionedBy(
    ...columns: readonly (string | AnyColumn)[]
  ): DataFrameWriterV2 {
    const [first, ...rest] = columns.map(columnOrName);
    if (first === undefined) {
      throw new TypeError(
        "Cannot call partitionedBy() without a column: give at least one",
      );
    }
    return this.#with(["partitionedBy", first, seq(rest)]);
  }

  /** Keeps rows of near values of these columns together. Spark 4.0 and later. */
  clusterBy(...columns: readonly string[]): DataFrameWriterV2 {
    return this.#with(firstAndRest("clusterBy", columns));
  }

  /** Creates the table with the rows; an error where there is one. */
  async create(options?: ActionOptions): Promise<void> {
    await this.#write("create()", ["create"], options);
  }

  /** Replaces the table, its columns and rows; an error where there is none. */
  async replace(options?: ActionOptions): Promise<void> {
    await this.#write("replace()", ["replace"], options);
  }

  /** Creates the table, or replaces it. */
  async createOrReplace(options?: ActionOptions): Promise<void> {
    await this.#write("createOrReplace()", ["createOrReplace"], options);
  }

  /** Adds the rows to the table, columns matched by name. */
  async append(options?: ActionOptions): Promise<void> {
    await this.#write("append()", ["append"], options);
  }

  /** Puts the rows in the place of those for which a condition holds. */
  async overwrite(
    condition: AnyColumn,
    options?: ActionOptions,
  ): Promise<void> {
    await this.#write(
      "overwrite()",
      ["overwrite", columnOrName(condition)],
      options,
    );
  }

  /** Puts the rows in the place of the partitions that they fall into. */
  async overwritePartitions(options?: ActionOptions): Promise<void> {
    await this.#write(
      "overwritePartitions()",
      ["overwritePartitions"],
      options,
    );
  }

  #with(...calls: readonly WriterCall[]): DataFrameWriterV2 {
    return new DataFrameWriterV2({ [RELATION]: this.#node }, this.#table, [
      ...this.#calls,
      ...calls,
    ]);
  }

  #write(
    operation: string,
    last: WriterCall,
    options?: ActionOptions,
  ): Promise<void> {
    return write(
      this.#node,
      ["writeTo", this.#table],
      this.#calls,
      last,
      operation,
      options,
    );
  }
}
