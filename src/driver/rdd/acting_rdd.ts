import { SparkError } from "../../common/errors.ts";
import { callSite } from "../runtime/call_site.ts";
import {
  collectRecords,
  collectStep,
  countRecords,
  iterateRecords,
  saveText,
  takeRecords,
} from "./actions.ts";
import { KeyedRdd } from "./keyed_rdd.ts";
import type { RDD } from "./rdd.ts";
import { checkFunction } from "./rdd_base.ts";

/**
 * The actions of {@link RDD}: each runs a job. They throw a `WorkerError` when
 * one of the program's functions fails, a `JavaError` when Spark does, and a
 * `ClosureError` when a function can not travel.
 */
export abstract class ActingRdd<T> extends KeyedRdd<T> {
  /** All records, in the order of the partitions. They have to fit into the driver's memory. */
  async collect(): Promise<T[]> {
    const site = callSite("collect()");
    return await collectRecords(this.runtime, this.node, site) as T[];
  }

  /** Number of records. */
  async count(): Promise<number> {
    return await countRecords(this.runtime, this.node, callSite("count()"));
  }

  /**
   * The first records, from as few partitions as will do.
   *
   * @param num how many, at most; 0 or more
   */
  async take(num: number): Promise<T[]> {
    if (!Number.isInteger(num) || num < 0) {
      throw new RangeError(
        `Cannot take ${num} records: give a whole number from 0 on`,
      );
    }
    const site = callSite("take()");
    return await takeRecords(this.runtime, this.node, num, site) as T[];
  }

  /**
   * The first record.
   *
   * @throws SparkError `RDD_EMPTY` when there is none
   */
  async first(): Promise<T> {
    const site = callSite("first()");
    const taken = await takeRecords(this.runtime, this.node, 1, site) as T[];
    if (taken.length === 0) throw emptyRdd("first()");
    return taken[0] as T;
  }

  /** Whether there is no record at all. */
  async isEmpty(): Promise<boolean> {
    const site = callSite("isEmpty()");
    return (await takeRecords(this.runtime, this.node, 1, site)).length === 0;
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
  async reduce(f: (a: T, b: T) => T): Promise<T> {
    checkFunction("reduce()", f);
    const site = callSite("reduce()");
    const step = { op: "reduce", f } as const;
    const parts = await collectStep(this.runtime, this.node, step, site);
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
  async fold(zeroValue: T, op: (a: T, b: T) => T): Promise<T> {
    checkFunction("fold()", op);
    const site = callSite("fold()");
    const step = { op: "aggregate", zero: zeroValue, f: op } as const;
    const parts = await collectStep(this.runtime, this.node, step, site);
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
  ): Promise<[A, B]>;
  /** All records taken up into a value of another type. */
  aggregate<U>(
    zeroValue: U,
    seqOp: (value: U, record: T) => U,
    combOp: (a: U, b: U) => U,
  ): Promise<U>;
  async aggregate<U>(
    zeroValue: U,
    seqOp: (value: U, record: T) => U,
    combOp: (a: U, b: U) => U,
  ): Promise<U> {
    checkFunction("aggregate()", seqOp);
    checkFunction("aggregate()", combOp);
    const site = callSite("aggregate()");
    const step = { op: "aggregate", zero: zeroValue, f: seqOp } as const;
    const parts = await collectStep(this.runtime, this.node, step, site);
    return (parts as U[]).reduce((a, b) => combOp(a, b), zeroValue);
  }

  /** The sum of all numbers; 0 when there are none. */
  async sum(this: RDD<number>): Promise<number> {
    const site = callSite("sum()");
    const step = {
      op: "aggregate",
      zero: 0,
      f: (sum: number, n: number) => sum + n,
    } as const;
    const parts = await collectStep(this.runtime, this.node, step, site);
    return (parts as number[]).reduce((a, b) => a + b, 0);
  }

  /**
   * Calls a function with each record, on the workers, for what it does there.
   *
   * @param f function of a record; what it returns is dropped
   */
  async foreach(f: (record: T) => void): Promise<void> {
    checkFunction("foreach()", f);
    const site = callSite("foreach()");
    await collectStep(this.runtime, this.node, { op: "foreach", f }, site);
  }

  /**
   * Calls a function once for each partition, on the workers, for what it does there.
   *
   * @param f function of an iterator over the partition's records
   */
  async foreachPartition(
    f: (records: IteratorObject<T, undefined>) => void,
  ): Promise<void> {
    checkFunction("foreachPartition()", f);
    const site = callSite("foreachPartition()");
    const step = { op: "foreachPartition", f } as const;
    await collectStep(this.runtime, this.node, step, site);
  }

  /**
   * Writes each record as a line of text, a file for each partition: strings
   * as they are, other primitives as `String` gives them, the rest as JSON.
   *
   * @param path folder to make, on any file system that Spark knows
   * @throws JavaError when the folder is there already
   */
  async saveAsTextFile(path: string): Promise<void> {
    const site = callSite("saveAsTextFile()");
    await saveText(this.runtime, this.node, path, site);
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
  ): AsyncGenerator<T, void, undefined> {
    const site = callSite("toLocalIterator()");
    const batches = iterateRecords(
      this.runtime,
      this.node,
      prefetchPartitions,
      site,
    );
    for await (const batch of batches) yield* batch as T[];
  }
}

function emptyRdd(operation: string): SparkError {
  return new SparkError(
    "RDD_EMPTY",
    `Cannot run ${operation} on an empty RDD: it has no record; check isEmpty() before, or use fold() or take()`,
    { operation },
  );
}
