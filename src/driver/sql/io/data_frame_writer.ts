import { print } from "../plan/transformations.ts";
import { printBy } from "../../../common/inspect.ts";
import { checkPath } from "../../rdd/checks.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { type HasRelation, RELATION } from "../frame_relation.ts";
import { seq } from "../plan/argument.ts";
import type { Relation } from "../plan/relation.ts";
import type {
  CsvWriteOptions,
  JsonWriteOptions,
  OrcWriteOptions,
  ParquetWriteOptions,
  TextWriteOptions,
  XmlWriteOptions,
} from "./format_options.ts";
import { definedOptions, type SourceOptions } from "./options.ts";
import { firstAndRest, write, type WriterCall } from "./write_frame.ts";

/** What happens where there is something already: it is kept and added to, replaced, left as it is, or an error. */
export type SaveMode =
  | "append"
  | "overwrite"
  | "ignore"
  | "error"
  | "errorifexists";

/**
 * Writes a DataFrame: `df.write`. Each setting returns a new writer.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 *
 * const save = (sales: DataFrame) => sales.write.mode("overwrite").partitionBy("year").parquet("sales");
 * ```
 */
export class DataFrameWriter {
  readonly #node: Relation;
  readonly #calls: readonly WriterCall[];

  /** @internal */
  constructor(df: HasRelation, calls: readonly WriterCall[] = []) {
    this.#node = df[RELATION];
    this.#calls = calls;
  }

  static {
    printBy(
      DataFrameWriter.prototype,
      (self) => `DataFrameWriter[${print(self.#node)}]`,
    );
  }

  /** What happens where there is something already; an error by default. */
  mode(mode: SaveMode): DataFrameWriter {
    return this.#with(["mode", mode]);
  }

  /** Sets the format, such as `parquet`, which is the default. */
  format(name: string): DataFrameWriter {
    return this.#with(["format", name]);
  }

  /** Sets one option of the format. */
  option(
    key: string,
    value: string | number | bigint | boolean,
  ): DataFrameWriter {
    return this.#with(["option", key, String(value)]);
  }

  /** Sets options of the format. */
  options(options: SourceOptions): DataFrameWriter {
    return this.#with(
      ...Object.entries(options).map(([key, value]): WriterCall => [
        "option",
        key,
        String(value),
      ]),
    );
  }

  /** Puts rows of equal values of these columns into folders of their own. */
  partitionBy(...columns: readonly string[]): DataFrameWriter {
    return this.#with(["partitionBy", seq(columns)]);
  }

  /** Puts rows into so many files by the hash of these columns; for tables. */
  bucketBy(numBuckets: number, ...columns: readonly string[]): DataFrameWriter {
    return this.#with(firstAndRest("bucketBy", columns, numBuckets));
  }

  /** Sorts the rows of each bucket. */
  sortBy(...columns: readonly string[]): DataFrameWriter {
    return this.#with(firstAndRest("sortBy", columns));
  }

  /** Keeps rows of near values of these columns together. Spark 4.0 and later. */
  clusterBy(...columns: readonly string[]): DataFrameWriter {
    return this.#with(firstAndRest("clusterBy", columns));
  }

  /**
   * Writes.
   *
   * @param path where to; left out for formats without
   */
  async save(path?: string, options?: ActionOptions): Promise<void> {
    if (path !== undefined) checkPath("save()", path, "out/words");
    await this.#write(
      "save()",
      path === undefined ? ["save"] : ["save", path],
      options,
    );
  }

  /** Writes a table of the catalog, which is created where it is not there. */
  async saveAsTable(name: string, options?: ActionOptions): Promise<void> {
    await this.#write("saveAsTable()", ["saveAsTable", name], options);
  }

  /**
   * Adds the rows to a table, columns matched by place.
   *
   * @param name the table
   * @param overwrite whether its rows are replaced; as the mode says when left out
   */
  async insertInto(
    name: string,
    overwrite?: boolean,
    options?: ActionOptions,
  ): Promise<void> {
    const writer = overwrite === undefined
      ? this
      : this.mode(overwrite ? "overwrite" : "append");
    await writer.#write("insertInto()", ["insertInto", name], options);
  }

  /** Writes lines of text: the frame's one column. */
  async text(
    path: string,
    options: TextWriteOptions & ActionOptions = {},
  ): Promise<void> {
    await this.#writeFiles("text", path, options);
  }

  /** Writes comma-separated values. */
  async csv(
    path: string,
    options: CsvWriteOptions & ActionOptions = {},
  ): Promise<void> {
    await this.#writeFiles("csv", path, options);
  }

  /** Writes JSON, an object on each line. */
  async json(
    path: string,
    options: JsonWriteOptions & ActionOptions = {},
  ): Promise<void> {
    await this.#writeFiles("json", path, options);
  }

  /** Writes Parquet files. */
  async parquet(
    path: string,
    options: ParquetWriteOptions & ActionOptions = {},
  ): Promise<void> {
    await this.#writeFiles("parquet", path, options);
  }

  /** Writes ORC files. */
  async orc(
    path: string,
    options: OrcWriteOptions & ActionOptions = {},
  ): Promise<void> {
    await this.#writeFiles("orc", path, options);
  }

  /** Writes XML; the option `rowTag` names the elements that are rows. Spark 4.0 and later. */
  async xml(
    path: string,
    options: XmlWriteOptions & ActionOptions = {},
  ): Promise<void> {
    await this.#writeFiles("xml", path, options);
  }

  /**
   * Writes a table of a database by JDBC.
   *
   * @param url the database's, such as `jdbc:postgresql://host/name`
   * @param table the table
   * @param properties what the driver is told, such as `user` and `password`
   */
  async jdbc(
    url: string,
    table: string,
    properties: Readonly<Record<string, string>> = {},
    options?: ActionOptions,
  ): Promise<void> {
    const writer = this.format("jdbc").options({
      url,
      dbtable: table,
      ...properties,
    });
    await writer.#write("jdbc()", ["save"], options);
  }

  #with(...calls: readonly WriterCall[]): DataFrameWriter {
    return new DataFrameWriter({ [RELATION]: this.#node }, [
      ...this.#calls,
      ...calls,
    ]);
  }

  async #writeFiles(
    format: string,
    path: string,
    { signal, ...options }: ActionOptions,
  ): Promise<void> {
    checkPath(`${format}()`, path, "out/words");
    const writer = this.options(definedOptions(options));
    await writer.#write(
      `${format}()`,
      [format, path],
      signal === undefined ? {} : { signal },
    );
  }

  #write(
    operation: string,
    last: WriterCall,
    options?: ActionOptions,
  ): Promise<void> {
    return write(this.#node, ["write"], this.#calls, last, operation, options);
  }
}
