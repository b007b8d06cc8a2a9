import type { ByteReader } from "../common/byte_reader.ts";
import { readTextMap } from "./limits.ts";
import { EVAL_TYPE } from "./marker.ts";

/** The SQL settings that Spark sends with a task. */
export interface TaskConfs {
  /** Settings of the session, such as the time zone. */
  readonly runner: ReadonlyMap<string, string>;
  /** What this evaluation adds, from Spark 4.2; else empty. */
  readonly evaluation: ReadonlyMap<string, string>;
}

/**
 * Reads one map, and only for the kinds whose input is Arrow.
 *
 * Peer: `ArrowPythonRunner.writeCommand` and its like, Spark 3.5 to 4.1.
 * Layout: nothing, or int count and per entry key and value (strings).
 *
 * @param reader where the command begins
 * @param evalType what the task evaluates
 * @throws ProtocolError `LENGTH_INVALID`, `COUNT_INVALID`, `BYTES_TRUNCATED`
 */
export function readArrowConfs(
  reader: ByteReader,
  evalType: number,
): TaskConfs {
  const runner: ReadonlyMap<string, string> = isFramedKind(evalType)
    ? new Map()
    : readTextMap(reader, "the task's settings");
  return { runner, evaluation: new Map() };
}

/**
 * Reads two maps, which every kind has.
 *
 * Peer: `PythonWorkerUtils.writeConf`, Spark 4.2 and 4.3.
 * Layout: twice int count and per entry key and value (strings).
 *
 * @param reader where the first count is next
 * @throws ProtocolError `LENGTH_INVALID`, `COUNT_INVALID`, `BYTES_TRUNCATED`
 */
export function readBothConfs(reader: ByteReader): TaskConfs {
  const runner = readTextMap(reader, "the task's settings");
  return {
    runner,
    evaluation: readTextMap(reader, "the evaluation's settings"),
  };
}

function isFramedKind(evalType: number): boolean {
  return evalType === EVAL_TYPE.NON_UDF ||
    evalType === EVAL_TYPE.SQL_BATCHED_UDF ||
    evalType === EVAL_TYPE.SQL_TABLE_UDF;
}
