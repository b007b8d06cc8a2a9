/**
 * Files as plans: those that Spark reads whole or in pieces, and those that
 * Hadoop's input formats read, whose records pass through pickles.
 *
 * @module
 */
import type { StageInput } from "../../../protocol/command.ts";
import type { JavaArgument } from "../../gateway/java_object.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import type {
  HadoopConf,
  HadoopReadOptions,
  SequenceFileOptions,
} from "../hadoop_options.ts";
import { type PlanNode, sourceNode } from "../plan/plan_node.ts";

const PYTHON_RDD = "org.apache.spark.api.python.PythonRDD";
const AUTO_BATCH = 0; // the JVM finds a size for its pickles

/** The methods of `JavaSparkContext` that read files, with the form of their records. */
const METHODS = {
  wholeTextFiles: { kind: "pair", first: "text", second: "text" },
  binaryFiles: { kind: "pair", first: "text", second: "bytes" },
  binaryRecords: { kind: "bytes" },
  objectFile: { kind: "batch" },
} as const satisfies Readonly<Record<string, StageInput>>;

/**
 * Files as `JavaSparkContext` itself reads them.
 *
 * Peer: the method of that name of `JavaSparkContext`.
 *
 * @param method its name
 * @param path one or more files, on any file system that Spark knows
 * @param number least number of partitions, or the length of a record; null: the default for partitions
 */
export function fileSource(
  method: keyof typeof METHODS,
  path: string,
  number: number | null,
  site: CallSite,
): PlanNode {
  return sourceNode(
    async (runtime) => {
      const java = await runtime.jsc.callObject(
        method,
        path,
        number ?? runtime.defaultMinPartitions,
      );
      return { java: java.keep(), format: METHODS[method] };
    },
    site,
    path,
  );
}

/** Sequence files as a plan. Peer: `PythonRDD.sequenceFile`. */
export function sequenceFileSource(
  path: string,
  options: SequenceFileOptions,
  site: CallSite,
): PlanNode {
  return pickledSource(
    "sequenceFile",
    (runtime) => [
      path,
      options.keyClass ?? null,
      options.valueClass ?? null,
      options.keyConverter ?? null,
      options.valueConverter ?? null,
      options.minSplits ?? runtime.defaultMinPartitions,
    ],
    site,
    path,
  );
}

/** What an input format reads, and what it gives. */
export interface HadoopInput extends HadoopReadOptions {
  /** The files; null where the settings name them. */
  readonly path: string | null;
  /** Full name of the input format's class. */
  readonly inputFormatClass: string;
  /** Full name of the keys' class. */
  readonly keyClass: string;
  /** Full name of the values' class. */
  readonly valueClass: string;
}

/** What an input format reads as a plan. Peer: the method of that name of `PythonRDD`. */
export function hadoopSource(
  method: "hadoopFile" | "hadoopRDD" | "newAPIHadoopFile" | "newAPIHadoopRDD",
  input: HadoopInput,
  site: CallSite,
): PlanNode {
  return pickledSource(
    method,
    () => [
      ...(input.path === null ? [] : [input.path]),
      input.inputFormatClass,
      input.keyClass,
      input.valueClass,
      input.keyConverter ?? null,
      input.valueConverter ?? null,
      javaConf(input.conf),
    ],
    site,
    input.path,
  );
}

/** Settings as a `HashMap`. */
export function javaConf(conf: HadoopConf = {}): Map<string, string> {
  return new Map(Object.entries(conf));
}

function pickledSource(
  method: string,
  args: (runtime: SparkRuntime) => readonly JavaArgument[],
  site: CallSite,
  path: string | null,
): PlanNode {
  return sourceNode(
    async (runtime) => {
      const java = await runtime.gateway.callStaticObject(
        PYTHON_RDD,
        method,
        runtime.jsc,
        ...args(runtime),
        AUTO_BATCH,
      );
      return { java: java.keep(), format: { kind: "pickle" } };
    },
    site,
    path,
  );
}
