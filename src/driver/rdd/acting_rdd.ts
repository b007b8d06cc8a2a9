import { SparkError } from "../../common/errors.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import {
  collectRecords,
  collectStep,
  countRecords,
  iterateRecords,
  takeRecords,
} from "./actions/actions.ts";
import type { PartitionRecords } from "./partition_records.ts";
import type { RDD } from "./rdd.ts";
import {
  checkAnyFunction,
  checkCount,
  checkFunction,
  isAsyncFunction,
} from "./rdd_base.ts";
import { SortedRdd } from "./sorted_rdd.ts";

/**
 * The actions of {@link RDD}: each runs a job. They throw a `WorkerError` when
 * one of the program's functions fails, a `JavaError` when Spark does, and a
 * `ClosureError` when a function cannot travel.
 */
export abstract class ActingRdd<T> extends SortedRdd<T> {
  /** All records, in the order of the partitions. They have to fit into the driver's memory. */
  async collect(options?: ActionOptions): Promise<T[]> {
    const site = callSite("collect()");
    return await collectRecords(this, site, options) as T[];
  }

  /** Number of records. */
  async count(options?: ActionOptions): Promise<number> {
    const site = callSite("count()");
    return await countRecords(this, site, options);
  }

  /**
   * The first records, from as few partitions as will do.
   *
   * @param num how many, at most; 0 or more
   */
  async take(num: number, options?: ActionOptions): Promise<T[]> {
    checkCount(num);
    const site = callSite("take()");
    return await takeRecords(this, num, site, options) as T[];
  }

  /**
   * The first record.
   *
   * @throws SparkError `RDD_EMPTY` when there is none
   */
  async first(options?: ActionOptions): Promise<T> {
    const site = callSite("first()");
    const taken = await takeRecords(this, 1, site, options) as T[];
    if (taken.length === 0) throw emptyRdd("first()");
    return taken[0] as T;
  }

  /** Whether there is no record at all. */
  async isEmpty(options?: ActionOptions): Promise<boolean> {
    const site = callSite("isEmpty()");
    return (await takeRecords(this, 1, site, options)).length === 0;
  }

  /**
   * All records merged two by two, first within each partition.
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
  async reduce(
    f: (a: T, b: T) => T,
    options?: ActionOptions,
  ): Promise<T> {
    checkFunction("reduce()", f);
    const site = callSite("reduce()");
    const step = { op: "reduce", f } as const;
    const parts = await collectStep(this, step, site, options);
    if (parts.length === 0) throw emptyRdd("reduce()");
    return (parts as T[]).reduce((a, b) => f(a, b));
  }

  /**
   * All records merged two by two, beginning each partition and the end result
   * with a neutral value.
   *
   * @param zeroValue neutral value; each partition gets a copy of its own
   * @param op associative and commutative function; may change and return its first argument
   */
  async fold(
    zeroValue: T,
    op: (a: T, b: T) => T,
    options?: ActionOptions,
  ): Promise<T> {
    checkFunction("fold()", op);
    const site = callSite("fold()");
    const step = { op: "aggregate", zero: zeroValue, f: op } as const;
    const parts = await collectStep(this, step, site, options);
    return (parts as T[]).reduce((a, b) => op(a, b), zeroValue);
  }

  /**
   * All records taken up into a value of another type.
   *
   * @param zeroValue neutral value; each partition gets a copy of its own
   * @param seqOp takes a record up into a partition's value; may change and return it
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
  /** All records taken up into a value of another type. */
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
    checkFunction("aggregate()", seqOp);
    checkFunction("aggregate()", combOp);
    const site = callSite("aggregate()");
    const step = { op: "aggregate", zero: zeroValue, f: seqOp } as const;
    const parts = await collectStep(this, step, site, options);
    return (parts as U[]).reduce((a, b) => combOp(a, b), zeroValue);
  }

  /** The sum of all numbers; 0 when there are none. */
  async sum(this: RDD<number>, options?: ActionOptions): Promise<number> {
    const site = callSite("sum()");
    const step = {
      op: "aggregate",
      zero: 0,
      f: (sum: number, n: number) => sum + n,
    } as const;
    const parts = await collectStep(this, step, site, options);
    return (parts as number[]).reduce((a, b) => a + b, 0);
  }

  /**
   * Calls a function with each record, on the workers, for what it does there.
   *
   * @param f function of a record; what it returns is dropped
   */
  async foreach(
    f: (record: T) => void,
    options?: ActionOptions,
  ): Promise<void> {
    checkFunction("foreach()", f);
    const site = callSite("foreach()");
    const step = { op: "foreach", f } as const;
    await collectStep(this, step, site, options);
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
    checkAnyFunction("foreachPartition()", f);
    const site = callSite("foreachPartition()");
    const op = isAsyncFunction(f)
      ? "foreachPartitionAsync"
      : "foreachPartition";
    const step = { op, f } as const;
    await collectStep(this, step, site, options);
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
  async *toLocalIterator(
    prefetchPartitions: boolean = false,
    options?: ActionOptions,
  ): AsyncGenerator<T, void, undefined> {
    const site = callSite("toLocalIterator()");
    const batches = iterateRecords(this, prefetchPartitions, site, options);
    for await (const batch of batches) yield* batch as T[];
  }
}

/** The error for an RDD without records, where there must be one. */
export function emptyRdd(operation: string): SparkError {
  return new SparkError(
    "RDD_EMPTY",
    `Cannot ${operation} empty RDD: it has no record; check isEmpty() before, or use fold() or take()`,
    { operation },
  );
}
