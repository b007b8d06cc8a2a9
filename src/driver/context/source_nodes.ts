import { describeValue } from "../../common/describe_value.ts";
import type { SequenceFileOptions } from "../rdd/hadoop_options.ts";
import { checkPartitions, checkPath, checkSameContext } from "../rdd/checks.ts";
import { type PlanNode, sourceNode, unionNode } from "../rdd/plan/plan_node.ts";
import type { RddPlan } from "../rdd/plan/rdd_plan.ts";
import {
  fileSource,
  hadoopSource,
  sequenceFileSource,
} from "../rdd/sources/file_sources.ts";
import {
  parallelizeSource,
  rangeSource,
  textFileSource,
} from "../rdd/sources/sources.ts";
import { callSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";

/** The program's own records. */
export function parallelizeNode(
  data: Iterable<unknown>,
  numSlices: number | undefined,
): PlanNode {
  checkGiven("parallelize()", numSlices);
  const site = callSite("parallelize()");
  if (!isIterable(data)) {
    throw new TypeError(
      `Cannot make an RDD of ${describeValue(data)}: give ${
        typeof Object(data)[Symbol.asyncIterator] === "function"
          ? "what it holds, such as await Array.fromAsync(records)"
          : "an array or another iterable"
      }`,
    );
  }
  return parallelizeSource([...data], numSlices ?? null, site);
}

function isIterable(data: unknown): boolean {
  return data !== undefined && data !== null &&
    typeof Object(data)[Symbol.iterator] === "function";
}

/** Whole numbers in steps. @throws RangeError for a step of 0 and for numbers that are not safe integers */
export function rangeNode(
  [start, end]: readonly [number, number],
  step: number,
  numSlices: number | undefined,
): PlanNode {
  for (const value of [start, end, step]) {
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
  checkGiven("range()", numSlices);
  return rangeSource(start, end, step, numSlices ?? null, callSite("range()"));
}

/** Lines of text files. */
export function textFileNode(
  path: string,
  minPartitions: number | undefined,
): PlanNode {
  checkPath("textFile()", path);
  checkGiven("textFile()", minPartitions);
  return textFileSource(path, minPartitions ?? null, callSite("textFile()"));
}

/** No partitions and no records. */
export function emptyNode(): PlanNode {
  return sourceNode(async ({ jsc }) => {
    const java = await jsc.callObject("emptyRDD");
    return { java: java.keep(), format: { kind: "batch" } };
  }, callSite("emptyRDD()"));
}

/** The records of several RDDs. @throws TypeError for an RDD of another application */
export function unionOf(
  runtime: SparkRuntime,
  plans: readonly RddPlan[],
): PlanNode {
  if (plans.length === 0) return emptyNode();
  for (const plan of plans) {
    checkSameContext("union()", { ...plan, runtime }, plan);
  }
  return unionNode(plans.map(({ node }) => node), callSite("union()"));
}

/** Whole files, or what `saveAsObjectFile` wrote. */
export function wholeFilesNode(
  method: "wholeTextFiles" | "binaryFiles" | "objectFile",
  path: string,
  minPartitions: number | undefined,
): PlanNode {
  const operation = `${method}()`;
  checkPath(operation, path);
  checkGiven(operation, minPartitions);
  return fileSource(method, path, minPartitions ?? null, callSite(operation));
}

/** Records of one length. @throws RangeError for a length that is no whole number from 1 on */
export function binaryRecordsNode(
  path: string,
  recordLength: number,
): PlanNode {
  if (
    !Number.isInteger(recordLength) || recordLength < 1 ||
    recordLength >= 2 ** 31
  ) {
    throw new RangeError(
      `Cannot read records of ${recordLength} bytes: give a whole number from 1 on`,
    );
  }
  checkPath("binaryRecords()", path);
  const site = callSite("binaryRecords()");
  return fileSource("binaryRecords", path, recordLength, site);
}

/** The pairs of sequence files. */
export function sequenceFileNode(
  path: string,
  options: SequenceFileOptions,
): PlanNode {
  checkPath("sequenceFile()", path);
  checkGiven("sequenceFile()", options.minSplits);
  return sequenceFileSource(path, options, callSite("sequenceFile()"));
}

/** The pairs that one of Hadoop's input formats reads. */
export function hadoopNode(
  method: Parameters<typeof hadoopSource>[0],
  input: Parameters<typeof hadoopSource>[1],
): PlanNode {
  return hadoopSource(method, input, callSite(`${method}()`));
}

function checkGiven(operation: string, partitions: number | undefined): void {
  if (partitions !== undefined) checkPartitions(operation, partitions);
}
