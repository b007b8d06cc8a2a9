import { collectPartitions } from "../rdd/actions/actions.ts";
import { countPartitions } from "../rdd/plan/materialize.ts";
import type { PartitionRecords } from "../rdd/partition_records.ts";
import { sourceNode, stageNode, unionNode } from "../rdd/plan/plan_node.ts";
import { RDD } from "../rdd/rdd.ts";
import {
  checkFunction,
  checkPartitions,
  checkSameContext,
} from "../rdd/rdd_base.ts";
import {
  parallelizeSource,
  rangeSource,
  textFileSource,
} from "../rdd/sources/sources.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import { JobContext } from "./job_context.ts";

/** The part of `SparkContext` that makes RDDs, and runs a function over some of an RDD's partitions. */
export abstract class SourceContext extends JobContext {
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
    return new RDD<T>(this.runtime, node);
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
    return new RDD<number>(this.runtime, node);
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
    return new RDD<string>(this.runtime, node);
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
    const node = sourceNode(async ({ jsc }) => {
      const java = await jsc.callObject("emptyRDD");
      return { java: java.keep(), format: { kind: "batch" } };
    }, callSite("emptyRDD()"));
    return new RDD<T>(this.runtime, node);
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
    const empty = this.emptyRDD<T>();
    for (const rdd of rdds) checkSameContext("union()", empty, rdd);
    if (rdds.length === 0) return empty;
    const nodes = rdds.map(({ node }) => node);
    return new RDD<T>(this.runtime, unionNode(nodes, callSite("union()")));
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
    checkFunction("runJob()", partitionFunc);
    const site = callSite("runJob()");
    const { runtime, node } = rdd;
    const step = {
      op: "mapPartitions",
      f: partitionFunc,
      indexed: false,
    } as const;
    const top = stageNode(node, step, site);
    const results = await runtime.action(site, async () => {
      if (partitions !== undefined) {
        checkIndices(partitions, await countPartitions(runtime, node));
      }
      return await collectPartitions(runtime, node, top, partitions ?? null);
    }, options);
    return results as U[];
  }
}

function checkIndices(indices: readonly number[], partitions: number): void {
  for (const index of indices) {
    if (Number.isInteger(index) && index >= 0 && index < partitions) continue;
    throw new RangeError(
      `Cannot run a job on partition ${index}: the RDD has ${partitions} partitions, numbered from 0`,
    );
  }
}
