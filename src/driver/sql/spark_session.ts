import { DENO_INSPECT, NODE_INSPECT } from "../../common/inspect.ts";
import { platform } from "../../common/platform/deno.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import { openContext, type SparkContext } from "../context/spark_context.ts";
import type { FrameOfRecords, OfRows } from "../rdd/frame_types.ts";
import { type FrameSchema, provideFrames } from "../rdd/frames.ts";
import { planOf, RDD } from "../rdd/rdd.ts";
import { callSite } from "../runtime/call_site.ts";
import { DataSourceRegistration } from "../sources/data_source_registration.ts";
import { DataStreamReader } from "../streaming/data_stream_reader.ts";
import { StreamingQueryManager } from "../streaming/streaming_query_manager.ts";
import { Profile } from "../udf/profile.ts";
import type { WorkerLogs } from "../runtime/worker_logs.ts";
import { UDFRegistration } from "../udf/udf_registration.ts";
import { UDTFRegistration } from "../udf/udtf_registration.ts";
import { ActiveSession } from "./active_session.ts";
import { DataFrame } from "./data_frame.ts";
import { Catalog } from "./catalog.ts";
import { DataFrameReader } from "./io/data_frame_reader.ts";
import type { RuntimeConfig } from "./runtime_config.ts";
import { newBuilder, type SparkSessionBuilder } from "./session_builder.ts";
import { awaitable } from "./awaitable.ts";
import { type ArrowTable, localRelation } from "./local_frames.ts";
import { start } from "./plan/marks.ts";
import { rddRelation } from "./rdd_frames.ts";
import {
  emptyRelation,
  rangeRelation,
  tableRelation,
} from "./session_frames.ts";
import { type QueryArguments, sqlQuery } from "./sql_query.ts";
import { requireMethod } from "./spark_versions.ts";
import { TableValuedFunction } from "./table_valued_function.ts";
import type { FrameOfDdl } from "./typing/ddl.ts";
import type { Untyped } from "./typing/untyped.ts";
import type { RowInput } from "../../types/row_input.ts";
import type { DdlText } from "../../types/ddl_shape.ts";
import type { StructType } from "../../types/spark_types.ts";
import { defaultSession, openSession } from "./session_settings.ts";
import type { SessionState } from "./session_state.ts";

/** The session that has a state, the same each time; a new one does not end the application when it is disposed of. */
export let sessionOf: (state: SessionState) => SparkSession;

/** The state of a session. */
export let sessionState: (session: SparkSession) => SessionState;

/**
 * Where a program begins: reads data as DataFrames, runs SQL, and leads to
 * the {@link SparkContext} for RDDs.
 *
 * @example
 * ```ts
 * import { SparkSession } from "@tspark/tspark";
 *
 * await using spark = await SparkSession.builder.master("local[*]").appName("demo").getOrCreate();
 * console.log(await spark.range(5).count()); // 5
 * ```
 */
export class SparkSession implements AsyncDisposable {
  static readonly #active: ActiveSession<SparkSession> = new ActiveSession();
  /** The same application as a source of RDDs. */
  readonly sparkContext: SparkContext;
  readonly #state: SessionState;
  readonly #streams: StreamingQueryManager;

  private constructor(state: SessionState, owns: boolean) {
    this.#state = state;
    this.#streams = new StreamingQueryManager(state);
    state.face ??= this;
    this.sparkContext = openContext(state.runtime, owns);
  }

  static {
    sessionOf = (state) =>
      state.face instanceof SparkSession
        ? state.face
        : new SparkSession(state, false);
    sessionState = (session) => session.#state;
    provideFrames((plan, schema, site) => {
      const session = SparkSession.active().#state;
      return new DataFrame(rddRelation(session, plan, schema, site));
    });
  }

  /** Collects settings for a session. */
  static get builder(): SparkSessionBuilder {
    return newBuilder((conf, which) => {
      const site = callSite(which === "new" ? "create()" : "getOrCreate()");
      const opened = openSession(conf, which, site);
      const made = opened.then(({ session, isNew }) =>
        new SparkSession(session, isNew)
      );
      const keeps = which === "new" && SparkSession.getActiveSession() !== null;
      return keeps ? made : SparkSession.#active.enter(made);
    });
  }

  /**
   * The session of this chain of calls: what `getOrCreate` gave it or the code
   * that started it; null without one, and after it was stopped.
   */
  static getActiveSession(): SparkSession | null {
    const session = SparkSession.#active.current;
    return session === null || session.#state.runtime.isStopped
      ? null
      : session;
  }

  /**
   * The session of this chain of calls, else the program's first one.
   *
   * @throws SparkError `NO_ACTIVE_OR_DEFAULT_SESSION` when no session runs
   */
  static active(): SparkSession {
    const session = SparkSession.getActiveSession();
    if (session !== null) return session;
    return sessionOf(defaultSession());
  }

  /** Version of Spark, such as `4.3.0`. */
  get version(): string {
    return this.#state.runtime.version;
  }

  /** The session's settings. */
  get conf(): RuntimeConfig {
    return this.#state.conf;
  }

  /** Registers the program's functions for SQL. */
  get udf(): UDFRegistration {
    return new UDFRegistration(this.#state);
  }

  /** What the program's functions took on the workers. */
  get profile(): Profile {
    return new Profile(this.#state.runtime);
  }

  /** What functions print on the workers, where `spark.tspark.logs` is `driver`. */
  get logs(): WorkerLogs {
    return this.#state.runtime.logs;
  }

  /** Databases, tables, views and functions. */
  get catalog(): Catalog {
    return new Catalog(this.#state);
  }

  /** Registers the program's table functions for SQL. */
  get udtf(): UDTFRegistration {
    return new UDTFRegistration(this.#state);
  }

  /** Registers the program's data sources. Spark 4.0 and later. */
  get dataSource(): DataSourceRegistration {
    const { dialect } = this.#state.runtime;
    requireMethod(
      dialect,
      "SparkSession",
      "dataSource",
      callSite("dataSource"),
    );
    return new DataSourceRegistration(this.#state);
  }

  /** Spark's own table functions. Spark 4.0 and later. */
  get tvf(): TableValuedFunction {
    const { dialect } = this.#state.runtime;
    requireMethod(dialect, "SparkSession", "tvf", callSite("tvf"));
    return new TableValuedFunction(this.#state);
  }

  /** Reads files and other sources as DataFrames. */
  get read(): DataFrameReader {
    return new DataFrameReader(this.#state);
  }

  /** Reads sources that never end, as DataFrames. */
  get readStream(): DataStreamReader {
    return new DataStreamReader(this.#state);
  }

  /** The streaming queries of this session. */
  get streams(): StreamingQueryManager {
    return this.#streams;
  }

  /**
   * A session of the same application with settings, temporary views and
   * functions of its own. Cached tables and global views are shared.
   *
   * @example
   * ```ts
   * import type { SparkSession } from "@tspark/tspark";
   *
   * async function inUtc(spark: SparkSession): Promise<number> {
   *   const session = spark.newSession();
   *   session.conf.set("spark.sql.session.timeZone", "UTC");
   *   return await session.sql("SELECT current_date()").count();
   * }
   * ```
   */
  newSession(): SparkSession {
    const site = callSite("newSession()");
    return new SparkSession(this.#state.fork(site, "newSession"), false);
  }

  /** As {@link SparkSession.newSession}, beginning with this session's settings, views and functions as they are now. */
  cloneSession(): SparkSession {
    const site = callSite("cloneSession()");
    return new SparkSession(this.#state.fork(site, "cloneSession"), false);
  }

  /**
   * The result of a query. It is sent to Spark now, in the background and in
   * the program's order: commands such as `CREATE TABLE` run even if no action
   * follows. `await` waits for that.
   *
   * @param query in Spark's SQL
   * @param args values of its parameters: by name for `:name`, in order for `?`; a DataFrame stands for a table where the query has its name in braces
   *
   * @example
   * ```ts
   * import type { DataFrame, SparkSession } from "@tspark/tspark";
   *
   * const adults = (spark: SparkSession, people: DataFrame) =>
   *   spark.sql<{ name: string }>("SELECT name FROM {people} WHERE age >= :age", { people, age: 18 });
   * ```
   */
  sql<S extends object = Record<string, unknown>>(
    query: string,
    args?: QueryArguments,
  ): DataFrame<S> & PromiseLike<DataFrame<S>> {
    const node = sqlQuery(this.#state, query, args);
    const started = start(node);
    return awaitable(
      new DataFrame<S>(node),
      started,
      () => new DataFrame<S>(node),
    );
  }

  /**
   * A table or view.
   *
   * @param name its name, after its database's where that is not the current one
   */
  table<S extends object = Record<string, unknown>>(
    name: string,
  ): DataFrame<S> {
    return new DataFrame<S>(tableRelation(this.#state, name));
  }

  /**
   * Whole numbers in one column, `id`.
   *
   * @param start the first; with one argument, the end, and the first is 0
   * @param end the end, left out itself
   * @param step difference of two neighbors, 1 when left out
   * @param numPartitions number of partitions; the default parallelism when left out
   */
  range(
    start: number,
    end?: number,
    step: number = 1,
    numPartitions: number = this.#state.runtime.defaultParallelism,
  ): DataFrame<{ id: number }> {
    const [from, to] = end === undefined ? [0, start] : [start, end];
    const node = rangeRelation(this.#state, from, to, step, numPartitions);
    return new DataFrame<{ id: number }>(node);
  }

  /**
   * A frame of the program's own rows. Without a schema, types are those of the
   * values: whole numbers are BIGINT, others DOUBLE, `Date` is TIMESTAMP, and
   * so on ([types](https://github.com/tspark/tspark/blob/main/docs/types.md)).
   *
   * @param rows objects with the columns by name, arrays by position, or a table of the package apache-arrow; also what gives them one by one, or asynchronously, or an RDD of them (as {@link RDD.toDF}). They are read in the background: do not change them before the next action has ended
   * @param schema in SQL's words, as a type, or the columns' names for arrays
   *
   * @example
   * ```ts
   * import type { SparkSession } from "@tspark/tspark";
   *
   * const people = (spark: SparkSession) =>
   *   spark.createDataFrame([{ name: "Ann", age: 30 }, { name: "Bob", age: null }], "name STRING, age INT");
   * ```
   */
  createDataFrame<T extends object>(
    rows: Iterable<T> | AsyncIterable<T> | RDD<T>,
  ): DataFrame<FrameOfRecords<T>>;
  /** A frame of arrays, whose columns have these names, or of a table. */
  createDataFrame<T extends object>(
    rows: Iterable<T> | AsyncIterable<T> | RDD<T> | ArrowTable,
    names?: readonly string[],
  ): DataFrame;
  /** A frame of an RDD's records with a schema of types. */
  createDataFrame<S extends object, T>(
    rows: RDD<T> & OfRows<T, S>,
    schema: StructType<S>,
  ): DataFrame<object extends S ? Record<string, unknown> : S>;
  /** A frame of an RDD's records with a schema in SQL's words. */
  createDataFrame<const D extends string, T>(
    rows: RDD<T> & OfRows<T, FrameOfDdl<D>>,
    schema: DdlText<D>,
  ): DataFrame<FrameOfDdl<D>>;
  /** A frame of rows with a schema of types. */
  createDataFrame<S extends object>(
    rows: Iterable<RowInput<S>> | AsyncIterable<RowInput<S>> | ArrowTable,
    schema: StructType<S>,
  ): DataFrame<object extends S ? Record<string, unknown> : S>;
  /** A frame of rows with a schema in SQL's words. */
  createDataFrame<const D extends string>(
    rows:
      | Iterable<RowInput<FrameOfDdl<D>>>
      | AsyncIterable<RowInput<FrameOfDdl<D>>>
      | ArrowTable,
    schema: DdlText<D>,
  ): DataFrame<FrameOfDdl<D>>;
  createDataFrame(
    rows:
      | Iterable<unknown>
      | AsyncIterable<unknown>
      | RDD<unknown>
      | ArrowTable,
    schema: FrameSchema = null,
  ): DataFrame<Untyped> {
    if (!(rows instanceof RDD)) {
      return new DataFrame(localRelation(this.#state, rows, schema));
    }
    const site = callSite("createDataFrame()");
    return new DataFrame(rddRelation(this.#state, planOf(rows), schema, site));
  }

  /** A frame without rows and columns. */
  get emptyDataFrame(): DataFrame<Record<string, never>> {
    return new DataFrame(emptyRelation(this.#state));
  }

  /**
   * Runs a function and prints how long it took: `Time taken: 120 ms`.
   *
   * @param f the function; what it starts and does not await is not counted
   * @returns what the function returns
   */
  async time<T>(f: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await f();
    const ms = Math.round(performance.now() - start);
    platform.writeOutput(`Time taken: ${ms} ms\n`);
    return result;
  }

  /**
   * Gives the operations that this chain of calls starts in this session one
   * more tag, for {@link SparkSession.interruptTag}. Spark 4.0 and later.
   *
   * @throws RangeError when the tag is empty or has a comma
   *
   * @example
   * ```ts
   * import type { SparkSession } from "@tspark/tspark";
   *
   * async function atMostAMinute(spark: SparkSession): Promise<number> {
   *   spark.addTag("report");
   *   const timer = setTimeout(() => spark.interruptTag("report"), 60_000);
   *   try {
   *     return await spark.range(1e9).count();
   *   } finally {
   *     clearTimeout(timer);
   *     spark.removeTag("report");
   *   }
   * }
   * ```
   */
  addTag(tag: string): void {
    this.#state.tags.add(tag);
  }

  /**
   * Takes a tag from the operations that this chain of calls starts from now on. Spark 4.0 and later.
   *
   * @throws RangeError when the tag is empty or has a comma
   */
  removeTag(tag: string): void {
    this.#state.tags.remove(tag);
  }

  /** The tags of the operations that this chain of calls starts in this session. */
  getTags(): ReadonlySet<string> {
    return this.#state.tags.current;
  }

  /** Takes all tags from the operations that this chain of calls starts from now on. Spark 4.0 and later. */
  clearTags(): void {
    this.#state.tags.clear();
  }

  /**
   * Cancels all operations of this session that run; they throw Spark's error. Spark 4.0 and later.
   *
   * @returns the ids of the operations that had jobs running
   */
  async interruptAll(): Promise<string[]> {
    return await this.#state.interrupt("interruptAll");
  }

  /**
   * Cancels the operations of this session with a tag; they throw Spark's error. Spark 4.0 and later.
   *
   * @returns the ids of the operations that had jobs running
   * @throws RangeError when the tag is empty or has a comma
   */
  async interruptTag(tag: string): Promise<string[]> {
    return await this.#state.tags.interrupt(tag);
  }

  /**
   * Cancels one operation of this session; it throws Spark's error. Spark 4.0 and later.
   *
   * @param operationId the number of a query, as the Spark UI shows it
   * @returns its id, when it had jobs running
   * @throws JavaError when the id is no number
   */
  async interruptOperation(operationId: string): Promise<string[]> {
    return await this.#state.interrupt("interruptOperation", operationId);
  }

  /** Ends the application and its JVM. @throws JavaError the failure of a command that nobody awaited */
  async stop(): Promise<void> {
    await this.sparkContext.stop();
  }

  /** Ends the application if the `getOrCreate` that gave this session started it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.sparkContext[Symbol.asyncDispose]();
  }

  /** The session in a few words. */
  toString(): string {
    const { version, sparkContext: { master, appName } } = this;
    return `SparkSession(version=${version}, master=${master}, appName=${appName})`;
  }

  /** What JSON has of a session. */
  toJSON(): Record<string, string> {
    return this.sparkContext.toJSON();
  }

  /**
   * What Deno's console prints.
   *
   * @internal
   */
  [DENO_INSPECT](): string {
    return this.toString();
  }

  /**
   * What Node's console prints.
   *
   * @internal
   */
  [NODE_INSPECT](): string {
    return this.toString();
  }

  /**
   * Why a session stays out of functions.
   *
   * @internal
   */
  [REFUSE_CAPTURE](): string {
    return "a SparkSession cannot be used inside a function that runs on the workers: it is the driver's; read data outside of functions and broadcast what the function needs";
  }
}
