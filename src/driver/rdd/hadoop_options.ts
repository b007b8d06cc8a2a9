import type { NumberForm } from "../../protocol/command.ts";

/** Settings of a Hadoop job, by name. */
export type HadoopConf = Readonly<Record<string, string>>;

/** Classes that stand between Hadoop's objects and plain values; each a full name, of a class on Spark's class path. */
export interface HadoopConverters {
  /** A `Converter` for keys; by default Spark's own for the common Writables. */
  readonly keyConverter?: string;
  /** A `Converter` for values; by default Spark's own for the common Writables. */
  readonly valueConverter?: string;
}

/** How Hadoop files are read. */
export interface HadoopReadOptions extends HadoopConverters {
  /** Settings of the input format; those of Spark count beside them. */
  readonly conf?: HadoopConf;
}

/** How sequence files are read. */
export interface SequenceFileOptions extends HadoopConverters {
  /** Full name of the keys' Writable; by default what the files say. */
  readonly keyClass?: string;
  /** Full name of the values' Writable; by default what the files say. */
  readonly valueClass?: string;
  /** Least number of partitions; `SparkContext.defaultMinPartitions` when left out. */
  readonly minSplits?: number;
}

/**
 * The Writables of what is saved. Numbers follow them: with `IntWritable`,
 * `LongWritable` or `DoubleWritable` (all in `org.apache.hadoop.io`) every
 * number and bigint is written as one. Without, each number goes by itself,
 * whole ones as `IntWritable` or `LongWritable` and others as `DoubleWritable`,
 * while a file takes one class only.
 */
export interface HadoopClasses {
  /** Full name of the keys' Writable; by default that of the first record. */
  readonly keyClass?: string;
  /** Full name of the values' Writable; by default that of the first record. */
  readonly valueClass?: string;
}

/** How Hadoop files are written. */
export interface HadoopSaveOptions extends HadoopClasses, HadoopConverters {
  /** Settings of the output format; those of Spark count beside them. */
  readonly conf?: HadoopConf;
}

/** How Hadoop files are written through the older of Hadoop's two interfaces. */
export interface OldHadoopSaveOptions extends HadoopSaveOptions {
  /** A codec as in `RDD.saveAsTextFile`: a short name such as `gzip`, or the full name of its class; none by default. */
  readonly compressionCodecClass?: string;
}

/** Which of Java's types the numbers become that are saved as a Writable. */
export function numberForm(writable: string | undefined): NumberForm {
  switch (writable) {
    case "org.apache.hadoop.io.IntWritable":
      return "int";
    case "org.apache.hadoop.io.LongWritable":
      return "long";
    case "org.apache.hadoop.io.DoubleWritable":
      return "double";
    default:
      return "any";
  }
}
