import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { SparkConf } from "../runtime/spark_conf.ts";
import { getOrStartRuntime } from "./active_runtime.ts";
import { SharedContext } from "./shared_context.ts";

const LOG_LEVELS = [
  "ALL",
  "DEBUG",
  "ERROR",
  "FATAL",
  "INFO",
  "OFF",
  "TRACE",
  "WARN",
];

/** How much of Spark's log reaches stderr. */
export type LogLevel =
  | "ALL"
  | "DEBUG"
  | "ERROR"
  | "FATAL"
  | "INFO"
  | "OFF"
  | "TRACE"
  | "WARN";

/**
 * The program's connection to Spark, from which RDDs are made. One program has one.
 *
 * @example
 * ```ts
 * import { SparkConf, SparkContext } from "@tspark/tspark";
 *
 * await using sc = await SparkContext.getOrCreate(new SparkConf().setMaster("local[2]"));
 * console.log(await sc.parallelize([1, 2, 3]).sum()); // 6
 * ```
 */
export class SparkContext extends SharedContext implements AsyncDisposable {
  readonly #owns: boolean;

  /** @internal */
  constructor(runtime: SparkRuntime, owns: boolean) {
    super(runtime);
    this.#owns = owns;
  }

  /**
   * The program's context, started if there is none.
   *
   * @param conf settings; a context that runs already does not take them over
   * @throws GatewayError when Spark or Java is missing or does not start
   * @throws JavaError when Spark refuses the settings, such as a wrong master
   */
  static async getOrCreate(
    conf: SparkConf = new SparkConf(),
  ): Promise<SparkContext> {
    const { runtime, isNew } = await getOrStartRuntime(conf);
    return new SparkContext(runtime, isNew);
  }

  /** Version of Spark, such as `4.3.0`. */
  get version(): string {
    return this.runtime.version;
  }

  /** Spark's name for the application, such as `local-1700000000000`. */
  get applicationId(): string {
    return this.runtime.applicationId;
  }

  /** Address of the application's web page; null when it is switched off. */
  get uiWebUrl(): string | null {
    return this.runtime.uiWebUrl;
  }

  /** Number of partitions that Spark makes when nothing is said. */
  get defaultParallelism(): number {
    return this.runtime.defaultParallelism;
  }

  /** Number of partitions of a text file when nothing is said: 2, or 1 on a single core. */
  get defaultMinPartitions(): number {
    return this.runtime.defaultMinPartitions;
  }

  /** Where the application runs, such as `local[2]`. */
  get master(): string {
    return this.runtime.conf.get("spark.master", "");
  }

  /** The application's name. */
  get appName(): string {
    return this.runtime.conf.get("spark.app.name", "");
  }

  /** The application's settings, as Spark has them; secrets are hidden. */
  getConf(): SparkConf {
    return this.runtime.conf;
  }

  /**
   * Sets how much of Spark's log reaches stderr.
   *
   * @param level name of a level, in capitals
   * @throws RangeError for another name
   */
  async setLogLevel(level: LogLevel): Promise<void> {
    if (!LOG_LEVELS.includes(level)) {
      throw new RangeError(
        `Cannot set the log level "${level}": give one of ${
          LOG_LEVELS.join(", ")
        }`,
      );
    }
    await this.runtime.jsc.call("setLogLevel", level);
  }

  /** Ends the application and its JVM. */
  async stop(): Promise<void> {
    await this.runtime.stop();
  }

  /** Ends the application if this object's `getOrCreate` started it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#owns) await this.stop();
  }

  /**
   * Why a context stays out of functions.
   *
   * @internal
   */
  [REFUSE_CAPTURE](): string {
    return "a SparkContext cannot be used inside a function that runs on the workers: it is the driver's; make RDDs outside of functions and broadcast what the function needs";
  }
}
