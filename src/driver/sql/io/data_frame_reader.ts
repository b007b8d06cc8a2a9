import type { DdlText } from "../../../types/ddl_shape.ts";
import type { StructType } from "../../../types/spark_types.ts";
import type { ReadShape } from "../../../types/shape_of.ts";
import { DataFrame } from "../data_frame.ts";
import type { SessionState } from "../session_state.ts";
import type { FrameReadByDdl } from "../typing/ddl.ts";
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
} from "./options.ts";
import {
  type JdbcReadOptions,
  loadSource,
  type ReaderProps,
  readJdbc,
  readTable,
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
    return this.#with({
      schema: typeof schema === "string"
        ? { ddl: schema }
        : { json: schema.json() },
    });
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
  ): DataFrame<T> {
    return this.#loadFiles("json()", "json", paths);
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
  ): DataFrame<T> {
    return this.#loadFiles("csv()", "csv", paths);
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
  ): DataFrame<T> {
    return this.#loadFiles("xml()", "xml", paths);
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
    const props = { ...this.#props, format };
    return new DataFrame<T>(
      loadSource(this.#session, operation, props, paths),
    );
  }
}
