import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import { AsyncRdd } from "./async_rdd.ts";
import { javaConf } from "./sources/file_sources.ts";
import {
  type HadoopClasses,
  type HadoopConf,
  type HadoopConverters,
  type HadoopSaveOptions,
  numberForm,
  type OldHadoopSaveOptions,
} from "./hadoop_options.ts";
import type { RDD } from "./rdd.ts";
import {
  type PairForms,
  saveObjects,
  savePairs,
  saveText,
} from "./save_records.ts";

/**
 * The actions of {@link RDD} that write files: a new folder with a file for
 * each partition, on any file system that Spark knows. They throw a
 * `JavaError` when the folder is there already.
 *
 * Hadoop's formats take pairs of null, booleans, numbers, bigints, strings,
 * `Uint8Array`, `Map` and plain objects, and arrays of these; what numbers
 * become is said at {@link HadoopClasses}.
 */
export abstract class SavingRdd<T> extends AsyncRdd<T> {
  /**
   * Writes each record as a line of text: strings as they are, other
   * primitives as `String` gives them, the rest as JSON.
   *
   * @param path folder to make
   * @param compressionCodecClass full name of a codec's class, such as
   *   `org.apache.hadoop.io.compress.GzipCodec`; none by default
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const save = (lines: RDD<string>) =>
   *   lines.saveAsTextFile("out", "org.apache.hadoop.io.compress.GzipCodec");
   * ```
   */
  async saveAsTextFile(
    path: string,
    compressionCodecClass?: string | null,
    options?: ActionOptions,
  ): Promise<void> {
    const { runtime, node } = this;
    await runtime.action(
      callSite("saveAsTextFile()"),
      () => saveText(runtime, node, path, compressionCodecClass ?? null),
      options,
    );
  }

  /**
   * Writes the records in TSpark's own form, so that `SparkContext.objectFile`
   * gives them back as they are.
   *
   * @param path folder to make
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
    const { runtime, node } = this;
    await runtime.action(
      callSite("saveAsObjectFile()"),
      () => saveObjects(runtime, node, path),
      options,
    );
  }

  /**
   * Writes pairs as a sequence file, whose classes are those of the first pair.
   *
   * @param path folder to make
   * @param compressionCodecClass full name of a codec's class; none by default
   * @param options what numbers become, where the first pair's do not tell
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
  async saveAsSequenceFile<K, V>(
    this: RDD<[K, V]>,
    path: string,
    compressionCodecClass?: string | null,
    options: HadoopClasses & ActionOptions = {},
  ): Promise<void> {
    const { runtime, node } = this;
    const args = [path, compressionCodecClass ?? null];
    await runtime.action(
      callSite("saveAsSequenceFile()"),
      () =>
        savePairs(runtime, node, "saveAsSequenceFile", formsOf(options), args),
      options,
    );
  }

  /**
   * Writes pairs by one of Hadoop's output formats, of the newer interface
   * (package `mapreduce`).
   *
   * @param path folder to make
   * @param outputFormatClass full name of the output format's class
   * @param options classes, converters and settings
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
  async saveAsNewAPIHadoopFile<K, V>(
    this: RDD<[K, V]>,
    path: string,
    outputFormatClass: string,
    options: HadoopSaveOptions & ActionOptions = {},
  ): Promise<void> {
    const { runtime, node } = this;
    const args = fileArguments(path, outputFormatClass, options);
    await runtime.action(
      callSite("saveAsNewAPIHadoopFile()"),
      () =>
        savePairs(
          runtime,
          node,
          "saveAsNewAPIHadoopFile",
          formsOf(options),
          args,
        ),
      options,
    );
  }

  /** As {@link SavingRdd.saveAsNewAPIHadoopFile}, by an output format of the older interface (package `mapred`). */
  async saveAsHadoopFile<K, V>(
    this: RDD<[K, V]>,
    path: string,
    outputFormatClass: string,
    options: OldHadoopSaveOptions & ActionOptions = {},
  ): Promise<void> {
    const { runtime, node } = this;
    const args = [
      ...fileArguments(path, outputFormatClass, options),
      options.compressionCodecClass ?? null,
    ];
    await runtime.action(
      callSite("saveAsHadoopFile()"),
      () =>
        savePairs(runtime, node, "saveAsHadoopFile", formsOf(options), args),
      options,
    );
  }

  /**
   * Writes pairs where the settings of a Hadoop job say, of the newer
   * interface (package `mapreduce`).
   *
   * @param conf the settings: `mapreduce.job.outputformat.class`,
   *   `mapreduce.output.fileoutputformat.outputdir`, and the classes
   *   `mapreduce.job.output.key.class` and `mapreduce.job.output.value.class`
   */
  async saveAsNewAPIHadoopDataset<K, V>(
    this: RDD<[K, V]>,
    conf: HadoopConf,
    options: HadoopConverters & ActionOptions = {},
  ): Promise<void> {
    const { runtime, node } = this;
    const args = datasetArguments(conf, options, true);
    await runtime.action(
      callSite("saveAsNewAPIHadoopDataset()"),
      () =>
        savePairs(runtime, node, "saveAsHadoopDataset", formsIn(conf), args),
      options,
    );
  }

  /**
   * As {@link SavingRdd.saveAsNewAPIHadoopDataset}, of the older interface
   * (package `mapred`), where `mapred.output.format.class` names the format.
   *
   * @param conf the settings
   */
  async saveAsHadoopDataset<K, V>(
    this: RDD<[K, V]>,
    conf: HadoopConf,
    options: HadoopConverters & ActionOptions = {},
  ): Promise<void> {
    const { runtime, node } = this;
    const args = datasetArguments(conf, options, false);
    await runtime.action(
      callSite("saveAsHadoopDataset()"),
      () =>
        savePairs(runtime, node, "saveAsHadoopDataset", formsIn(conf), args),
      options,
    );
  }
}

function formsOf({ keyClass, valueClass }: HadoopClasses): PairForms {
  return { key: numberForm(keyClass), value: numberForm(valueClass) };
}

/** The classes as settings name them, now or before Hadoop 2. */
function formsIn(conf: HadoopConf): PairForms {
  const classOf = (half: "key" | "value"): string | undefined =>
    conf[`mapreduce.job.output.${half}.class`] ??
      conf[`mapred.output.${half}.class`];
  return {
    key: numberForm(classOf("key")),
    value: numberForm(classOf("value")),
  };
}

function fileArguments(
  path: string,
  outputFormatClass: string,
  options: HadoopSaveOptions,
): (string | null | Map<string, string>)[] {
  return [
    path,
    outputFormatClass,
    options.keyClass ?? null,
    options.valueClass ?? null,
    options.keyConverter ?? null,
    options.valueConverter ?? null,
    javaConf(options.conf),
  ];
}

function datasetArguments(
  conf: HadoopConf,
  options: HadoopConverters,
  isNewApi: boolean,
): (string | null | boolean | Map<string, string>)[] {
  return [
    javaConf(conf),
    options.keyConverter ?? null,
    options.valueConverter ?? null,
    isNewApi,
  ];
}
