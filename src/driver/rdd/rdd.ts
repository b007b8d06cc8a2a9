import { printBy } from "../../common/inspect.ts";
import { anySeed } from "../../common/random.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import type { KeyedMap } from "../../serde/keys/keyed_map.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import {
  countApprox,
  countApproxDistinct,
  meanApprox,
  sumApprox,
} from "./actions/approximate.ts";
import {
  askCheckpointFile,
  askPartitions,
  askRdd,
  cleanShuffleDependencies,
  collectWithJobGroup,
} from "./actions/ask.ts";
import {
  collectAsMap,
  countByKey,
  countByValue,
  lookup,
  reduceByKeyLocally,
} from "./actions/by_key.ts";
import {
  collectRecords,
  countRecords,
  firstRecord,
  iterateRecords,
  takeRecords,
} from "./actions/collect.ts";
import { foreach, foreachAsync, foreachPartition } from "./actions/foreach.ts";
import { histogram } from "./actions/histogram.ts";
import { aggregateRecords, reduceRecords } from "./actions/merge.ts";
import { findExtreme, takeInOrder } from "./actions/order.ts";
import {
  saveAsDataset,
  saveAsHadoopFile,
  saveAsNewAPIHadoopFile,
  saveAsObjectFile,
  saveAsSequenceFile,
  saveAsTextFile,
} from "./actions/save.ts";
import { statsOf, sumNumbers } from "./actions/stats.ts";
import { takeSample } from "./actions/take_sample.ts";
import { treeAggregate, treeReduce } from "./actions/tree.ts";
import type { AsyncCall, AsyncItems, AsyncOptions } from "./async_options.ts";
import type { BoundedFloat } from "./bounded_float.ts";
import { checkSameContext, noRdd } from "./checks.ts";
import type {
  HadoopClasses,
  HadoopConf,
  HadoopConverters,
  HadoopSaveOptions,
  OldHadoopSaveOptions,
} from "./hadoop_options.ts";
import type { AnyRecord, KeyOf, OfPairs, ValueOf } from "./pair_types.ts";
import type {
  PartitionOptions,
  PartitionRecords,
  PartitionResults,
} from "./partition_records.ts";
import type { FrameOfRecords, FrameWithDdl, OfRows } from "./frame_types.ts";
import { frameOf, type FrameSchema } from "./frames.ts";
import type { DataFrame } from "../sql/data_frame.ts";
import type { DdlText } from "../../types/ddl_shape.ts";
import type { StructType } from "../../types/spark_types.ts";
import { dropStorageLevel } from "./plan/apply_marks.ts";
import { describePlan } from "./plan/describe_plan.ts";
import { markPersisted } from "./plan/marks.ts";
import type { PlanNode } from "./plan/plan_node.ts";
import type { RddPlan } from "./plan/rdd_plan.ts";
import { barrierOf, type RDDBarrier } from "./rdd_barrier.ts";
import type { ResourceProfile } from "./resource_profile.ts";
import type { StatCounter } from "./stat_counter.ts";
import { checkStorageLevel, StorageLevel } from "./storage_level.ts";
import { applyAsync } from "./transformations/async.ts";
import { cogroup, join } from "./transformations/joins.ts";
import {
  combineByKey,
  foldKeys,
  groupBy,
  groupByKey,
  reduceByKey,
} from "./transformations/keyed.ts";
import {
  applyFunction,
  applyStep,
  applyToPartitions,
} from "./transformations/narrow.ts";
import { pipe, type PipeOptions } from "./transformations/pipe.ts";
import { randomSplit, sample, sampleByKey } from "./transformations/samples.ts";
import {
  cartesian,
  intersection,
  subtract,
  union,
  zip,
  zipWithIndex,
  zipWithUniqueId,
} from "./transformations/sets.ts";
import {
  coalesce,
  distinct,
  repartition,
  shuffleByKey,
} from "./transformations/shuffles.ts";
import {
  sortBy,
  sortByKey,
  sortWithinPartitions,
} from "./transformations/sorts.ts";
import type { Values } from "./values.ts";

let planIn: (rdd: RDD<unknown>) => RddPlan;
let rddOver: <T>(plan: RddPlan) => RDD<T>;

/**
 * A distributed collection of records. Transformations return a new RDD at
 * once and compute nothing; actions are asynchronous and run a job.
 *
 * The program's functions are captured at the first action on an RDD, once,
 * with the values that the variables they name have at that moment.
 *
 * Actions throw a `WorkerError` when one of the program's functions fails, a
 * `JavaError` when Spark fails, and a `ClosureError` when a function cannot be
 * serialized. Each takes {@link ActionOptions} last.
 *
 * Records are equal when their values are, and there is one order over all
 * values: undefined < null < false < true < numbers (NaN last) < bigints <
 * strings by code point < dates < bytes < lists < objects; lists compare item
 * by item.
 *
 * @example
 * ```ts
 * import { SparkSession } from "@tspark/tspark";
 *
 * await using spark = await SparkSession.builder.master("local[2]").getOrCreate();
 * const squares = spark.sparkContext.range(4).map((n) => n * n);
 * console.log(await squares.collect()); // [0, 1, 4, 9]
 * ```
 */
export class RDD<T> {
  readonly #plan: RddPlan;

  private constructor(plan: RddPlan) {
    this.#plan = plan;
  }

  static {
    planIn = (rdd) => {
      if (typeof rdd === "object" && rdd !== null && #plan in rdd) {
        return rdd.#plan;
      }
      throw noRdd(rdd);
    };
    rddOver = (plan) => new RDD(plan);
    Object.defineProperty(RDD.prototype, REFUSE_CAPTURE, { value: refusal });
    printBy(RDD.prototype, String);
  }

  // Transformations of records and partitions

  /**
   * Applies a function to each record. A function that returns a list of two
   * makes pairs, on which the operations by key work.
   *
   * @param f function of a record
   *
   * @example
   * ```ts
   * import { SparkSession } from "@tspark/tspark";
   *
   * await using spark = await SparkSession.builder.master("local[2]").getOrCreate();
   * const pairs = spark.sparkContext.parallelize(["a", "bb"]).map((s) => [s, s.length]);
   * console.log(await pairs.collect()); // [["a", 1], ["bb", 2]]
   * ```
   */
  map<K, V>(f: (record: T) => [K, V]): RDD<[K, V]>;
  /** Applies a function to each record. */
  map<U>(f: (record: T) => U): RDD<U>;
  map(f: (record: T) => unknown): RDD<unknown> {
    return this.#derive(applyFunction(this.#plan.node, "map", f));
  }

  /**
   * Replaces each record by the items of the iterable that a function returns.
   *
   * @param f function of a record; a string counts as an iterable of characters
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const words = (lines: RDD<string>) => lines.flatMap((line) => line.split(" "));
   * ```
   */
  flatMap<K, V>(f: (record: T) => Iterable<[K, V]>): RDD<[K, V]>;
  /** Replaces each record by the items of the iterable that a function returns. */
  flatMap<U>(f: (record: T) => Iterable<U>): RDD<U>;
  flatMap(f: (record: T) => Iterable<unknown>): RDD<unknown> {
    return this.#derive(applyFunction(this.#plan.node, "flatMap", f));
  }

  /**
   * Keeps the records for which a function returns a truthy value.
   *
   * @param f function of a record; a type guard narrows the RDD's type
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const even = (numbers: RDD<number>) => numbers.filter((n) => n % 2 === 0);
   * ```
   */
  filter<U extends T>(f: (record: T) => record is U): RDD<U>;
  /** Keeps the records for which a function returns a truthy value. */
  filter(f: (record: T) => unknown): RDD<T>;
  filter(f: (record: T) => unknown): RDD<T> {
    return this.#derive(applyFunction(this.#plan.node, "filter", f));
  }

  /**
   * Replaces each partition's records by the items of the iterable that a
   * function returns; write a generator to keep only one record in memory. An
   * `async` function, or an async generator, may await: the worker's event loop
   * is free, and `for await` reads the records.
   *
   * @param f function of an iterator over the partition's records
   * @param options what the function promises
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const sums = (numbers: RDD<number>) =>
   *   numbers.mapPartitions(function* (records) {
   *     let sum = 0;
   *     for (const n of records) sum += n;
   *     yield sum;
   *   });
   * ```
   */
  mapPartitions<K, V>(
    f: (records: PartitionRecords<T>) => PartitionResults<[K, V]>,
    options?: PartitionOptions,
  ): RDD<[K, V]>;
  /** Replaces each partition's records by the items of the iterable that a function returns. */
  mapPartitions<U>(
    f: (records: PartitionRecords<T>) => PartitionResults<U>,
    options?: PartitionOptions,
  ): RDD<U>;
  mapPartitions(
    f: (records: PartitionRecords<T>) => PartitionResults<unknown>,
    options: PartitionOptions = {},
  ): RDD<unknown> {
    const call = { ...options, indexed: false };
    const { node } = this.#plan;
    return this.#derive(applyToPartitions(node, "mapPartitions()", f, call));
  }

  /**
   * As {@link RDD.mapPartitions}, with the partition's index.
   *
   * @param f function of the index, from 0 on, and an iterator over the records
   * @param options what the function promises
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const tagged = (words: RDD<string>) =>
   *   words.mapPartitionsWithIndex((i, records) => records.map((w) => `${i}:${w}`));
   * ```
   */
  mapPartitionsWithIndex<K, V>(
    f: (
      index: number,
      records: PartitionRecords<T>,
    ) => PartitionResults<[K, V]>,
    options?: PartitionOptions,
  ): RDD<[K, V]>;
  /** As {@link RDD.mapPartitions}, with the partition's index. */
  mapPartitionsWithIndex<U>(
    f: (index: number, records: PartitionRecords<T>) => PartitionResults<U>,
    options?: PartitionOptions,
  ): RDD<U>;
  mapPartitionsWithIndex(
    f: (
      index: number,
      records: PartitionRecords<T>,
    ) => PartitionResults<unknown>,
    options: PartitionOptions = {},
  ): RDD<unknown> {
    const operation = "mapPartitionsWithIndex()";
    const call = { ...options, indexed: true };
    const { node } = this.#plan;
    return this.#derive(applyToPartitions(node, operation, f, call));
  }

  /**
   * Makes one list of each partition's records.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const sizes = (words: RDD<string>) => words.glom().map((list) => list.length);
   * ```
   */
  glom(): RDD<T[]> {
    return this.#derive(applyStep(this.#plan.node, "glom"));
  }

  /**
   * Makes pairs of what a function returns for a record, and the record.
   *
   * @param f function of a record that gives its key
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const byLength = (words: RDD<string>) => words.keyBy((w) => w.length);
   * ```
   */
  keyBy<K>(f: (record: T) => K): RDD<[K, T]> {
    return this.#derive(applyFunction(this.#plan.node, "keyBy", f));
  }

  /** Makes the next step run as a barrier stage: all its tasks at once, able to wait for each other. */
  barrier(): RDDBarrier<T> {
    return barrierOf(this.#plan);
  }

  // Functions that await, and other programs

  /**
   * Replaces each record by what a function's promise resolves to: for
   * functions that fetch or query a database. The first call that fails for
   * good fails the task.
   *
   * @param f function of a record that may await; one that declares a second
   *   parameter gets its {@link AsyncCall}, whose signal ends what takes too long
   * @param options how many calls at once, in which order, how long, how often
   * @throws RangeError for an option out of range
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const pages = (urls: RDD<string>) =>
   *   urls.mapAsync(async (url, { signal }) => (await fetch(url, { signal })).text(), {
   *     concurrency: 8,
   *     timeoutMs: 5000,
   *     retries: 4,
   *     retryDelayMs: 100,
   *     backoff: 2, // 100, 200, 400 and 800 ms
   *     retryIf: (error) => !(error instanceof RangeError),
   *   });
   * ```
   */
  mapAsync<U extends AnyRecord>(
    f: (record: T, call: AsyncCall) => U | PromiseLike<U>,
    options: AsyncOptions = {},
  ): RDD<U> {
    return this.#derive(applyAsync(this.#plan.node, "mapAsync", f, options));
  }

  /**
   * Replaces each record by the items that a function gives, as an iterable, an
   * asynchronous iterable, or a promise of one.
   *
   * @param f function of a record that may await
   * @param options as for {@link RDD.mapAsync}
   * @throws RangeError for an option out of range
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const lines = (urls: RDD<string>) =>
   *   urls.flatMapAsync(async (url) => (await (await fetch(url)).text()).split("\n"));
   * ```
   */
  flatMapAsync<K, V>(
    f: (record: T, call: AsyncCall) => AsyncItems<[K, V]>,
    options?: AsyncOptions,
  ): RDD<[K, V]>;
  /** Replaces each record by the items that a function gives. */
  flatMapAsync<U>(
    f: (record: T, call: AsyncCall) => AsyncItems<U>,
    options?: AsyncOptions,
  ): RDD<U>;
  flatMapAsync(
    f: (record: T, call: AsyncCall) => AsyncItems<unknown>,
    options: AsyncOptions = {},
  ): RDD<unknown> {
    const { node } = this.#plan;
    return this.#derive(applyAsync(node, "flatMapAsync", f, options));
  }

  /**
   * Writes each partition's records to a program's standard input, a line
   * each, and gives the lines that it writes. Records become text as
   * {@link RDD.saveAsTextFile} writes them.
   *
   * @param command program and arguments: a list, or one text that is split as
   *   a shell would, without a shell's variables, patterns and pipes
   * @param options environment and whether codes are checked
   * @throws RangeError for a command without a program, or with an open quote
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const sorted = (lines: RDD<string>) => lines.pipe("sort -r", { checkCode: true });
   * ```
   */
  pipe(
    command: string | readonly string[],
    options: PipeOptions = {},
  ): RDD<string> {
    return this.#derive(pipe(this.#plan.node, command, options));
  }

  // Sets, numbers and layout

  /**
   * The records of this RDD and of another, duplicates kept. RDDs with the
   * same partitioner keep it.
   *
   * @param other an RDD of the same application
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const all = (a: RDD<string>, b: RDD<string>) => a.union(b);
   * ```
   */
  union<U>(other: RDD<U>): RDD<T | U> {
    return this.#derive(union(this.#sides("union()", other)));
  }

  /**
   * The records that both this RDD and another have, one of each.
   *
   * @param other an RDD of the same application
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const common = (a: RDD<string>, b: RDD<string>) => a.intersection(b);
   * ```
   */
  intersection(other: RDD<T>): RDD<T> {
    return this.#derive(intersection(this.#sides("intersection()", other)));
  }

  /**
   * The records of this RDD that another does not have, duplicates kept.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const rare = (words: RDD<string>, common: RDD<string>) => words.subtract(common);
   * ```
   */
  subtract(other: RDD<T>, numPartitions?: number): RDD<T> {
    const sides = this.#sides("subtract()", other);
    return this.#derive(subtract(sides, numPartitions));
  }

  /**
   * Every pair of a record of this RDD and a record of another.
   *
   * @param other an RDD of the same application
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const grid = (xs: RDD<number>, ys: RDD<number>) => xs.cartesian(ys);
   * ```
   */
  cartesian<U>(other: RDD<U>): RDD<[T, U]> {
    return this.#derive(cartesian(this.#sides("cartesian()", other)));
  }

  /**
   * Pairs of the records at the same places of two RDDs, which must have as
   * many partitions, and as many records in each.
   *
   * @param other an RDD of the same application, usually made from this one by `map`
   * @throws at the action: SparkError `ZIP_PARTITIONS_DIFFER`; a JavaError or
   *   WorkerError when the numbers of records differ
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const withLength = (words: RDD<string>) => words.zip(words.map((w) => w.length));
   * ```
   */
  zip<U>(other: RDD<U>): RDD<[T, U]> {
    return this.#derive(zip(this.#sides("zip()", other)));
  }

  /**
   * Pairs of each record and its place in the whole RDD, from 0 on. Runs a job
   * at the first action, when there is more than one partition.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const numbered = (lines: RDD<string>) => lines.zipWithIndex();
   * ```
   */
  zipWithIndex(): RDD<[T, number]> {
    return this.#derive(zipWithIndex(this.#plan.node));
  }

  /**
   * Pairs of each record and a number that no other record has: without a job,
   * so there may be gaps. The k-th record of the p-th of n partitions gets k × n + p.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const named = (lines: RDD<string>) => lines.zipWithUniqueId();
   * ```
   */
  zipWithUniqueId(): RDD<[T, number]> {
    return this.#derive(zipWithUniqueId(this.#plan.node));
  }

  /**
   * One of each record.
   *
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const words = (all: RDD<string>) => all.distinct();
   * ```
   */
  distinct(numPartitions?: number): RDD<T> {
    return this.#derive(distinct(this.#plan.node, numPartitions));
  }

  /**
   * Spreads the records evenly over a number of partitions, by a shuffle.
   *
   * @param numPartitions number of partitions, from 1 on
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const wider = (words: RDD<string>) => words.repartition(100);
   * ```
   */
  repartition(numPartitions: number): RDD<T> {
    return this.#derive(repartition(this.#plan.node, numPartitions));
  }

  /**
   * Joins partitions into fewer ones without moving their records.
   *
   * @param numPartitions number of partitions, from 1 on; more than there are changes nothing
   * @param shuffle true spreads the records evenly, as {@link RDD.repartition}
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const narrower = (words: RDD<string>) => words.coalesce(2);
   * ```
   */
  coalesce(numPartitions: number, shuffle: boolean = false): RDD<T> {
    return this.#derive(coalesce(this.#plan.node, numPartitions, shuffle));
  }

  // Samples: a seed always gives the same one of the same partitions

  /**
   * A random sample of the records.
   *
   * @param withReplacement whether a record may come several times
   * @param fraction expected part of the records, from 0 to 1; with
   *   replacement how often each is expected, from 0 on
   * @param seed of the random numbers; by chance when left out
   * @throws RangeError for a fraction that is negative or not finite
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const tenth = (lines: RDD<string>) => lines.sample(false, 0.1, 42);
   * ```
   */
  sample(
    withReplacement: boolean,
    fraction: number,
    seed: number = anySeed(),
  ): RDD<T> {
    const { node } = this.#plan;
    return this.#derive(sample(node, withReplacement, fraction, seed));
  }

  /**
   * A random sample of the pairs, each key with a fraction of its own.
   *
   * @param withReplacement whether a pair may come several times
   * @param fractions pairs of key and fraction, such as a `Map`; other keys are left out
   * @param seed of the random numbers; by chance when left out
   * @throws RangeError for a fraction that is negative or not finite
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const few = (pairs: RDD<[string, number]>) =>
   *   pairs.sampleByKey(false, new Map([["a", 0.2], ["b", 0.1]]), 7);
   * ```
   */
  sampleByKey(
    this: RDD<T> & OfPairs<T, "sampleByKey()">,
    withReplacement: boolean,
    fractions: Iterable<readonly [KeyOf<T>, number]>,
    seed: number = anySeed(),
  ): RDD<T> {
    const { node } = this.#plan;
    return this.#derive(sampleByKey(node, withReplacement, fractions, seed));
  }

  /**
   * Deals the records out to several RDDs at random, each record to one.
   *
   * @param weights of the RDDs, in any unit
   * @param seed of the random numbers; by chance when left out
   * @throws RangeError for a negative weight, and when all are 0
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const split = (rows: RDD<number[]>) => {
   *   const [training, test] = rows.randomSplit([0.8, 0.2], 1);
   *   return { training, test };
   * };
   * ```
   */
  randomSplit(
    weights: readonly number[],
    seed: number = anySeed(),
  ): RDD<T>[] {
    const parts = randomSplit(this.#plan.node, weights, seed);
    return parts.map((node) => this.#derive(node));
  }

  // Transformations by key: on records that are no pairs they do not compile

  /** The first of each pair. */
  keys(this: RDD<T> & OfPairs<T, "keys()">): RDD<KeyOf<T>> {
    return this.#derive(applyStep(this.#plan.node, "keys"));
  }

  /** The second of each pair. */
  values(this: RDD<T> & OfPairs<T, "values()">): RDD<ValueOf<T>> {
    return this.#derive(applyStep(this.#plan.node, "values"));
  }

  /**
   * Applies a function to each pair's value.
   *
   * @param f function of a value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const lengths = (texts: RDD<[string, string]>) => texts.mapValues((s) => s.length);
   * ```
   */
  mapValues<W>(
    this: RDD<T> & OfPairs<T, "mapValues()">,
    f: (value: ValueOf<T>) => W,
  ): RDD<[KeyOf<T>, W]> {
    return this.#derive(applyFunction(this.#plan.node, "mapValues", f));
  }

  /**
   * Replaces each pair by one pair for every item that a function makes of its value.
   *
   * @param f function of a value that returns an iterable
   */
  flatMapValues<W>(
    this: RDD<T> & OfPairs<T, "flatMapValues()">,
    f: (value: ValueOf<T>) => Iterable<W>,
  ): RDD<[KeyOf<T>, W]> {
    return this.#derive(applyFunction(this.#plan.node, "flatMapValues", f));
  }

  /**
   * One pair for each key, its values merged two by two: first within each
   * partition, then over all of them.
   *
   * @param f associative and commutative function of two values
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const counts = (ones: RDD<[string, number]>) => ones.reduceByKey((a, b) => a + b);
   * ```
   */
  reduceByKey(
    this: RDD<T> & OfPairs<T, "reduceByKey()">,
    f: (a: ValueOf<T>, b: ValueOf<T>) => ValueOf<T>,
    numPartitions?: number,
    partitionFunc?: (key: KeyOf<T>) => number | bigint,
  ): RDD<[KeyOf<T>, ValueOf<T>]> {
    const target = { numPartitions, partitionFunc };
    return this.#derive(reduceByKey(this.#plan.node, f, target));
  }

  /**
   * One pair for each key, with all its values. To add or count them,
   * {@link RDD.reduceByKey} moves far less data.
   *
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   */
  groupByKey(
    this: RDD<T> & OfPairs<T, "groupByKey()">,
    numPartitions?: number,
    partitionFunc?: (key: KeyOf<T>) => number | bigint,
  ): RDD<[KeyOf<T>, Values<ValueOf<T>>]> {
    const target = { numPartitions, partitionFunc };
    return this.#derive(groupByKey(this.#plan.node, target));
  }

  /**
   * One pair for each key that a function gives, with all its records.
   *
   * @param f function of a record that gives its key
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const byParity = (numbers: RDD<number>) => numbers.groupBy((n) => n % 2);
   * ```
   */
  groupBy<K>(
    f: (record: T) => K,
    numPartitions?: number,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, Values<T>]> {
    const target = { numPartitions, partitionFunc };
    return this.#derive(groupBy(this.#plan.node, f, target));
  }

  /**
   * One pair for each key, its values combined into a value of another type.
   *
   * @param createCombiner makes a combined value of a key's first value
   * @param mergeValue adds a value to a combined one; may change and return it
   * @param mergeCombiners joins two combined values; may change and return the first
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const longest = (pairs: RDD<[string, string]>) =>
   *   pairs.combineByKey((s) => s.length, (n, s) => Math.max(n, s.length), Math.max);
   * ```
   */
  combineByKey<C>(
    this: RDD<T> & OfPairs<T, "combineByKey()">,
    createCombiner: (value: ValueOf<T>) => C,
    mergeValue: (combined: C, value: ValueOf<T>) => C,
    mergeCombiners: (a: C, b: C) => C,
    numPartitions?: number,
    partitionFunc?: (key: KeyOf<T>) => number | bigint,
  ): RDD<[KeyOf<T>, C]> {
    const combiner = {
      create: createCombiner,
      merge: mergeValue,
      join: mergeCombiners,
    };
    const target = { numPartitions, partitionFunc };
    return this.#derive(combineByKey(this.#plan.node, combiner, target));
  }

  /**
   * One pair for each key, its values added to a value of another type that
   * starts as a neutral one.
   *
   * @param zeroValue neutral value; each key gets a copy of its own
   * @param seqFunc adds a value; may change and return its first argument
   * @param combFunc joins two such values; may change and return the first
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const seen = (pairs: RDD<[string, number]>) =>
   *   pairs.aggregateByKey(
   *     new Set<number>(),
   *     (set, n) => set.add(n),
   *     (a, b) => a.union(b),
   *   );
   * ```
   */
  aggregateByKey<U>(
    this: RDD<T> & OfPairs<T, "aggregateByKey()">,
    zeroValue: U,
    seqFunc: (value: U, next: ValueOf<T>) => U,
    combFunc: (a: U, b: U) => U,
    numPartitions?: number,
    partitionFunc?: (key: KeyOf<T>) => number | bigint,
  ): RDD<[KeyOf<T>, U]> {
    const fold = { zero: zeroValue, merge: seqFunc, join: combFunc };
    const target = { numPartitions, partitionFunc };
    const { node } = this.#plan;
    return this.#derive(foldKeys(node, "aggregateByKey()", fold, target));
  }

  /**
   * One pair for each key, its values merged two by two, beginning with a
   * neutral value in each partition.
   *
   * @param zeroValue neutral value; each key gets a copy of its own
   * @param func associative and commutative; may change and return its first argument
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const totals = (pairs: RDD<[string, number]>) => pairs.foldByKey(0, (a, b) => a + b);
   * ```
   */
  foldByKey(
    this: RDD<T> & OfPairs<T, "foldByKey()">,
    zeroValue: ValueOf<T>,
    func: (a: ValueOf<T>, b: ValueOf<T>) => ValueOf<T>,
    numPartitions?: number,
    partitionFunc?: (key: KeyOf<T>) => number | bigint,
  ): RDD<[KeyOf<T>, ValueOf<T>]> {
    const fold = { zero: zeroValue, merge: func, join: func };
    const target = { numPartitions, partitionFunc };
    const { node } = this.#plan;
    return this.#derive(foldKeys(node, "foldByKey()", fold, target));
  }

  /**
   * Puts each pair into the partition that its key says.
   *
   * @param numPartitions number of partitions; by default as Spark chooses
   * @param partitionFunc whole number for a key, taken modulo the number of
   *   partitions; by default a hash of its value
   */
  partitionBy(
    this: RDD<T> & OfPairs<T, "partitionBy()">,
    numPartitions?: number,
    partitionFunc?: (key: KeyOf<T>) => number | bigint,
  ): RDD<T> {
    const { node } = this.#plan;
    const operation = "partitionBy()";
    return this.#derive(
      shuffleByKey(node, operation, numPartitions, partitionFunc),
    );
  }

  // Joins: RDDs that are partitioned alike are joined without moving them again

  /**
   * For each key that both RDDs have, every pair of its values.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const withNames = (scores: RDD<[number, number]>, names: RDD<[number, string]>) =>
   *   scores.join(names).map(([id, [score, name]]) => ({ id, name, score }));
   * ```
   */
  join<W>(
    this: RDD<T> & OfPairs<T, "join()">,
    other: RDD<readonly [KeyOf<T>, W]>,
    numPartitions?: number,
  ): RDD<[KeyOf<T>, [ValueOf<T>, W]]> {
    const sides = this.#sides("join()", other);
    return this.#derive(join(sides, "join", numPartitions));
  }

  /**
   * As {@link RDD.join}, and the values of this RDD that have no partner, with undefined.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   */
  leftOuterJoin<W>(
    this: RDD<T> & OfPairs<T, "leftOuterJoin()">,
    other: RDD<readonly [KeyOf<T>, W]>,
    numPartitions?: number,
  ): RDD<[KeyOf<T>, [ValueOf<T>, W | undefined]]> {
    const sides = this.#sides("leftOuterJoin()", other);
    return this.#derive(join(sides, "leftOuterJoin", numPartitions));
  }

  /**
   * As {@link RDD.join}, and the values of the other RDD that have no partner, with undefined.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   */
  rightOuterJoin<W>(
    this: RDD<T> & OfPairs<T, "rightOuterJoin()">,
    other: RDD<readonly [KeyOf<T>, W]>,
    numPartitions?: number,
  ): RDD<[KeyOf<T>, [ValueOf<T> | undefined, W]]> {
    const sides = this.#sides("rightOuterJoin()", other);
    return this.#derive(join(sides, "rightOuterJoin", numPartitions));
  }

  /**
   * As {@link RDD.join}, and the values of both RDDs that have no partner, with undefined.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   */
  fullOuterJoin<W>(
    this: RDD<T> & OfPairs<T, "fullOuterJoin()">,
    other: RDD<readonly [KeyOf<T>, W]>,
    numPartitions?: number,
  ): RDD<[KeyOf<T>, [ValueOf<T> | undefined, W | undefined]]> {
    const sides = this.#sides("fullOuterJoin()", other);
    return this.#derive(join(sides, "fullOuterJoin", numPartitions));
  }

  /**
   * The pairs of this RDD whose key another does not have.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const open = (orders: RDD<[number, string]>, paid: RDD<[number, Date]>) =>
   *   orders.subtractByKey(paid);
   * ```
   */
  subtractByKey(
    this: RDD<T> & OfPairs<T, "subtractByKey()">,
    other: RDD<readonly [KeyOf<T>, unknown]>,
    numPartitions?: number,
  ): RDD<T> {
    const sides = this.#sides("subtractByKey()", other);
    return this.#derive(join(sides, "subtractByKey", numPartitions));
  }

  /**
   * For each key of either RDD, its values in this one and in the other.
   *
   * @param other an RDD of the same application
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const counts = (a: RDD<[string, number]>, b: RDD<[string, number]>) =>
   *   a.cogroup(b).mapValues(([left, right]) => [left.length, right.length]);
   * ```
   */
  cogroup<W>(
    this: RDD<T> & OfPairs<T, "cogroup()">,
    other: RDD<readonly [KeyOf<T>, W]>,
    numPartitions?: number,
  ): RDD<[KeyOf<T>, [Values<ValueOf<T>>, Values<W>]]> {
    const sides = this.#sides("cogroup()", other);
    return this.#derive(cogroup(sides, "cogroup()", numPartitions));
  }

  /**
   * For each key of any of the RDDs, its values in each of them.
   *
   * @param others one to three RDDs of the same application
   */
  groupWith<W>(
    this: RDD<T> & OfPairs<T, "groupWith()">,
    ...others: [RDD<readonly [KeyOf<T>, W]>]
  ): RDD<[KeyOf<T>, [Values<ValueOf<T>>, Values<W>]]>;
  /** For each key of any of the RDDs, its values in each of them. */
  groupWith<W1, W2>(
    this: RDD<T> & OfPairs<T, "groupWith()">,
    ...others: [
      RDD<readonly [KeyOf<T>, W1]>,
      RDD<readonly [KeyOf<T>, W2]>,
    ]
  ): RDD<[KeyOf<T>, [Values<ValueOf<T>>, Values<W1>, Values<W2>]]>;
  /** For each key of any of the RDDs, its values in each of them. */
  groupWith<W1, W2, W3>(
    this: RDD<T> & OfPairs<T, "groupWith()">,
    ...others: [
      RDD<readonly [KeyOf<T>, W1]>,
      RDD<readonly [KeyOf<T>, W2]>,
      RDD<readonly [KeyOf<T>, W3]>,
    ]
  ): RDD<
    [KeyOf<T>, [Values<ValueOf<T>>, Values<W1>, Values<W2>, Values<W3>]]
  >;
  groupWith(...others: RDD<unknown>[]): RDD<unknown> {
    const sides = others.map((other) => this.#sides("groupWith()", other)[1]);
    const nodes = [this.#plan.node, ...sides];
    return this.#derive(cogroup(nodes, "groupWith()", undefined));
  }

  // Orders: equal keys keep their order

  /**
   * Sorts the records by what a function makes of them. Runs a job that
   * samples the keys at the first action.
   *
   * @param keyfunc function of a record that gives what it is sorted by
   * @param ascending false for the greatest first; true by default
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const longestFirst = (words: RDD<string>) => words.sortBy((w) => w.length, false);
   * ```
   */
  sortBy<K>(
    keyfunc: (record: T) => K,
    ascending: boolean = true,
    numPartitions?: number,
  ): RDD<T> {
    const { node } = this.#plan;
    return this.#derive(sortBy(node, keyfunc, ascending, numPartitions));
  }

  /**
   * Sorts the pairs by key. Runs a job that samples the keys at the first
   * action.
   *
   * @param ascending false for the greatest first; true by default
   * @param numPartitions number of partitions of the result; by default as Spark chooses
   * @param keyfunc function of a key that gives what it is sorted by; by default the key itself
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const dictionary = (counts: RDD<[string, number]>) =>
   *   counts.sortByKey(true, 4, (word) => word.toLowerCase());
   * ```
   */
  sortByKey(
    this: RDD<T> & OfPairs<T, "sortByKey()">,
    ascending: boolean = true,
    numPartitions?: number,
    keyfunc?: (key: KeyOf<T>) => unknown,
  ): RDD<T> {
    const order = { ascending, numPartitions, keyfunc };
    return this.#derive(sortByKey(this.#plan.node, order));
  }

  /**
   * Puts each pair into the partition that its key says, and sorts each
   * partition by key: cheaper than sorting after `partitionBy`.
   *
   * @param numPartitions number of partitions; by default as Spark chooses
   * @param partitionFunc whole number for a key; by default a hash of its value
   * @param ascending false for the greatest first; true by default
   * @param keyfunc function of a key that gives what it is sorted by; by default the key itself
   */
  repartitionAndSortWithinPartitions(
    this: RDD<T> & OfPairs<T, "repartitionAndSortWithinPartitions()">,
    numPartitions?: number,
    partitionFunc?: (key: KeyOf<T>) => number | bigint,
    ascending: boolean = true,
    keyfunc?: (key: KeyOf<T>) => unknown,
  ): RDD<T> {
    const order = { ascending, numPartitions, keyfunc };
    const { node } = this.#plan;
    return this.#derive(sortWithinPartitions(node, order, partitionFunc));
  }

  // Actions that give records

  /** All records, in the order of the partitions. They have to fit into the driver's memory. */
  async collect(options?: ActionOptions): Promise<T[]> {
    const site = callSite("collect()");
    return await collectRecords(this.#plan, site, options) as T[];
  }

  /**
   * All records, as {@link RDD.collect} gives them, by a job in a group of its own.
   *
   * @param groupId the group's id, for `SparkContext.cancelJobGroup`
   * @param description what the job does, for a person to read
   * @param interruptOnCancel whether cancelling interrupts the executors' threads; false by default
   */
  async collectWithJobGroup(
    groupId: string,
    description: string,
    interruptOnCancel: boolean = false,
    options?: ActionOptions,
  ): Promise<T[]> {
    const group = { groupId, description, interruptOnCancel };
    return await collectWithJobGroup(this.#plan, group, options) as T[];
  }

  /**
   * The records one by one, a partition in memory at a time. Leaving the loop
   * early frees what the JVM holds for it.
   *
   * @param prefetchPartitions whether Spark computes the next partition while
   *   this one is read; false by default
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const print = async (lines: RDD<string>) => {
   *   for await (const line of lines.toLocalIterator()) console.log(line);
   * };
   * ```
   */
  toLocalIterator(
    prefetchPartitions: boolean = false,
    options?: ActionOptions,
  ): AsyncGenerator<T, void, undefined> {
    const site = callSite("toLocalIterator()");
    return iterateRecords<T>(this.#plan, prefetchPartitions, site, options);
  }

  /**
   * The first records, from as few partitions as will do.
   *
   * @param num how many, at most; 0 or more
   */
  async take(num: number, options?: ActionOptions): Promise<T[]> {
    const site = callSite("take()");
    return await takeRecords(this.#plan, num, site, options) as T[];
  }

  /**
   * The first record.
   *
   * @throws SparkError `RDD_EMPTY` when there is none
   */
  async first(options?: ActionOptions): Promise<T> {
    return await firstRecord(this.#plan, options) as T;
  }

  /** Whether there is no record at all. */
  async isEmpty(options?: ActionOptions): Promise<boolean> {
    const site = callSite("isEmpty()");
    return (await takeRecords(this.#plan, 1, site, options)).length === 0;
  }

  /**
   * The first records in ascending order.
   *
   * @param num how many, at most; they have to fit into memory
   * @param key function of a record that gives what it is ordered by; by default the record
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const shortest = (words: RDD<string>) => words.takeOrdered(3, (w) => w.length);
   * ```
   */
  async takeOrdered(
    num: number,
    key?: (record: T) => unknown,
    options?: ActionOptions,
  ): Promise<T[]> {
    return await takeInOrder(this.#plan, "takeOrdered", num, key, options);
  }

  /**
   * The first records in descending order.
   *
   * @param num how many, at most; they have to fit into memory
   * @param key function of a record that gives what it is ordered by; by default the record
   */
  async top(
    num: number,
    key?: (record: T) => unknown,
    options?: ActionOptions,
  ): Promise<T[]> {
    return await takeInOrder(this.#plan, "top", num, key, options);
  }

  /**
   * The greatest record.
   *
   * @param key function of a record that gives what it is ordered by; by default the record
   * @throws SparkError `RDD_EMPTY` when there is none
   */
  async max(key?: (record: T) => unknown, options?: ActionOptions): Promise<T> {
    return await findExtreme(this.#plan, "max", key, options);
  }

  /**
   * The least record.
   *
   * @param key function of a record that gives what it is ordered by; by default the record
   * @throws SparkError `RDD_EMPTY` when there is none
   */
  async min(key?: (record: T) => unknown, options?: ActionOptions): Promise<T> {
    return await findExtreme(this.#plan, "min", key, options);
  }

  /**
   * A number of records chosen at random, in no order.
   *
   * @param withReplacement whether a record may come several times
   * @param num how many; fewer come only without replacement from a smaller RDD
   * @param seed of the random numbers; by chance when left out
   * @throws RangeError for a negative number
   */
  async takeSample(
    withReplacement: boolean,
    num: number,
    seed: number = anySeed(),
    options?: ActionOptions,
  ): Promise<T[]> {
    const plan = this.#plan;
    return await takeSample(plan, withReplacement, num, seed, options) as T[];
  }

  // Actions that give one value

  /** Number of records. */
  async count(options?: ActionOptions): Promise<number> {
    return await countRecords(this.#plan, callSite("count()"), options);
  }

  /**
   * Merges all records two by two, first within each partition.
   *
   * @param f associative and commutative function of two records
   * @throws SparkError `RDD_EMPTY` when there is no record
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const longest = (words: RDD<string>) => words.reduce((a, b) => a.length < b.length ? b : a);
   * ```
   */
  async reduce(f: (a: T, b: T) => T, options?: ActionOptions): Promise<T> {
    return await reduceRecords(this.#plan, f, options);
  }

  /**
   * Merges all records two by two, beginning each partition and the end result
   * with a neutral value.
   *
   * @param zeroValue neutral value; each partition, and the driver, gets a copy of its own
   * @param op associative and commutative function; may change and return its first argument
   */
  async fold(
    zeroValue: T,
    op: (a: T, b: T) => T,
    options?: ActionOptions,
  ): Promise<T> {
    const how = { zeroValue, seqOp: op, combOp: op };
    return await aggregateRecords(this.#plan, "fold()", how, options);
  }

  /**
   * Adds all records to a value of another type.
   *
   * @param zeroValue neutral value; each partition, and the driver, gets a copy of its own
   * @param seqOp adds a record to a partition's value; may change and return it
   * @param combOp joins the values of two partitions; may change and return the first
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const mean = async (numbers: RDD<number>) => {
   *   const [sum, n] = await numbers.aggregate(
   *     [0, 0],
   *     ([sum, n], x) => [sum + x, n + 1],
   *     (a, b) => [a[0] + b[0], a[1] + b[1]],
   *   );
   *   return sum / n;
   * };
   * ```
   */
  aggregate<A, B>(
    zeroValue: [A, B],
    seqOp: (value: [A, B], record: T) => [A, B],
    combOp: (a: [A, B], b: [A, B]) => [A, B],
    options?: ActionOptions,
  ): Promise<[A, B]>;
  /** Adds all records to a value of another type. */
  aggregate<U>(
    zeroValue: U,
    seqOp: (value: U, record: T) => U,
    combOp: (a: U, b: U) => U,
    options?: ActionOptions,
  ): Promise<U>;
  async aggregate<U>(
    zeroValue: U,
    seqOp: (value: U, record: T) => U,
    combOp: (a: U, b: U) => U,
    options?: ActionOptions,
  ): Promise<U> {
    const how = { zeroValue, seqOp, combOp };
    return await aggregateRecords(this.#plan, "aggregate()", how, options);
  }

  /**
   * As {@link RDD.aggregate}, the partitions' values joined on the workers
   * first, in rounds, so that the driver gets few of them.
   *
   * @param zeroValue neutral value; each partition gets a copy of its own
   * @param seqOp adds a record to a partition's value; may change and return it
   * @param combOp joins the values of two partitions; may change and return the first
   * @param depth how many rounds, at most; 2 when left out
   * @throws RangeError for a depth below 1
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const sum = (numbers: RDD<number>) =>
   *   numbers.treeAggregate(0, (sum, n) => sum + n, (a, b) => a + b);
   * ```
   */
  async treeAggregate<U>(
    zeroValue: U,
    seqOp: (value: U, record: T) => U,
    combOp: (a: U, b: U) => U,
    depth: number = 2,
    options?: ActionOptions,
  ): Promise<U> {
    const how = { zeroValue, seqOp, combOp };
    return await treeAggregate(this.#plan, how, depth, options);
  }

  /**
   * As {@link RDD.reduce}, the partitions' results merged on the workers
   * first, in rounds, so that the driver gets few of them.
   *
   * @param f associative and commutative function of two records
   * @param depth how many rounds, at most; 2 when left out
   * @throws RangeError for a depth below 1
   * @throws SparkError `RDD_EMPTY` when there is no record
   */
  async treeReduce(
    f: (a: T, b: T) => T,
    depth: number = 2,
    options?: ActionOptions,
  ): Promise<T> {
    return await treeReduce(this.#plan, f, depth, options);
  }

  /**
   * How often each record comes.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const tally = async (words: RDD<string>) => (await words.countByValue()).get("spark") ?? 0;
   * ```
   */
  async countByValue(options?: ActionOptions): Promise<KeyedMap<T, number>> {
    return await countByValue(this.#plan, options);
  }

  // Actions by key: on records that are no pairs they do not compile

  /** How many pairs each key has. */
  async countByKey(
    this: RDD<T> & OfPairs<T, "countByKey()">,
    options?: ActionOptions,
  ): Promise<KeyedMap<KeyOf<T>, number>> {
    return await countByKey(this.#plan, options);
  }

  /** All pairs as a map whose keys are equal by value; of several pairs with one key the last counts. */
  async collectAsMap(
    this: RDD<T> & OfPairs<T, "collectAsMap()">,
    options?: ActionOptions,
  ): Promise<KeyedMap<KeyOf<T>, ValueOf<T>>> {
    return await collectAsMap(this.#plan, options);
  }

  /**
   * Each key's values merged two by two, as a map on the driver.
   *
   * @param func associative and commutative function of two values
   */
  async reduceByKeyLocally(
    this: RDD<T> & OfPairs<T, "reduceByKeyLocally()">,
    func: (a: ValueOf<T>, b: ValueOf<T>) => ValueOf<T>,
    options?: ActionOptions,
  ): Promise<KeyedMap<KeyOf<T>, ValueOf<T>>> {
    return await reduceByKeyLocally(this.#plan, func, options);
  }

  /**
   * All values of a key. Where the RDD is partitioned by key, only the key's
   * partition is searched.
   *
   * @param key the key, equal by value
   */
  async lookup(
    this: RDD<T> & OfPairs<T, "lookup()">,
    key: KeyOf<T>,
    options?: ActionOptions,
  ): Promise<ValueOf<T>[]> {
    return await lookup(this.#plan, key, options) as ValueOf<T>[];
  }

  // Actions over numbers: on other records they do not compile

  /**
   * The sum of all numbers; 0 when there are none.
   *
   * @throws WorkerError for a record that is no number; merge bigints with
   *   `fold(0n, (a, b) => a + b)`
   */
  async sum(this: RDD<number>, options?: ActionOptions): Promise<number> {
    return await sumNumbers(this.#plan, options);
  }

  /** The mean of all numbers; 0 when there are none. */
  async mean(this: RDD<number>, options?: ActionOptions): Promise<number> {
    return (await statsOf(this.#plan, "mean()", options)).mean();
  }

  /**
   * Count, mean, extremes and variance, in one job.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const spread = async (numbers: RDD<number>) => (await numbers.stats()).stdev();
   * ```
   */
  async stats(
    this: RDD<number>,
    options?: ActionOptions,
  ): Promise<StatCounter> {
    return await statsOf(this.#plan, "stats()", options);
  }

  /** The variance of all numbers; NaN when there are none. */
  async variance(this: RDD<number>, options?: ActionOptions): Promise<number> {
    return (await statsOf(this.#plan, "variance()", options)).variance();
  }

  /** The standard deviation of all numbers; NaN when there are none. */
  async stdev(this: RDD<number>, options?: ActionOptions): Promise<number> {
    return (await statsOf(this.#plan, "stdev()", options)).stdev();
  }

  /** The variance of what the numbers are a sample of; NaN for fewer than two. */
  async sampleVariance(
    this: RDD<number>,
    options?: ActionOptions,
  ): Promise<number> {
    const stats = await statsOf(this.#plan, "sampleVariance()", options);
    return stats.sampleVariance();
  }

  /** The standard deviation of what the numbers are a sample of; NaN for fewer than two. */
  async sampleStdev(
    this: RDD<number>,
    options?: ActionOptions,
  ): Promise<number> {
    return (await statsOf(this.#plan, "sampleStdev()", options)).sampleStdev();
  }

  /**
   * How many records fall into each bucket. A bucket has its lower bound and
   * not its upper one, except for the last, which has both. What lies outside,
   * and NaN, null and undefined, is not counted. As in PySpark, where bounds
   * are even the bucket is computed by dividing, which may round a number that
   * is just on a bound into the bucket before.
   *
   * @param buckets the bounds, in ascending order; or a number of buckets of
   *   equal width between the least and the greatest number
   * @returns the bounds, and a count for each bucket
   * @throws RangeError for no bucket, and for bounds that are unordered, equal or missing
   * @throws TypeError for what is neither a whole number of buckets nor a list of bounds
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const ages = (people: RDD<number>) => people.histogram([0, 18, 65, 120]);
   * ```
   */
  async histogram<B extends number | string>(
    this: RDD<B>,
    buckets: number | readonly B[],
    options?: ActionOptions,
  ): Promise<[B[], number[]]> {
    return await histogram(this.#plan, buckets, options);
  }

  // Actions that answer within a time, or within a size

  /**
   * The number of records, or an estimate when time is up, by the partitions
   * that were done; their job goes on in the background.
   *
   * @param timeoutMs how long to wait, in milliseconds
   * @param confidence how sure Spark wants to be of its bounds, from 0 to 1
   */
  async countApprox(
    timeoutMs: number,
    confidence: number = 0.95,
    options?: ActionOptions,
  ): Promise<number> {
    return await countApprox(this.#plan, { timeoutMs, confidence }, options);
  }

  /**
   * The sum of all numbers, or an estimate when time is up, by the partitions
   * that were done; their job goes on in the background.
   *
   * @param timeoutMs how long to wait, in milliseconds
   * @param confidence how likely the true sum lies within the bounds, from 0 to 1
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const total = async (sales: RDD<number>) => (await sales.sumApprox(1000)).mean;
   * ```
   */
  async sumApprox(
    this: RDD<number>,
    timeoutMs: number,
    confidence: number = 0.95,
    options?: ActionOptions,
  ): Promise<BoundedFloat> {
    return await sumApprox(this.#plan, { timeoutMs, confidence }, options);
  }

  /**
   * The mean of all numbers, or an estimate when time is up, by the partitions
   * that were done; 0 when there are none.
   *
   * @param timeoutMs how long to wait, in milliseconds
   * @param confidence how likely the true mean lies within the bounds, from 0 to 1
   */
  async meanApprox(
    this: RDD<number>,
    timeoutMs: number,
    confidence: number = 0.95,
    options?: ActionOptions,
  ): Promise<BoundedFloat> {
    return await meanApprox(this.#plan, { timeoutMs, confidence }, options);
  }

  /**
   * An estimate of how many different records there are, by the algorithm
   * HyperLogLog++.
   *
   * @param relativeSD the estimate's relative standard deviation: smaller ones take more memory
   * @throws RangeError for one below 0.000017
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const visitors = (ids: RDD<string>) => ids.countApproxDistinct(0.01);
   * ```
   */
  async countApproxDistinct(
    relativeSD: number = 0.05,
    options?: ActionOptions,
  ): Promise<number> {
    return await countApproxDistinct(this.#plan, relativeSD, options);
  }

  // Actions for what they do

  /**
   * Calls a function with each record, on the workers, for what it does there.
   *
   * @param f function of a record; what it returns is dropped
   */
  async foreach(
    f: (record: T) => void,
    options?: ActionOptions,
  ): Promise<void> {
    await foreach(this.#plan, f, options);
  }

  /**
   * Calls a function once for each partition, on the workers, for what it does there.
   *
   * @param f function of an iterator over the partition's records
   */
  async foreachPartition(
    f: (records: PartitionRecords<T>) => void | Promise<void>,
    options?: ActionOptions,
  ): Promise<void> {
    await foreachPartition(this.#plan, f, options);
  }

  /**
   * Calls a function that may await with each record, on the workers, for what
   * it does there.
   *
   * @param f function of a record; what its promise resolves to is dropped
   * @param options as for {@link RDD.mapAsync}; order has no meaning here
   * @throws RangeError for an option out of range
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const send = (rows: RDD<{ id: number }>, url: string) =>
   *   rows.foreachAsync(async (row) => {
   *     await fetch(url, { method: "POST", body: JSON.stringify(row) });
   *   }, { concurrency: 4, retries: 3, retryDelayMs: 200 });
   * ```
   */
  async foreachAsync(
    f: (record: T, call: AsyncCall) => void | PromiseLike<void>,
    options: AsyncOptions & ActionOptions = {},
  ): Promise<void> {
    await foreachAsync(this.#plan, f, options);
  }

  // Actions that write files: a new folder, with a file for each partition

  /**
   * Writes each record as a line of text into a new folder, on any file system
   * that Spark knows: strings as they are, other primitives as `String` gives
   * them, the rest as JSON. There maps are lists of pairs, sets and typed
   * arrays are lists, undefined is null, and bigints, NaN and infinities are
   * texts.
   *
   * @param path folder to make
   * @param compressionCodecClass `gzip`, `bzip2`, `deflate`, `lz4`, `snappy`,
   *   or full name of a codec's class; none by default
   * @throws JavaError when the folder exists
   * @throws WorkerError `RECORD_NOT_TEXT` for what would be lost: functions,
   *   symbols, and objects that hide what they hold
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const save = (lines: RDD<string>) =>
   *   lines.saveAsTextFile("out", "gzip");
   * ```
   */
  async saveAsTextFile(
    path: string,
    compressionCodecClass: string | null = null,
    options?: ActionOptions,
  ): Promise<void> {
    await saveAsTextFile(this.#plan, path, compressionCodecClass, options);
  }

  /**
   * Writes the records in TSpark's own form, so that `SparkContext.objectFile`
   * gives them back as they are.
   *
   * @param path folder to make
   * @throws JavaError when the folder exists
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const save = (sc: SparkContext) =>
   *   sc.parallelize([{ url: "/", at: new Date() }]).saveAsObjectFile("visits");
   * ```
   */
  async saveAsObjectFile(path: string, options?: ActionOptions): Promise<void> {
    await saveAsObjectFile(this.#plan, path, options);
  }

  /**
   * Writes pairs as a sequence file, whose classes are those of the first
   * pair. Hadoop's formats take pairs of null, booleans, numbers, bigints,
   * strings, `Uint8Array`, `Map` and plain objects, and arrays of these; what
   * numbers become is said at {@link HadoopClasses}.
   *
   * @param path folder to make
   * @param compressionCodecClass as in {@link RDD.saveAsTextFile}
   * @param options what numbers become, where the first pair's do not tell
   * @throws JavaError when the folder exists
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const save = (scores: RDD<[string, number]>) =>
   *   scores.saveAsSequenceFile("scores", null, {
   *     valueClass: "org.apache.hadoop.io.DoubleWritable", // also for 2, which is whole
   *   });
   * ```
   */
  async saveAsSequenceFile(
    this: RDD<T> & OfPairs<T, "saveAsSequenceFile()">,
    path: string,
    compressionCodecClass: string | null = null,
    options: HadoopClasses & ActionOptions = {},
  ): Promise<void> {
    await saveAsSequenceFile(this.#plan, path, compressionCodecClass, options);
  }

  /**
   * Writes pairs by one of Hadoop's output formats, of the newer interface
   * (package `mapreduce`).
   *
   * @param path folder to make
   * @param outputFormatClass full name of the output format's class
   * @param options classes, converters and settings
   * @throws JavaError when the folder exists
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const save = (pairs: RDD<[string, number]>) =>
   *   pairs.saveAsNewAPIHadoopFile(
   *     "out",
   *     "org.apache.hadoop.mapreduce.lib.output.TextOutputFormat",
   *   );
   * ```
   */
  async saveAsNewAPIHadoopFile(
    this: RDD<T> & OfPairs<T, "saveAsNewAPIHadoopFile()">,
    path: string,
    outputFormatClass: string,
    options: HadoopSaveOptions & ActionOptions = {},
  ): Promise<void> {
    await saveAsNewAPIHadoopFile(this.#plan, path, outputFormatClass, options);
  }

  /** As {@link RDD.saveAsNewAPIHadoopFile}, by an output format of the older interface (package `mapred`). */
  async saveAsHadoopFile(
    this: RDD<T> & OfPairs<T, "saveAsHadoopFile()">,
    path: string,
    outputFormatClass: string,
    options: OldHadoopSaveOptions & ActionOptions = {},
  ): Promise<void> {
    await saveAsHadoopFile(this.#plan, path, outputFormatClass, options);
  }

  /**
   * Writes pairs where the settings of a Hadoop job say, of the newer
   * interface (package `mapreduce`).
   *
   * @param conf the settings: `mapreduce.job.outputformat.class`,
   *   `mapreduce.output.fileoutputformat.outputdir`, and the classes
   *   `mapreduce.job.output.key.class` and `mapreduce.job.output.value.class`
   */
  async saveAsNewAPIHadoopDataset(
    this: RDD<T> & OfPairs<T, "saveAsNewAPIHadoopDataset()">,
    conf: HadoopConf,
    options: HadoopConverters & ActionOptions = {},
  ): Promise<void> {
    const operation = "saveAsNewAPIHadoopDataset()";
    await saveAsDataset(this.#plan, operation, conf, options);
  }

  /**
   * As {@link RDD.saveAsNewAPIHadoopDataset}, of the older interface
   * (package `mapred`), where `mapred.output.format.class` names the format.
   *
   * @param conf the settings
   */
  async saveAsHadoopDataset(
    this: RDD<T> & OfPairs<T, "saveAsHadoopDataset()">,
    conf: HadoopConf,
    options: HadoopConverters & ActionOptions = {},
  ): Promise<void> {
    await saveAsDataset(this.#plan, "saveAsHadoopDataset()", conf, options);
  }

  // What an RDD is, and how it is kept

  /** Number of partitions. */
  async getNumPartitions(): Promise<number> {
    return await askPartitions(this.#plan);
  }

  /** The number that Spark knows this RDD by. */
  async id(): Promise<number> {
    return await askRdd(this.#plan, "id()", (java) => java.callNumber("id"));
  }

  /** The name that {@link RDD.setName} gave; null without one. */
  get name(): string | null {
    return this.#plan.node.state.name;
  }

  /** Gives this RDD a name, by which Spark's web page shows it. */
  setName(name: string): this {
    this.#plan.node.state.name = name;
    return this;
  }

  /** What Spark computes for this RDD, a line for each step, for a person to read. */
  async toDebugString(): Promise<string> {
    const operation = "toDebugString()";
    return await askRdd(
      this.#plan,
      operation,
      (java) => java.callString("toDebugString"),
    );
  }

  /** Keeps the records in memory once they have been computed: `persist()` with its default. */
  cache(): this {
    return this.persist();
  }

  /**
   * Keeps the records once they have been computed, so that later actions need not again.
   *
   * @param storageLevel where; `StorageLevel.MEMORY_ONLY` by default
   * @throws RangeError when the RDD is kept at another level already
   */
  persist(storageLevel: StorageLevel = StorageLevel.MEMORY_ONLY): this {
    checkStorageLevel(storageLevel);
    markPersisted(this.#plan.node, storageLevel);
    return this;
  }

  /**
   * Lets go of the records that {@link RDD.persist} keeps.
   *
   * @param blocking whether the next action waits until all are gone; false by default
   */
  unpersist(blocking: boolean = false): this {
    dropStorageLevel(this.#plan, blocking);
    return this;
  }

  /** Whether {@link RDD.persist} was called on this RDD. */
  get isCached(): boolean {
    return this.#plan.node.state.storageLevel !== null;
  }

  /** Where the records are kept; `StorageLevel.NONE` when they are not. */
  getStorageLevel(): StorageLevel {
    return this.#plan.node.state.storageLevel ?? StorageLevel.NONE;
  }

  /**
   * Writes the records into the folder of `SparkContext.setCheckpointDir` at
   * the first action, and forgets how they were made. Has to be called before
   * that action; call {@link RDD.persist} too, or they are computed twice.
   */
  checkpoint(): this {
    this.#plan.node.state.checkpoint ??= "reliable";
    return this;
  }

  /**
   * Keeps the records on the executors at the first action, and forgets how
   * they were made: faster than {@link RDD.checkpoint}, and lost with an executor.
   */
  localCheckpoint(): this {
    this.#plan.node.state.checkpoint = "local";
    return this;
  }

  /** Whether the records have been written by {@link RDD.checkpoint} or {@link RDD.localCheckpoint}. */
  async isCheckpointed(): Promise<boolean> {
    const operation = "isCheckpointed()";
    return await askRdd(
      this.#plan,
      operation,
      (java) => java.callBoolean("isCheckpointed"),
    );
  }

  /** Whether {@link RDD.localCheckpoint} was called on this RDD. */
  get isLocallyCheckpointed(): boolean {
    return this.#plan.node.state.checkpoint === "local";
  }

  /** The folder that the records were written to by {@link RDD.checkpoint}; null before. */
  async getCheckpointFile(): Promise<string | null> {
    return await askCheckpointFile(this.#plan);
  }

  /**
   * Removes the files of the shuffles that this RDD was computed by. It can be
   * computed again, from further back.
   *
   * @param blocking whether to wait until they are gone; false by default
   */
  async cleanShuffleDependencies(blocking: boolean = false): Promise<void> {
    await cleanShuffleDependencies(this.#plan, blocking);
  }

  /**
   * Says what the executors and tasks that compute this RDD need.
   *
   * @param profile the needs
   * @throws at the action: JavaError when the cluster cannot meet them
   */
  withResources(profile: ResourceProfile): this {
    this.#plan.node.state.resources = profile;
    return this;
  }

  /** What {@link RDD.withResources} said; null when it was not called. */
  getResourceProfile(): ResourceProfile | null {
    return this.#plan.node.state.resources;
  }

  // Frames

  /**
   * A DataFrame of the records, which the workers write as Arrow. Nothing runs
   * before an action of the frame. Without types, the first 100 records tell
   * them, by the rules of `createDataFrame`; a record that does not fit fails
   * the action with its number in its partition, its column and its value.
   *
   * @throws SparkError at the frame's action `TYPE_NOT_INFERRED` when the first records do not tell a type for each column
   *
   * @example
   * ```ts
   * import { SparkSession } from "@tspark/tspark";
   *
   * await using spark = await SparkSession.builder.master("local[2]").getOrCreate();
   * const words = spark.sparkContext.parallelize(["a", "bb"])
   *   .map((word) => ({ word, length: word.length }))
   *   .toDF();
   * console.log(await words.filter("length > 1").collect()); // [{ word: "bb", length: 2 }]
   * ```
   */
  toDF<R>(this: RDD<R>): DataFrame<FrameOfRecords<R>>;
  /** A DataFrame of objects with the columns by name, or of arrays, with a schema of types. */
  toDF<S extends object>(
    this: RDD<T> & OfRows<T, S>,
    schema: StructType<S>,
  ): DataFrame<object extends S ? Record<string, unknown> : S>;
  /** A DataFrame with a schema in SQL's words. */
  toDF<const D extends string>(
    this: RDD<T> & OfRows<T, FrameWithDdl<D>>,
    schema: DdlText<D>,
  ): DataFrame<FrameWithDdl<D>>;
  /** A DataFrame of arrays, whose columns have these names. */
  toDF(names: readonly string[]): DataFrame;
  toDF(schema: FrameSchema = null): unknown {
    return frameOf(this.#plan, schema);
  }

  /** The RDD's name and operations in a line, for a person to read: `RDD[range() at app.ts:3:4 → map() at app.ts:4:4]`. */
  toString(): string {
    return `RDD[${describePlan(this.#plan.node)}]`;
  }

  /** The same as {@link RDD.toString}: an RDD's records are on the executors. */
  toJSON(): string {
    return this.toString();
  }

  #derive<U>(node: PlanNode): RDD<U> {
    return new RDD<U>({ runtime: this.#plan.runtime, node });
  }

  /** The plans of this RDD and of another of its application. */
  #sides(operation: string, other: RDD<unknown>): [PlanNode, PlanNode] {
    const plan = planOf(other);
    checkSameContext(operation, this.#plan, plan);
    return [this.#plan.node, plan.node];
  }
}

/** The plan of an RDD: for the library alone, as its members are the users'. */
export function planOf(rdd: RDD<unknown>): RddPlan {
  return planIn(rdd);
}

/** The RDD over a plan: for the library alone. */
export function rddOf<T>(plan: RddPlan): RDD<T> {
  return rddOver(plan);
}

/** Why an RDD stays out of functions. */
function refusal(): string {
  return "an RDD cannot be used inside a function that runs on the workers: transformations and actions are the driver's; collect() or broadcast what the function needs";
}
