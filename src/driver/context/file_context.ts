import {
  fileSource,
  hadoopSource,
  sequenceFileSource,
} from "../rdd/sources/file_sources.ts";
import type {
  HadoopReadOptions,
  SequenceFileOptions,
} from "../rdd/hadoop_options.ts";
import type { PlanNode } from "../rdd/plan/plan_node.ts";
import { RDD } from "../rdd/rdd.ts";
import { checkPartitions } from "../rdd/rdd_base.ts";
import { callSite } from "../runtime/call_site.ts";
import { SourceContext } from "./source_context.ts";

/**
 * The part of `SparkContext` that reads files of other forms than lines of
 * text. A path may name a file, a folder, a pattern, or several of these with
 * commas between, on any file system that Spark knows. Nothing is read before
 * an action, and a path that does not exist fails only there.
 *
 * Of Hadoop's files numbers, booleans and Text come as such, NullWritable as
 * null, BytesWritable as `Uint8Array`, ArrayWritable as array and MapWritable
 * as `Map`; a whole number is a `bigint` where it lies beyond ±2^53. What has
 * no such form comes as Java's `toString()` or a `Map` of its properties, as
 * in PySpark: a converter makes more of it.
 */
export abstract class FileContext extends SourceContext {
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
    return this.#files("wholeTextFiles", path, minPartitions);
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
    return this.#files("binaryFiles", path, minPartitions);
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
    if (
      !Number.isInteger(recordLength) || recordLength < 1 ||
      recordLength >= 2 ** 31
    ) {
      throw new RangeError(
        `Cannot read records of ${recordLength} bytes: give a whole number from 1 on`,
      );
    }
    const site = callSite("binaryRecords()");
    return this.#rdd(fileSource("binaryRecords", path, recordLength, site));
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
    return this.#files("objectFile", path, minPartitions);
  }

  /**
   * The pairs of sequence files.
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
    if (options.minSplits !== undefined) {
      checkPartitions("sequenceFile()", options.minSplits);
    }
    const site = callSite("sequenceFile()");
    return this.#rdd(sequenceFileSource(path, options, site));
  }

  /**
   * The pairs that one of Hadoop's input formats reads, of the newer interface
   * (package `mapreduce`).
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
    const site = callSite("newAPIHadoopFile()");
    return this.#rdd(hadoopSource("newAPIHadoopFile", input, site));
  }

  /**
   * As {@link FileContext.newAPIHadoopFile}, where the settings `options.conf`
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
    const site = callSite("newAPIHadoopRDD()");
    return this.#rdd(hadoopSource("newAPIHadoopRDD", input, site));
  }

  /** As {@link FileContext.newAPIHadoopFile}, for an input format of the older interface (package `mapred`). */
  hadoopFile<K, V>(
    path: string,
    inputFormatClass: string,
    keyClass: string,
    valueClass: string,
    options: HadoopReadOptions = {},
  ): RDD<[K, V]> {
    const input = { ...options, path, inputFormatClass, keyClass, valueClass };
    const site = callSite("hadoopFile()");
    return this.#rdd(hadoopSource("hadoopFile", input, site));
  }

  /** As {@link FileContext.newAPIHadoopRDD}, for an input format of the older interface (package `mapred`). */
  hadoopRDD<K, V>(
    inputFormatClass: string,
    keyClass: string,
    valueClass: string,
    options: HadoopReadOptions = {},
  ): RDD<[K, V]> {
    const path = null;
    const input = { ...options, path, inputFormatClass, keyClass, valueClass };
    const site = callSite("hadoopRDD()");
    return this.#rdd(hadoopSource("hadoopRDD", input, site));
  }

  #files<T>(
    method: "wholeTextFiles" | "binaryFiles" | "objectFile",
    path: string,
    minPartitions: number | undefined,
  ): RDD<T> {
    const operation = `${method}()`;
    if (minPartitions !== undefined) checkPartitions(operation, minPartitions);
    const site = callSite(operation);
    return this.#rdd(fileSource(method, path, minPartitions ?? null, site));
  }

  #rdd<T>(node: PlanNode): RDD<T> {
    return new RDD<T>(this.runtime, node);
  }
}
