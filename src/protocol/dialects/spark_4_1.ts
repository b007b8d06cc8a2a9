import type { ByteReader } from "../../common/byte_reader.ts";
import { EVAL_TYPE } from "../marker.ts";
import { readArrowConfs } from "../task_confs.ts";
import { readTaskContextFields } from "../task_context.ts";
import { readBarrierIfAny } from "./barrier.ts";
import type { DialectRules } from "./rules.ts";

const NAMED_ARGUMENT_KINDS: readonly number[] = [
  EVAL_TYPE.SQL_BATCHED_UDF,
  EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
  EVAL_TYPE.SQL_SCALAR_PANDAS_UDF,
  EVAL_TYPE.SQL_GROUPED_AGG_PANDAS_UDF,
  EVAL_TYPE.SQL_WINDOW_AGG_PANDAS_UDF,
  EVAL_TYPE.SQL_SCALAR_PANDAS_ITER_UDF,
  EVAL_TYPE.SQL_SCALAR_ARROW_UDF,
  EVAL_TYPE.SQL_SCALAR_ARROW_ITER_UDF,
  EVAL_TYPE.SQL_GROUPED_AGG_ARROW_UDF,
  EVAL_TYPE.SQL_WINDOW_AGG_ARROW_UDF,
  EVAL_TYPE.SQL_TABLE_UDF,
  EVAL_TYPE.SQL_ARROW_TABLE_UDF,
  EVAL_TYPE.SQL_ARROW_UDTF,
];

/** Spark 4.1: as 4.0, with Unix sockets, Arrow kinds by name, and input types. */
export const SPARK_4_1: DialectRules = Object.freeze({
  dialect: "4.1",
  enveloped: false,
  unixSockets: true,
  readTaskContext: (reader: ByteReader) =>
    readTaskContextFields(reader, readBarrierIfAny),
  readConfs: readArrowConfs,
  reportsProcessing: false,
  udf: Object.freeze({
    namesArguments: (evalType: number) =>
      NAMED_ARGUMENT_KINDS.includes(evalType),
    sendsInputType: (evalType: number) =>
      evalType === EVAL_TYPE.SQL_ARROW_BATCHED_UDF ||
      evalType === EVAL_TYPE.SQL_ARROW_TABLE_UDF,
    sendsProfiler: true,
    sendsResultId: "when profiled",
    tableDetails: true,
    groups: "stream",
    windowBounds: "window_bound_types",
    stateFacts: "fields",
    stateLists: "messages",
    sendsTableOffsets: true,
  }),
});
