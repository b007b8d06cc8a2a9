import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import { RDD } from "../rdd/rdd.ts";
import { checkPartitions } from "../rdd/rdd_base.ts";
import {
  parallelizeSource,
  rangeSource,
  textFileSource,
} from "../rdd/sources.ts";
import { callSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { SparkConf } from "../runtime/spark_conf.ts";
import { getOrStartRuntime } from "./active_runtime.ts";

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
export class SparkContext implements AsyncDisposable {
  readonly #runtime: SparkRuntime;
  readonly #owns: boolean;

  /** @internal */
  constructor(runtime: SparkRuntime, owns: boolean) {
    this.#runtime = runtime;
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
    return this.#runtime.version;
  }

  /** Spark's name for the application, such as `local-1700000000000`. */
  get applicationId(): string {
    return this.#runtime.applicationId;
  }

  /** Address of the application's web page; null when it is switched off. */
  get uiWebUrl(): string | null {
    return this.#runtime.uiWebUrl;
  }

  /** Number of partitions that Spark makes when nothing is said. */
  get defaultParallelism(): number {
    return this.#runtime.defaultParallelism;
  }

  /** Number of partitions of a text file when nothing is said: 2, or 1 on a single core. */
  get defaultMinPartitions(): number {
    return Math.min(this.#runtime.defaultParallelism, 2);
  }

  /** Where the application runs, such as `local[2]`. */
  get master(): string {
    return this.#runtime.conf.get("spark.master", "");
  }

  /** The application's name. */
  get appName(): string {
    return this.#runtime.conf.get("spark.app.name", "");
  }

  /** The application's settings, as Spark has them; secrets are hidden. */
  getConf(): SparkConf {
    return this.#runtime.conf;
  }

  /**
   * Records of the program's own as an RDD.
   *
   * @param data the records: what CBOR can carry, which is numbers, strings,
   *   booleans, null, undefined, bigint, Date, Map, Set, typed arrays, lists
   *   and plain objects
   * @param numSlices number of partitions; the default parallelism when left out
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const pairs = (sc: SparkContext) => sc.parallelize([["a", 1], ["b", 2]]);
   * ```
   */
  parallelize<K, V>(data: Iterable<[K, V]>, numSlices?: number): RDD<[K, V]>;
  /** Records of the program's own as an RDD. */
  parallelize<T>(data: Iterable<T>, numSlices?: number): RDD<T>;
  parallelize<T>(data: Iterable<T>, numSlices?: number): RDD<T> {
    if (numSlices !== undefined) checkPartitions("parallelize()", numSlices);
    const site = callSite("parallelize()");
    const node = parallelizeSource([...data], numSlices ?? null, site);
    return new RDD<T>(this.#runtime, node);
  }

  /**
   * Whole numbers in steps, made by the workers.
   *
   * @param start the first; with one argument, the end, and the first is 0
   * @param end the end, left out itself
   * @param step difference of two neighbours, 1 when left out; negative counts down
   * @param numSlices number of partitions; the default parallelism when left out
   * @throws RangeError for a step of 0 and for numbers that are not safe integers
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const tens = (sc: SparkContext) => sc.range(0, 100, 10);
   * ```
   */
  range(
    start: number,
    end?: number,
    step: number = 1,
    numSlices?: number,
  ): RDD<number> {
    const [from, to] = end === undefined ? [0, start] : [start, end];
    for (const value of [from, to, step]) {
      if (!Number.isSafeInteger(value)) {
        throw new RangeError(
          `Cannot make a range with ${value}: give integers between -2^53 and 2^53`,
        );
      }
    }
    if (step === 0) {
      throw new RangeError(
        "Cannot make a range with step 0: give a positive or negative step",
      );
    }
    if (numSlices !== undefined) checkPartitions("range()", numSlices);
    const node = rangeSource(
      from,
      to,
      step,
      numSlices ?? null,
      callSite("range()"),
    );
    return new RDD<number>(this.#runtime, node);
  }

  /**
   * The lines of a text file, or of all files in a folder or of a pattern.
   *
   * @param path on any file system that Spark knows
   * @param minPartitions least number of partitions; {@link SparkContext.defaultMinPartitions} when left out
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const errors = (sc: SparkContext) =>
   *   sc.textFile("logs/*.txt").filter((line) => line.includes("ERROR"));
   * ```
   */
  textFile(path: string, minPartitions?: number): RDD<string> {
    if (minPartitions !== undefined) {
      checkPartitions("textFile()", minPartitions);
    }
    const site = callSite("textFile()");
    const node = textFileSource(path, minPartitions ?? null, site);
    return new RDD<string>(this.#runtime, node);
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
    await this.#runtime.jsc.call("setLogLevel", level);
  }

  /** Ends the application and its JVM. */
  async stop(): Promise<void> {
    await this.#runtime.stop();
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
    return "a SparkContext can not be used inside a function that runs on the workers: it is the driver's; make RDDs outside of functions and broadcast what the function needs";
  }
}
