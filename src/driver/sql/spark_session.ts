import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import { SparkConf } from "../runtime/spark_conf.ts";
import { getOrStartRuntime } from "../context/active_runtime.ts";
import { openContext, type SparkContext } from "../context/spark_context.ts";
import type { DataFrame } from "./data_frame.ts";
import { DataFrameReader } from "./data_frame_reader.ts";
import type { RuntimeConfig } from "./runtime_config.ts";
import { rangeFrame, sqlFrame } from "./session_frames.ts";
import type { SessionState } from "./session_state.ts";

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
  /** The same application as a source of RDDs. */
  readonly sparkContext: SparkContext;
  readonly #state: SessionState;

  /** @internal */
  constructor(state: SessionState, owns: boolean) {
    this.#state = state;
    this.sparkContext = openContext(state.runtime, owns);
  }

  /** Collects settings for a new session. */
  static get builder(): SparkSessionBuilder {
    return new SparkSessionBuilder(new SparkConf());
  }

  /** Version of Spark, such as `4.3.0`. */
  get version(): string {
    return this.#state.runtime.version;
  }

  /** The session's settings. */
  get conf(): RuntimeConfig {
    return this.#state.conf;
  }

  /** Reads files and other sources as DataFrames. */
  get read(): DataFrameReader {
    return new DataFrameReader(this.#state);
  }

  /**
   * The result of a query.
   *
   * @param query in Spark's SQL
   *
   * @example
   * ```ts
   * import type { SparkSession } from "@tspark/tspark";
   *
   * const one = (spark: SparkSession) => spark.sql<{ x: number }>("SELECT 1 AS x");
   * ```
   */
  sql<S extends object = Record<string, unknown>>(query: string): DataFrame<S> {
    return sqlFrame<S>(this.#state, query);
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
    return rangeFrame(this.#state, from, to, step, numPartitions);
  }

  /** Ends the application and its JVM. */
  async stop(): Promise<void> {
    await this.sparkContext.stop();
  }

  /** Ends the application if the `getOrCreate` that gave this session started it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.sparkContext[Symbol.asyncDispose]();
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

/** Settings of a session to come. Each call returns a new builder. */
export class SparkSessionBuilder {
  readonly #conf: SparkConf;

  /** @internal */
  constructor(conf: SparkConf) {
    this.#conf = conf;
  }

  /** Sets where the application runs, such as `local[2]` or `spark://host:7077`. */
  master(master: string): SparkSessionBuilder {
    return new SparkSessionBuilder(this.#conf.setMaster(master));
  }

  /** Sets the application's name, as Spark's UI shows it. */
  appName(name: string): SparkSessionBuilder {
    return new SparkSessionBuilder(this.#conf.setAppName(name));
  }

  /**
   * Sets one of Spark's settings.
   *
   * @param key name such as `spark.executor.memory`
   * @param value text, number or boolean
   */
  config(key: string, value: string | number | boolean): SparkSessionBuilder {
    return new SparkSessionBuilder(this.#conf.set(key, value));
  }

  /**
   * The program's session, started if there is none.
   *
   * @throws GatewayError when Spark or Java is missing or does not start
   * @throws JavaError when Spark refuses the settings, such as a wrong master
   */
  async getOrCreate(): Promise<SparkSession> {
    const { session, isNew } = await getOrStartRuntime(this.#conf);
    return new SparkSession(session, isNew);
  }
}
