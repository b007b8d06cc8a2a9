import { readBothConfs } from "../task_confs.ts";
import { readTaskContextJson } from "../task_context_json.ts";
import type { DialectRules } from "./rules.ts";

/** Spark 4.2: the task context is JSON, and every kind has the same settings, flags and ids. */
export const SPARK_4_2: DialectRules = Object.freeze({
  dialect: "4.2",
  enveloped: false,
  unixSockets: true,
  readTaskContext: readTaskContextJson,
  readConfs: readBothConfs,
  reportsProcessing: true,
  udf: Object.freeze({
    namesArguments: () => true,
    sendsInputType: () => false,
    sendsProfiler: false,
    sendsResultId: "always",
    tableDetails: true,
    groups: "stream",
    windowBounds: "window_bound_types",
    stateFacts: "settings",
    stateLists: "messages",
    sendsTableOffsets: false,
  }),
});
