import { DENO_INSPECT, NODE_INSPECT } from "../../common/inspect.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import type {
  HadoopReadOptions,
  SequenceFileOptions,
} from "../rdd/hadoop_options.ts";
import type { PartitionRecords } from "../rdd/partition_records.ts";
import type { PlanNode } from "../rdd/plan/plan_node.ts";
import { planOf, type RDD, rddOf } from "../rdd/rdd.ts";
import type { Accumulator, AccumulatorParam } from "../runtime/accumulator.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import type { ResourceInformation } from "../runtime/application_info.ts";
import type { Broadcast } from "../runtime/broadcast.ts";
import { callSite } from "../runtime/call_site.ts";
import { JOB_PROPERTY } from "../runtime/job_properties.ts";
import type { WorkerLogs } from "../runtime/worker_logs.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { SparkConf } from "../runtime/spark_conf.ts";
import { getOrStartApplication } from "./active_runtime.ts";
import { addArchive, checkpointDirectory, listAdded } from "./added_files.ts";
import {
  addTag,
  cancelJobs,
  checkTag,
  groupProperties,
  type JobGroupOptions,
  removeTag,
} from "./job_groups.ts";
import { checkLogLevel, type LogLevel } from "./log_level.ts";
import { differingSettings, warnOfLateSettings } from "./late_settings.ts";
import { runJob } from "./run_job.ts";
import {
  binaryRecordsNode,
  emptyNode,
  hadoopNode,
  parallelizeNode,
  rangeNode,
  sequenceFileNode,
  textFileNode,
  unionOf,
  wholeFilesNode,
} from "./source_nodes.ts";
import { StatusTracker } from "./status_tracker.ts";

/** Makes the context of an application; only the one that started it ends it when it is disposed of. */
export let openContext: (runtime: SparkRuntime, owns: boolean) => SparkContext;

/** The application of a context. */
export let contextRuntime: (context: SparkContext) => SparkRuntime;

/**
 * The program's connection to Spark, from which RDDs are made. One program has one.
 *
 * Job groups, tags and local properties follow the asynchronous chain of calls,
 * as they follow a thread in Spark: what a function starts inherits them, and
 * what it sets after its first `await` does not reach its caller. Of functions
 * that run at the same time, each keeps to itself what `withJobGroup`,
 * `withJobTag` or `withLocalProperty` sets.
 *
 * A path may name a file, a folder, a pattern, or several of these separated
 * by commas, on any file system that Spark knows. Nothing is read before an
 * action, and a path that does not exist fails only there.
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

  private constructor(runtime: SparkRuntime, owns: boolean) {
    this.#runtime = runtime;
    this.#owns = owns;
  }

  static {
    openContext = (runtime, owns) => new SparkContext(runtime, owns);
    contextRuntime = (context) => context.#runtime;
  }

  /**
   * The program's context, started if there is none.
   *
   * @param conf settings; those that a context which runs already has otherwise
   *   do not count, and a line on stderr names them
   * @throws GatewayError when Spark or Java is missing or does not start
   * @throws JavaError when Spark refuses the settings, such as a wrong master
   */
  static async getOrCreate(
    conf: SparkConf = new SparkConf(),
  ): Promise<SparkContext> {
    const site = callSite("getOrCreate()");
    const { runtime, isNew } = await getOrStartApplication(conf, site);
    const late = isNew ? [] : differingSettings(runtime.conf, conf);
    warnOfLateSettings(site, late.map(([key]) => key));
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
    return this.#runtime.defaultMinPartitions;
  }

  /** Where the application runs, such as `local[2]`. */
  get master(): string {
    return this.#runtime.conf.get("spark.master", "");
  }

  /** What functions print on the workers, where `spark.tspark.logs` is `driver`. */
  get logs(): WorkerLogs {
    return this.#runtime.logs;
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
   * Sets how much of Spark's log reaches stderr. Below INFO it leaves out
   * what Spark says of failed tasks: the error of their action tells it.
   *
   * @param level name of a level, in capitals
   * @throws RangeError for another name
   */
  async setLogLevel(level: LogLevel): Promise<void> {
    checkLogLevel(level);
    await this.#runtime.setLogLevel(level);
  }

  /** Who runs the application. */
  get sparkUser(): string {
    return this.#runtime.info.sparkUser;
  }

  /** When the application started, in milliseconds since 1970. */
  get startTime(): number {
    return this.#runtime.info.startTime;
  }

  /** The driver's devices, such as GPUs, by resource name. */
  get resources(): ReadonlyMap<string, ResourceInformation> {
    return this.#runtime.info.resources;
  }

  /**
   * Brings a file to every worker, where `SparkFiles.get(name)` tells its path.
   *
   * @param path a local file, one of another file system, or an http, https or ftp address
   * @param recursive whether `path` may be a folder, which then comes with all that is in it
   * @throws JavaError when the file does not exist, or another one of the same name was added
   *
   * @example
   * ```ts
   * import { type SparkContext, SparkFiles } from "@tspark/tspark";
   *
   * async function stopWords(sc: SparkContext): Promise<number> {
   *   await sc.addFile("stop_words.txt");
   *   return await sc.textFile("book.txt").mapPartitions((lines) => {
   *     const text = Deno.readTextFileSync(SparkFiles.get("stop_words.txt"));
   *     const stop = new Set(text.split("\n"));
   *     return lines.filter((line) => !stop.has(line));
   *   }).count();
   * }
   * ```
   */
  async addFile(path: string, recursive: boolean = false): Promise<void> {
    const { jsc } = this.#runtime;
    await this.#runtime.ask(
      "addFile()",
      () => jsc.call("addFile", path, recursive),
    );
  }

  /**
   * Brings an archive to every worker and unpacks it there: into a folder of
   * its name, or of the name after a `#`.
   *
   * @param path a file that ends in `.zip`, `.jar`, `.tar.gz`, `.tgz` or `.tar`, as in {@link SparkContext.addFile}
   * @throws JavaError when the file does not exist
   */
  async addArchive(path: string): Promise<void> {
    await addArchive(this.#runtime, path);
  }

  /**
   * Lets functions import a package, or a local module, by a name that their
   * text does not tell: `await import(name)`. What a function names itself is
   * found without it.
   *
   * @param specifier as the program would import it: a package's name of its
   * import map, `npm:…`, `jsr:…`, or a module's address
   * @param options `files`: more files that the package loads while it runs, from its
   * folder on: those that its modules name by literals are sent without it
   * @throws ClosureError `PACKAGES_NOT_BUNDLED` where it is not to be found;
   *   `PACKAGE_FILE_MISSING`; `PACKAGE_FILES_TOO_LARGE`
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * async function lengths(sc: SparkContext, parser: string): Promise<number> {
   *   await sc.addPackage(parser);
   *   return await sc.textFile("book.txt")
   *     .mapAsync(async (line) => (await import(parser)).parse(line).length)
   *     .sum();
   * }
   * ```
   */
  async addPackage(
    specifier: string,
    { files }: { readonly files?: readonly string[] } = {},
  ): Promise<void> {
    await this.#runtime.packages.add(specifier, files);
  }

  /** The files that were added, as addresses from which the workers fetch them. */
  async listFiles(): Promise<string[]> {
    return await listAdded(this.#runtime, "listFiles");
  }

  /** The archives that were added, as addresses from which the workers fetch them. */
  async listArchives(): Promise<string[]> {
    return await listAdded(this.#runtime, "listArchives");
  }

  /**
   * Sets where `checkpoint()` writes: a new folder in this one.
   *
   * @param directory a folder that all executors reach, such as one on HDFS
   */
  async setCheckpointDir(directory: string): Promise<void> {
    const { jsc } = this.#runtime;
    await this.#runtime.ask(
      "setCheckpointDir()",
      () => jsc.call("setCheckpointDir", directory),
    );
  }

  /** Where `checkpoint()` writes; null when that was not set. */
  async getCheckpointDir(): Promise<string | null> {
    return await checkpointDirectory(this.#runtime);
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
    return this.#rdd(parallelizeNode(data, numSlices));
  }

  /**
   * Whole numbers in steps, made by the workers.
   *
   * @param start the first; with one argument, the end, and the first is 0
   * @param end the end, left out itself
   * @param step difference of two neighbors, 1 when left out; negative counts down
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
    const bounds = end === undefined
      ? [0, start] as const
      : [start, end] as const;
    return this.#rdd(rangeNode(bounds, step, numSlices));
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
    return this.#rdd(textFileNode(path, minPartitions));
  }

  /**
   * An RDD with no partitions and no records.
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const none = (sc: SparkContext) => sc.emptyRDD<string>();
   * ```
   */
  emptyRDD<T = never>(): RDD<T> {
    return this.#rdd(emptyNode());
  }

  /**
   * The records of several RDDs, duplicates kept.
   *
   * @param rdds of this application; none give an empty RDD
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const logs = (sc: SparkContext) => sc.union(["a.log", "b.log"].map((f) => sc.textFile(f)));
   * ```
   */
  union<T>(rdds: readonly RDD<T>[]): RDD<T> {
    return this.#rdd(unionOf(this.#runtime, rdds.map(planOf)));
  }

  /**
   * Runs a function over some partitions of an RDD, and gives all that it returns.
   *
   * @param rdd the RDD
   * @param partitionFunc function of an iterator over a partition's records
   * @param partitions indices of the partitions, in the order wanted; all when left out
   * @throws RangeError for an index that the RDD does not have
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const firsts = (sc: SparkContext) =>
   *   sc.runJob(sc.range(0, 100, 1, 4), (numbers) => numbers.take(1), [0, 2]); // 0 and 50
   * ```
   */
  async runJob<T, U>(
    rdd: RDD<T>,
    partitionFunc: (records: PartitionRecords<T>) => Iterable<U>,
    partitions?: readonly number[],
    options?: ActionOptions,
  ): Promise<U[]> {
    const { runtime, node } = planOf(rdd);
    const indices = partitions ?? null;
    const results = await runJob(
      runtime,
      node,
      partitionFunc,
      indices,
      options,
    );
    return results as U[];
  }

  /**
   * Whole text files, each a pair of its path and its text. They have to fit
   * into memory one by one.
   *
   * @param path files in UTF-8
   * @param minPartitions least number of partitions; {@link SparkContext.defaultMinPartitions} when left out
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const titles = (sc: SparkContext) =>
   *   sc.wholeTextFiles("pages/*.html").mapValues((html) => /<title>(.*)</.exec(html)?.[1]);
   * ```
   */
  wholeTextFiles(path: string, minPartitions?: number): RDD<[string, string]> {
    return this.#rdd(wholeFilesNode("wholeTextFiles", path, minPartitions));
  }

  /**
   * Whole files of bytes, each a pair of its path and what it holds. They have
   * to fit into memory one by one.
   *
   * @param path any files
   * @param minPartitions least number of partitions; {@link SparkContext.defaultMinPartitions} when left out
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const sizes = (sc: SparkContext) => sc.binaryFiles("images").mapValues((bytes) => bytes.length);
   * ```
   */
  binaryFiles(
    path: string,
    minPartitions?: number,
  ): RDD<[string, Uint8Array]> {
    return this.#rdd(wholeFilesNode("binaryFiles", path, minPartitions));
  }

  /**
   * The records of files in which all have the same length and nothing stands between them.
   *
   * @param path files whose lengths are multiples of `recordLength`
   * @param recordLength of each record, in bytes
   * @throws RangeError for anything but a whole number from 1 on
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const samples = (sc: SparkContext) =>
   *   sc.binaryRecords("signal.bin", 8).map((bytes) => new DataView(bytes.buffer).getFloat64(0));
   * ```
   */
  binaryRecords(path: string, recordLength: number): RDD<Uint8Array> {
    return this.#rdd(binaryRecordsNode(path, recordLength));
  }

  /**
   * The records that {@link RDD.saveAsObjectFile} wrote.
   *
   * @param path the folder that it made
   * @param minPartitions least number of partitions; {@link SparkContext.defaultMinPartitions} when left out
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const visits = (sc: SparkContext) => sc.objectFile<{ url: string; at: Date }>("visits");
   * ```
   */
  objectFile<T>(path: string, minPartitions?: number): RDD<T> {
    return this.#rdd(wholeFilesNode("objectFile", path, minPartitions));
  }

  /**
   * The pairs of sequence files.
   *
   * Numbers, booleans and Text come as such, NullWritable as null,
   * BytesWritable as `Uint8Array`, ArrayWritable as array and MapWritable as
   * `Map`; a whole number is a `bigint` where it lies beyond ±2^53. What has no
   * such form comes as Java's `toString()` or a `Map` of its properties, as in
   * PySpark: a converter makes more of it.
   *
   * @param path the files, such as a folder that {@link RDD.saveAsSequenceFile} made
   * @param options classes, converters and the least number of partitions
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const counts = (sc: SparkContext) => sc.sequenceFile<string, number>("counts");
   * ```
   */
  sequenceFile<K, V>(
    path: string,
    options: SequenceFileOptions = {},
  ): RDD<[K, V]> {
    return this.#rdd(sequenceFileNode(path, options));
  }

  /**
   * The pairs that one of Hadoop's input formats reads, of the newer interface
   * (package `mapreduce`), in the forms that {@link SparkContext.sequenceFile} tells.
   *
   * @param path the files
   * @param inputFormatClass full name of the input format's class
   * @param keyClass full name of the keys' class
   * @param valueClass full name of the values' class
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const linesByOffset = (sc: SparkContext) =>
   *   sc.newAPIHadoopFile<number, string>(
   *     "log.txt",
   *     "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
   *     "org.apache.hadoop.io.LongWritable",
   *     "org.apache.hadoop.io.Text",
   *   );
   * ```
   */
  newAPIHadoopFile<K, V>(
    path: string,
    inputFormatClass: string,
    keyClass: string,
    valueClass: string,
    options: HadoopReadOptions = {},
  ): RDD<[K, V]> {
    const input = { ...options, path, inputFormatClass, keyClass, valueClass };
    return this.#rdd(hadoopNode("newAPIHadoopFile", input));
  }

  /**
   * As {@link SparkContext.newAPIHadoopFile}, where the settings `options.conf`
   * name what is read, such as `mapreduce.input.fileinputformat.inputdir`.
   */
  newAPIHadoopRDD<K, V>(
    inputFormatClass: string,
    keyClass: string,
    valueClass: string,
    options: HadoopReadOptions = {},
  ): RDD<[K, V]> {
    const path = null;
    const input = { ...options, path, inputFormatClass, keyClass, valueClass };
    return this.#rdd(hadoopNode("newAPIHadoopRDD", input));
  }

  /** As {@link SparkContext.newAPIHadoopFile}, for an input format of the older interface (package `mapred`). */
  hadoopFile<K, V>(
    path: string,
    inputFormatClass: string,
    keyClass: string,
    valueClass: string,
    options: HadoopReadOptions = {},
  ): RDD<[K, V]> {
    const input = { ...options, path, inputFormatClass, keyClass, valueClass };
    return this.#rdd(hadoopNode("hadoopFile", input));
  }

  /** As {@link SparkContext.newAPIHadoopRDD}, for an input format of the older interface (package `mapred`). */
  hadoopRDD<K, V>(
    inputFormatClass: string,
    keyClass: string,
    valueClass: string,
    options: HadoopReadOptions = {},
  ): RDD<[K, V]> {
    const path = null;
    const input = { ...options, path, inputFormatClass, keyClass, valueClass };
    return this.#rdd(hadoopNode("hadoopRDD", input));
  }

  /**
   * Makes a value that goes to each executor once, however many tasks use it.
   * Plain data is taken as it is now; a value with functions or objects of
   * classes in it, as it is when a job first needs it.
   *
   * @param value any value that a function could capture
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const stopWords = (sc: SparkContext) => sc.broadcast(new Set(["a", "an", "the"]));
   * ```
   */
  broadcast<T>(value: T): Broadcast<T> {
    return this.#runtime.shared.broadcast(value);
  }

  /**
   * Makes a value that functions add to and the driver reads.
   *
   * @param value what it begins at
   * @param accumulatorParam how values are added; by default numbers and
   *   bigints are summed up, and lists joined
   * @throws TypeError without a param for anything else
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const bad = (sc: SparkContext) => sc.accumulator(0);
   * ```
   */
  accumulator(value: number): Accumulator<number>;
  /** Makes a value that functions add to and the driver reads. */
  accumulator<T>(
    value: T,
    accumulatorParam?: AccumulatorParam<T>,
  ): Accumulator<T>;
  accumulator<T>(
    value: T,
    accumulatorParam?: AccumulatorParam<T>,
  ): Accumulator<T> {
    return this.#runtime.shared.accumulator(value, accumulatorParam);
  }

  /**
   * Puts the jobs that this chain of calls starts from now on into a group.
   *
   * @param groupId the group's id, for {@link SparkContext.cancelJobGroup}
   * @param description what they do, for a person to read
   * @param interruptOnCancel whether cancelling interrupts the executors' threads
   */
  setJobGroup(
    groupId: string,
    description: string,
    interruptOnCancel: boolean = false,
  ): void {
    this.#runtime.properties.set(
      groupProperties(groupId, { description, interruptOnCancel }),
    );
  }

  /** Describes the jobs that this chain of calls starts from now on; null: no more. */
  setJobDescription(description: string | null): void {
    this.setLocalProperty(JOB_PROPERTY.DESCRIPTION, description);
  }

  /** Says whether cancelling this chain's jobs interrupts the executors' threads. */
  setInterruptOnCancel(interruptOnCancel: boolean): void {
    this.setLocalProperty(JOB_PROPERTY.INTERRUPT, String(interruptOnCancel));
  }

  /**
   * Sets a property that this chain's jobs take along, such as
   * `spark.scheduler.pool`; tasks read it by `TaskContext.getLocalProperty`.
   *
   * @param key the property's name
   * @param value its value; null removes it
   */
  setLocalProperty(key: string, value: string | null): void {
    this.#runtime.properties.set({ [key]: value });
  }

  /** A property that {@link SparkContext.setLocalProperty} set in this chain of calls; null without one. */
  getLocalProperty(key: string): string | null {
    return this.#runtime.properties.current.get(key) ?? null;
  }

  /**
   * Gives this chain's jobs one more tag, for {@link SparkContext.cancelJobsWithTag}.
   *
   * @throws RangeError when the tag is empty or has a comma
   */
  addJobTag(tag: string): void {
    addTag(this.#runtime, tag);
  }

  /**
   * Takes a tag from the jobs that this chain of calls starts from now on.
   *
   * @throws RangeError when the tag is empty or has a comma
   */
  removeJobTag(tag: string): void {
    removeTag(this.#runtime, tag);
  }

  /** The tags of the jobs that this chain of calls starts. */
  getJobTags(): ReadonlySet<string> {
    return this.#runtime.properties.tags;
  }

  /** Takes all tags from the jobs that this chain of calls starts from now on. */
  clearJobTags(): void {
    this.#runtime.properties.setTags(new Set());
  }

  /**
   * Runs a function whose jobs are in a group.
   *
   * @param groupId the group's id, for {@link SparkContext.cancelJobGroup}
   * @param body the function
   * @param options what the group's jobs do, and how they are cancelled
   * @returns what the function returns
   *
   * @example
   * ```ts
   * import type { RDD, SparkContext } from "@tspark/tspark";
   *
   * const report = (sc: SparkContext, lines: RDD<string>) =>
   *   sc.withJobGroup("report", () => lines.count(), { description: "count all lines" });
   * ```
   */
  async withJobGroup<T>(
    groupId: string,
    body: () => Promise<T>,
    options: JobGroupOptions = {},
  ): Promise<T> {
    const properties = groupProperties(groupId, options);
    return await this.#runtime.properties.run(properties, body);
  }

  /**
   * Runs a function whose jobs have one more tag.
   *
   * @param tag the tag, for {@link SparkContext.cancelJobsWithTag}
   * @param body the function
   * @returns what the function returns
   * @throws RangeError when the tag is empty or has a comma
   */
  async withJobTag<T>(tag: string, body: () => Promise<T>): Promise<T> {
    checkTag("add", tag);
    return await this.#runtime.properties.runTagged([tag], body);
  }

  /**
   * Runs a function whose jobs take a property along.
   *
   * @param key the property's name
   * @param value its value; null: without it
   * @param body the function
   * @returns what the function returns
   */
  async withLocalProperty<T>(
    key: string,
    value: string | null,
    body: () => Promise<T>,
  ): Promise<T> {
    return await this.#runtime.properties.run({ [key]: value }, body);
  }

  /** Cancels all jobs that run or wait; their actions throw Spark's error. */
  async cancelAllJobs(): Promise<void> {
    await cancelJobs(this.#runtime, "cancelAllJobs");
  }

  /** Cancels the jobs of a group that run or wait; their actions throw Spark's error. */
  async cancelJobGroup(groupId: string): Promise<void> {
    await cancelJobs(this.#runtime, "cancelJobGroup", groupId);
  }

  /**
   * Cancels the jobs with a tag that run or wait; their actions throw Spark's error.
   *
   * @throws RangeError when the tag is empty or has a comma
   */
  async cancelJobsWithTag(tag: string): Promise<void> {
    checkTag("cancel jobs with", tag);
    await cancelJobs(this.#runtime, "cancelJobsWithTag", tag);
  }

  /** What tells how far jobs and stages are. */
  statusTracker(): StatusTracker {
    return new StatusTracker(this.#runtime);
  }

  /** Ends the application and its JVM. */
  async stop(): Promise<void> {
    await this.#runtime.stop(callSite("stop()"));
  }

  /** Ends the application if this object's `getOrCreate` started it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#owns) await this.#runtime.stop(callSite("await using"));
  }

  /** The context in a few words. */
  toString(): string {
    const { master, appName } = this;
    return `SparkContext(master=${master}, appName=${appName})`;
  }

  /** What JSON has of a context. */
  toJSON(): Record<string, string> {
    const { master, appName, applicationId, version } = this;
    return { master, appName, applicationId, version };
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
   * Why a context stays out of functions.
   *
   * @internal
   */
  [REFUSE_CAPTURE](): string {
    return "a SparkContext cannot be used inside a function that runs on the workers: it is the driver's; make RDDs outside of functions and broadcast what the function needs";
  }

  #rdd<T>(node: PlanNode): RDD<T> {
    return rddOf({ runtime: this.#runtime, node });
  }
}
