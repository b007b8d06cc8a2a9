import { printBy } from "../../../common/inspect.ts";
import type { DdlText } from "../../../types/ddl_shape.ts";
import type { StructType } from "../../../types/spark_types.ts";
import type { ReadShape } from "../../../types/shape_of.ts";
import { checkPath } from "../../rdd/checks.ts";
import { DataFrame } from "../data_frame.ts";
import type { SessionState } from "../session_state.ts";
import type { FrameReadByDdl } from "../typing/ddl.ts";
import type { Untyped } from "../typing/untyped.ts";
import type {
  CsvReadOptions,
  JsonReadOptions,
  OrcReadOptions,
  ParquetReadOptions,
  TextReadOptions,
  XmlReadOptions,
} from "./format_options.ts";
import {
  type PathsAndOptions,
  type SourceOptions,
  splitPaths,
  splitTexts,
} from "./options.ts";
import {
  type JdbcReadOptions,
  loadSource,
  type ReaderProps,
  readerSchema,
  readJdbc,
  readTable,
  readTexts,
} from "./read_source.ts";

const NOTHING: ReaderProps = { format: null, schema: null, options: {} };

/**
 * Describes a data source, and reads it as a DataFrame. Each setting returns a
 * new reader. `S` is the shape of the rows, which a schema in SQL's words tells.
 *
 * @example
 * ```ts
 * import type { SparkSession } from "@tspark/tspark";
 *
 * const orders = (spark: SparkSession) =>
 *   spark.read.option("header", true).schema("id BIGINT, name STRING").csv("orders.csv");
 * ```
 */
export class DataFrameReader<S extends object = Record<string, unknown>> {
  readonly #session: SessionState;
  readonly #props: ReaderProps;

  /** @internal */
  constructor(session: SessionState, props: ReaderProps = NOTHING) {
    this.#session = session;
    this.#props = props;
  }

  static {
    printBy(
      DataFrameReader.prototype,
      (self) =>
        `DataFrameReader[${self.#props.format ?? "the default format"}]`,
    );
  }

  /** Sets the format, such as `json` or `parquet`. */
  format(name: string): DataFrameReader<S> {
    return this.#with({ format: name });
  }

  /** Sets the columns by a type. */
  schema<T extends object>(
    schema: StructType<T>,
  ): DataFrameReader<object extends T ? Record<string, unknown> : ReadShape<T>>;
  /** Sets the columns in SQL's words, as in `id BIGINT, name STRING`; readers of files drop NOT NULL. */
  schema<const D extends string>(
    ddl: D & DdlText<D>,
  ): DataFrameReader<FrameReadByDdl<D>>;
  schema(schema: string | StructType): DataFrameReader<never> {
    return this.#with({ schema: readerSchema(schema) });
  }

  /** Sets one option of the format. */
  option(
    key: string,
    value: string | number | bigint | boolean,
  ): DataFrameReader<S> {
    return this.options({ [key]: value });
  }

  /** Sets options of the format. */
  options(options: SourceOptions): DataFrameReader<S> {
    return this.#with({ options: { ...this.#props.options, ...options } });
  }

  /**
   * Reads from the source.
   *
   * @param paths files or folders, on any file system that Spark knows; none
   *   for a source that has no path
   */
  load<T extends object = S>(...paths: readonly string[]): DataFrame<T> {
    return this.#load("load()", this.#props.format, paths);
  }

  /** Reads lines of text: one column, `value`. */
  text(
    ...paths: PathsAndOptions<TextReadOptions>
  ): DataFrame<{ value: string }> {
    return this.#loadFiles("text()", "text", paths);
  }

  /** Reads JSON, an object on each line. */
  json<T extends object = S>(
    ...paths: PathsAndOptions<JsonReadOptions>
  ): DataFrame<T>;
  /** Reads JSON, an object in each text of a frame of one column. */
  json<T extends object = S>(
    texts: DataFrame<Untyped>,
    options?: JsonReadOptions,
  ): DataFrame<T>;
  json<T extends object>(
    ...from: readonly (string | object | undefined)[]
  ): DataFrame<T> {
    return this.#readTexts("json", from);
  }

  /**
   * Reads comma-separated values.
   *
   * @param paths files or folders, and options behind them
   *
   * @example
   * ```ts
   * import type { SparkSession } from "@tspark/tspark";
   *
   * const orders = (spark: SparkSession) =>
   *   spark.read.csv("orders.csv", { header: true, inferSchema: true });
   * ```
   */
  csv<T extends object = S>(
    ...paths: PathsAndOptions<CsvReadOptions>
  ): DataFrame<T>;
  /** Reads comma-separated values, a line in each text of a frame of one column. */
  csv<T extends object = S>(
    texts: DataFrame<Untyped>,
    options?: CsvReadOptions,
  ): DataFrame<T>;
  csv<T extends object>(
    ...from: readonly (string | object | undefined)[]
  ): DataFrame<T> {
    return this.#readTexts("csv", from);
  }

  /** Reads Parquet files. */
  parquet<T extends object = S>(
    ...paths: PathsAndOptions<ParquetReadOptions>
  ): DataFrame<T> {
    return this.#loadFiles("parquet()", "parquet", paths);
  }

  /** Reads ORC files. */
  orc<T extends object = S>(
    ...paths: PathsAndOptions<OrcReadOptions>
  ): DataFrame<T> {
    return this.#loadFiles("orc()", "orc", paths);
  }

  /** Reads XML; the option `rowTag` names the elements that are rows. Spark 4.0 and later. */
  xml<T extends object = S>(
    ...paths: PathsAndOptions<XmlReadOptions>
  ): DataFrame<T>;
  /** Reads XML, a row in each text of a frame of one column. */
  xml<T extends object = S>(
    texts: DataFrame<Untyped>,
    options?: XmlReadOptions,
  ): DataFrame<T>;
  xml<T extends object>(
    ...from: readonly (string | object | undefined)[]
  ): DataFrame<T> {
    return this.#readTexts("xml", from);
  }

  /**
   * Reads a table of a database by JDBC.
   *
   * @param url the database's, such as `jdbc:postgresql://host/name`
   * @param table the table, or a query in parentheses with a name
   * @param options what the driver is told, and how the table is split; one partition by default
   */
  jdbc<T extends object = S>(
    url: string,
    table: string,
    options: JdbcReadOptions = {},
  ): DataFrame<T> {
    return new DataFrame<T>(
      readJdbc(this.#session, this.#props, url, table, options),
    );
  }

  /** Reads a table or view, with the options set. */
  table<T extends object = S>(name: string): DataFrame<T> {
    return new DataFrame<T>(
      readTable(this.#session, "table", this.#props, name),
    );
  }

  /** Reads the changes of a table that records them. Spark 4.2 and later. */
  changes<T extends object = S>(name: string): DataFrame<T> {
    return new DataFrame<T>(
      readTable(this.#session, "changes", this.#props, name),
    );
  }

  #with<T extends object>(changes: Partial<ReaderProps>): DataFrameReader<T> {
    return new DataFrameReader<T>(this.#session, {
      ...this.#props,
      ...changes,
    });
  }

  /** Reads texts of files, or of a frame. */
  #readTexts<T extends object>(
    format: "json" | "csv" | "xml",
    from: readonly (string | object | undefined)[],
  ): DataFrame<T> {
    const given = from.filter((each) => each !== undefined);
    const split = splitTexts(given);
    if (split === null) return this.#loadFiles(`${format}()`, format, given);
    const props = this.options(split.options).#props;
    return new DataFrame<T>(
      readTexts(this.#session, props, format, split.texts),
    );
  }

  #loadFiles<T extends object>(
    operation: string,
    format: string,
    args: readonly (string | object)[],
  ): DataFrame<T> {
    const { paths, options } = splitPaths(args);
    return this.options(options).#load(operation, format, paths);
  }

  #load<T extends object>(
    operation: string,
    format: string | null,
    paths: readonly string[],
  ): DataFrame<T> {
    for (const path of paths) checkPath(operation, path);
    const props = { ...this.#props, format };
    return new DataFrame<T>(
      loadSource(this.#session, operation, props, paths),
    );
  }
}
