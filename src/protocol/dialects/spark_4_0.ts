import type { ByteReader } from "../../common/byte_reader.ts";
import { EVAL_TYPE } from "../marker.ts";
import { readArrowConfs } from "../task_confs.ts";
import { readTaskContextFields } from "../task_context.ts";
import { readPaddedBarrier } from "./barrier.ts";
import type { DialectRules } from "./rules.ts";

const NAMED_ARGUMENT_KINDS: readonly number[] = [
  EVAL_TYPE.SQL_BATCHED_UDF,
  EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
  EVAL_TYPE.SQL_SCALAR_PANDAS_UDF,
  EVAL_TYPE.SQL_GROUPED_AGG_PANDAS_UDF,
  EVAL_TYPE.SQL_WINDOW_AGG_PANDAS_UDF,
  EVAL_TYPE.SQL_SCALAR_PANDAS_ITER_UDF,
];

/** Spark 4.0: as 3.5, with named arguments, profilers and table functions that know more. */
export const SPARK_4_0: DialectRules = Object.freeze({
  dialect: "4.0",
  enveloped: false,
  unixSockets: false,
  readTaskContext: (reader: ByteReader) =>
    readTaskContextFields(reader, readPaddedBarrier),
  readConfs: readArrowConfs,
  reportsProcessing: false,
  udf: Object.freeze({
    namesArguments: (evalType: number) =>
      NAMED_ARGUMENT_KINDS.includes(evalType) || isTableFunction(evalType),
    sendsInputType: () => false,
    sendsProfiler: true,
    sendsResultId: "when profiled",
    tableDetails: true,
    groups: "batch",
    windowBounds: "pandas_window_bound_types",
    stateFacts: "fields",
    stateLists: "streams",
    sendsTableOffsets: false,
  }),
});

function isTableFunction(evalType: number): boolean {
  return evalType === EVAL_TYPE.SQL_TABLE_UDF ||
    evalType === EVAL_TYPE.SQL_ARROW_TABLE_UDF;
}
