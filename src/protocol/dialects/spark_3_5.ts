import type { ByteReader } from "../../common/byte_reader.ts";
import { readArrowConfs } from "../task_confs.ts";
import { readTaskContextFields } from "../task_context.ts";
import { readPaddedBarrier } from "./barrier.ts";
import type { DialectRules } from "./rules.ts";

/** Spark 3.5: fields one by one, TCP only, nothing optional. */
export const SPARK_3_5: DialectRules = Object.freeze({
  dialect: "3.5",
  enveloped: false,
  unixSockets: false,
  readTaskContext: (reader: ByteReader) =>
    readTaskContextFields(reader, readPaddedBarrier),
  readConfs: readArrowConfs,
  reportsProcessing: false,
  udf: Object.freeze({
    namesArguments: () => false,
    sendsInputType: () => false,
    sendsProfiler: false,
    sendsResultId: "never",
    tableDetails: false,
    groups: "batch",
    windowBounds: "pandas_window_bound_types",
    stateFacts: "fields",
    stateLists: "streams",
    sendsTableOffsets: false,
  }),
});
