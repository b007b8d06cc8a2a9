/**
 * What a program's data source is made of: its classes implement these.
 *
 * @module
 */
import type { Table } from "../../serde/arrow/arrow_table.ts";
import type { StructType } from "../../types/spark_types.ts";
import type { AnySchema } from "../udf/schema_types.ts";
import type { Filter } from "./source_filters.ts";

/** What the program set by `option()`, by names in lower case: Spark does not tell cases apart. */
export type DataSourceOptions = Readonly<Record<string, string | undefined>>;

/** A value, or a promise of it. */
export type Awaitable<T> = T | PromiseLike<T>;

/**
 * Rows, one by one: objects with the columns by name, or arrays of their
 * values; or tables or record batches of the package apache-arrow.
 */
export type SourceRows =
  | Iterable<object>
  | AsyncIterable<object>
  | PromiseLike<Iterable<object> | AsyncIterable<object>>;

/**
 * A data source of the program's, for `spark.dataSource.register()`. Spark
 * makes one with the options of each read and each write, on the driver, and
 * may do so several times: what it needs it finds in its options.
 *
 * @example
 * ```ts
 * import type { DataSource, DataSourceOptions, DataSourceReader } from "@tspark/tspark";
 *
 * class Squares implements DataSource {
 *   static readonly name = "squares";
 *   readonly #to: number;
 *   constructor(options: DataSourceOptions) {
 *     this.#to = Number(options.to ?? 10);
 *   }
 *   schema() {
 *     return "x INT, square INT";
 *   }
 *   reader(): DataSourceReader<[number, number]> {
 *     const to = this.#to;
 *     return {
 *       partitions: () => [[0, to / 2], [to / 2, to]],
 *       *read([from, to]) {
 *         for (let x = from; x < to; x++) yield { x, square: x * x };
 *       },
 *     };
 *   }
 * }
 * ```
 */
export interface DataSource {
  /** The columns, where a read does not say them by `schema()`. */
  schema?(): Awaitable<AnySchema>;
  /**
   * How it is read.
   *
   * @param schema the columns that are wanted: its own, or what the read says
   */
  reader?(schema: StructType): Awaitable<DataSourceReader>;
  /**
   * How it is written.
   *
   * @param schema the columns that come
   * @param overwrite whether what is there is to go: `mode("overwrite")`
   */
  writer?(
    schema: StructType,
    overwrite: boolean,
  ): Awaitable<DataSourceWriter | DataSourceArrowWriter>;
  /** How it is read as a stream; without it, {@link DataSource.simpleStreamReader} is asked. */
  streamReader?(schema: StructType): Awaitable<DataSourceStreamReader>;
  /** How it is read as a stream of few rows, on the driver alone. */
  simpleStreamReader?(
    schema: StructType,
  ): Awaitable<SimpleDataSourceStreamReader>;
  /**
   * How a stream is written to it.
   *
   * @param schema the columns that come
   * @param overwrite whether each batch replaces what is there: output mode `complete`
   */
  streamWriter?(
    schema: StructType,
    overwrite: boolean,
  ): Awaitable<DataSourceStreamWriter | DataSourceStreamArrowWriter>;
}

/** The class of a data source. Its name is that of the format; case does not count. */
export interface DataSourceClass {
  /** Made with the options of a read or write. */
  new (options: DataSourceOptions): DataSource;
  /** The name for `format()`: the class's own, or a static one. */
  readonly name: string;
}

/**
 * How a source is read. `pushFilters` and `partitions` are called on the
 * driver, `read` on the executors, on a copy with all that it holds by then:
 * it is captured as functions are.
 */
export interface DataSourceReader<P = unknown> {
  /**
   * Takes the query's filters. Spark 4.1 and later, with the setting
   * `spark.sql.python.filterPushdown.enabled`.
   *
   * @param filters a row has to meet all of them
   * @returns those that Spark has to apply: what it does not give back, `read` must apply
   */
  pushFilters?(filters: readonly Filter[]): Awaitable<Iterable<Filter>>;
  /** Parts that are read in parallel, plain values; one, null, by default. */
  partitions?(): Awaitable<readonly P[]>;
  /**
   * The rows of a part.
   *
   * @param partition one of {@link DataSourceReader.partitions}
   */
  read(partition: P): SourceRows;
}

/**
 * How a source is written: `write` runs on the executors, on a copy of what
 * was captured, and `commit` or `abort` on the driver, on the writer itself.
 */
export interface DataSourceWriter<M = unknown> {
  /**
   * Writes the rows of a task.
   *
   * @param rows objects with the columns by name
   * @returns what `commit` is told of it, a plain value
   */
  write(rows: Iterable<Record<string, unknown>>): Awaitable<M>;
  /** Called when all tasks have written. When it throws, {@link DataSourceWriter.abort} is called and the write fails. */
  commit?(messages: readonly (M | null)[]): Awaitable<void>;
  /**
   * Called when the write has failed.
   *
   * @param messages null of tasks that did not end well
   */
  abort?(messages: readonly (M | null)[]): Awaitable<void>;
}

/** As {@link DataSourceWriter}, of tables of the package apache-arrow. */
export interface DataSourceArrowWriter<M = unknown> {
  /** As {@link DataSourceWriter.write}, of tables. */
  writeArrow(tables: Iterable<Table>): Awaitable<M>;
  /** As {@link DataSourceWriter.commit}. */
  commit?(messages: readonly (M | null)[]): Awaitable<void>;
  /** As {@link DataSourceWriter.abort}. */
  abort?(messages: readonly (M | null)[]): Awaitable<void>;
}

/** A position in a stream: what JSON has. */
export type StreamOffset = Readonly<Record<string, unknown>>;

/** All that is there. */
export interface ReadAllAvailable {
  /** What it is. */
  readonly kind: "ReadAllAvailable";
}

/** At least so many rows. */
export interface ReadMinRows {
  /** What it is. */
  readonly kind: "ReadMinRows";
  /** Number of rows. */
  readonly minRows: number;
}

/** At most so many rows. */
export interface ReadMaxRows {
  /** What it is. */
  readonly kind: "ReadMaxRows";
  /** Number of rows. */
  readonly maxRows: number;
}

/** At most so many files. */
export interface ReadMaxFiles {
  /** What it is. */
  readonly kind: "ReadMaxFiles";
  /** Number of files. */
  readonly maxFiles: number;
}

/** At most so many bytes. */
export interface ReadMaxBytes {
  /** What it is. */
  readonly kind: "ReadMaxBytes";
  /** Number of bytes. */
  readonly maxBytes: number;
}

/** How much of a stream one batch may have. */
export type ReadLimit =
  | ReadAllAvailable
  | ReadMinRows
  | ReadMaxRows
  | ReadMaxFiles
  | ReadMaxBytes;

/**
 * How a source is read as a stream. It lives on the driver as long as the
 * query; `read` runs on the executors, on a copy made when the query is
 * planned.
 */
export interface DataSourceStreamReader<O = StreamOffset, P = unknown> {
  /** Where a new query begins. */
  initialOffset(): Awaitable<O>;
  /**
   * Where the next batch is to end. A method that declares these parameters is
   * asked for batches of limited size from Spark 4.2 on.
   *
   * @param start where the batch begins; null before Spark 4.2, which does not tell
   * @param limit how much it may have
   */
  latestOffset(start: O | null, limit: ReadLimit): Awaitable<O>;
  /** How much a batch may have; all by default. Spark 4.2 and later. */
  getDefaultReadLimit?(): Awaitable<ReadLimit>;
  /** Where the stream ends now, for the query's progress. Spark 4.2 and later. */
  reportLatestOffset?(): Awaitable<O | null>;
  /** Notes where the stream ends now, which a query that ends there goes up to. Spark 4.2 and later. */
  prepareForTriggerAvailableNow?(): Awaitable<void>;
  /** The parts of a batch. */
  partitions(start: O, end: O): Awaitable<readonly P[]>;
  /** As {@link DataSourceReader.read}. */
  read(partition: P): SourceRows;
  /** Called when all up to an offset is done with. */
  commit?(end: O): Awaitable<void>;
  /** Called when the query has ended. */
  stop?(): Awaitable<void>;
}

/** How a source is read as a stream of few rows, which the driver reads itself. */
export interface SimpleDataSourceStreamReader<O = StreamOffset> {
  /** Where a new query begins. */
  initialOffset(): Awaitable<O>;
  /**
   * The rows from an offset on.
   *
   * @returns the rows, and where they end
   */
  read(start: O): Awaitable<readonly [rows: Iterable<object>, end: O]>;
  /** Rows that were read before, when a query is started again. */
  readBetweenOffsets(start: O, end: O): SourceRows;
  /** Notes where the stream ends now, which a query that ends there goes up to. Spark 4.2 and later. */
  prepareForTriggerAvailableNow?(): Awaitable<void>;
  /** Called when all up to an offset is done with. */
  commit?(end: O): Awaitable<void>;
}

/**
 * How a stream is written to a source, batch by batch: `write` runs on the
 * executors, `commit` and `abort` on the driver, on a writer made anew.
 */
export interface DataSourceStreamWriter<M = unknown> {
  /** As {@link DataSourceWriter.write}. */
  write(rows: Iterable<Record<string, unknown>>): Awaitable<M>;
  /**
   * Called when all tasks of a batch have written.
   *
   * @param messages what they told
   * @param batchId the batch's number, the same when it is done again
   */
  commit?(messages: readonly (M | null)[], batchId: number): Awaitable<void>;
  /** Called when a batch has failed. */
  abort?(messages: readonly (M | null)[], batchId: number): Awaitable<void>;
}

/** As {@link DataSourceStreamWriter}, of tables of the package apache-arrow. */
export interface DataSourceStreamArrowWriter<M = unknown> {
  /** As {@link DataSourceArrowWriter.writeArrow}. */
  writeArrow(tables: Iterable<Table>): Awaitable<M>;
  /** As {@link DataSourceStreamWriter.commit}. */
  commit?(messages: readonly (M | null)[], batchId: number): Awaitable<void>;
  /** As {@link DataSourceStreamWriter.abort}. */
  abort?(messages: readonly (M | null)[], batchId: number): Awaitable<void>;
}
