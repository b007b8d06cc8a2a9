/**
 * Actions that write files: a new folder with a file for each partition.
 *
 * @module
 */
import { act } from "./act.ts";
import type { JavaArgument } from "../../gateway/java_value.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { callSite } from "../../runtime/call_site.ts";
import {
  type HadoopClasses,
  type HadoopConf,
  type HadoopConverters,
  type HadoopSaveOptions,
  numberForm,
  type OldHadoopSaveOptions,
} from "../hadoop_options.ts";
import { checkPath } from "../checks.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { javaConf } from "../sources/file_sources.ts";
import { codecClass } from "./codec_class.ts";
import {
  type PairForms,
  type PairMethod,
  saveObjects,
  savePairs,
  saveText,
} from "./save_records.ts";

/** Writes each record as a line of text. */
export async function saveAsTextFile(
  { runtime, node }: RddPlan,
  path: string,
  codec: string | null,
  options?: ActionOptions,
): Promise<void> {
  checkFolder("saveAsTextFile()", path);
  await act(
    { runtime, node },
    callSite("saveAsTextFile()"),
    () => saveText(runtime, node, path, codecClass(codec)),
    options,
  );
}

/** Writes the records in TSpark's own form. */
export async function saveAsObjectFile(
  { runtime, node }: RddPlan,
  path: string,
  options?: ActionOptions,
): Promise<void> {
  checkFolder("saveAsObjectFile()", path);
  await act(
    { runtime, node },
    callSite("saveAsObjectFile()"),
    () => saveObjects(runtime, node, path),
    options,
  );
}

/** Writes pairs as a sequence file. */
export async function saveAsSequenceFile(
  plan: RddPlan,
  path: string,
  codec: string | null,
  options: HadoopClasses & ActionOptions,
): Promise<void> {
  checkFolder("saveAsSequenceFile()", path);
  await saveWith(plan, {
    operation: "saveAsSequenceFile()",
    method: "saveAsSequenceFile",
    forms: formsOf(options),
    args: [path, codecClass(codec)],
  }, options);
}

/** Writes pairs by an output format of the package `mapreduce`. */
export async function saveAsNewAPIHadoopFile(
  plan: RddPlan,
  path: string,
  outputFormatClass: string,
  options: HadoopSaveOptions & ActionOptions,
): Promise<void> {
  checkFolder("saveAsNewAPIHadoopFile()", path);
  await saveWith(plan, {
    operation: "saveAsNewAPIHadoopFile()",
    method: "saveAsNewAPIHadoopFile",
    forms: formsOf(options),
    args: fileArguments(path, outputFormatClass, options),
  }, options);
}

/** Writes pairs by an output format of the package `mapred`. */
export async function saveAsHadoopFile(
  plan: RddPlan,
  path: string,
  outputFormatClass: string,
  options: OldHadoopSaveOptions & ActionOptions,
): Promise<void> {
  checkFolder("saveAsHadoopFile()", path);
  const codec = codecClass(options.compressionCodecClass ?? null);
  await saveWith(plan, {
    operation: "saveAsHadoopFile()",
    method: "saveAsHadoopFile",
    forms: formsOf(options),
    args: [...fileArguments(path, outputFormatClass, options), codec],
  }, options);
}

/** Writes pairs where the settings of a Hadoop job say. */
export async function saveAsDataset(
  plan: RddPlan,
  operation: "saveAsHadoopDataset()" | "saveAsNewAPIHadoopDataset()",
  conf: HadoopConf,
  options: HadoopConverters & ActionOptions,
): Promise<void> {
  const isNewApi = operation === "saveAsNewAPIHadoopDataset()";
  await saveWith(plan, {
    operation,
    method: "saveAsHadoopDataset",
    forms: formsIn(conf),
    args: datasetArguments(conf, options, isNewApi),
  }, options);
}

/** How pairs are written. */
interface PairSave {
  readonly operation: string;
  readonly method: PairMethod;
  readonly forms: PairForms;
  readonly args: readonly JavaArgument[];
}

async function saveWith(
  { runtime, node }: RddPlan,
  { operation, method, forms, args }: PairSave,
  options: ActionOptions,
): Promise<void> {
  await act(
    { runtime, node },
    callSite(operation),
    () => savePairs(runtime, node, method, forms, args),
    options,
  );
}

function checkFolder(operation: string, path: unknown): void {
  checkPath(operation, path, "out/words");
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
