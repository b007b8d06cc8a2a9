import type { ByteReader } from "../common/byte_reader.ts";
import { ProtocolError } from "../common/errors.ts";
import type { Dialect } from "./dialect.ts";
import { rulesOf } from "./dialects/mod.ts";
import type { UdfRules } from "./dialects/rules.ts";
import {
  MAX_COMMAND_BYTES,
  readCount,
  readLimitedBytes,
  readLimitedText,
} from "./limits.ts";
import { EVAL_TYPE } from "./marker.ts";
import { closeEnvelope } from "./task_header.ts";

/** Which input column a UDF is given. */
export interface UdfArgument {
  /** Index of the column; for grouped kinds the ints that Spark lists there instead. */
  readonly offset: number;
  /** The parameter's name where the query gave one, else null. */
  readonly name: string | null;
}

/** One UDF of a command. */
export interface UdfCall {
  /** What it is given, in order. */
  readonly arguments: readonly UdfArgument[];
  /** Its functions, innermost first: each is given the one before's result. */
  readonly chain: readonly Uint8Array<ArrayBuffer>[];
  /** Spark's id of the result, by which profiles are filed; null where none is sent. */
  readonly resultId: bigint | null;
}

/** The command of a task that evaluates UDFs. */
export interface UdfCommand {
  /** Type of the input as JSON; null where it is not sent. */
  readonly inputType: string | null;
  /** The profiler to run under; null for none. */
  readonly profiler: string | null;
  /** The UDFs, one per output column. */
  readonly calls: readonly UdfCall[];
}

/** Kinds whose command has more before its functions: see `readGroupStateCommand` and its like. */
const STATEFUL_KINDS: readonly number[] = [
  EVAL_TYPE.SQL_GROUPED_MAP_PANDAS_UDF_WITH_STATE,
  EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PANDAS_UDF,
  EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PANDAS_INIT_STATE_UDF,
  EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PYTHON_ROW_UDF,
  EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PYTHON_ROW_INIT_STATE_UDF,
];
const FUNCTION_KINDS: readonly number[] = Object.values(EVAL_TYPE).filter((
  kind,
) =>
  kind !== EVAL_TYPE.NON_UDF && kind < EVAL_TYPE.SQL_TABLE_UDF &&
  !STATEFUL_KINDS.includes(kind)
);

/**
 * Reads the command of a task of kinds 100 to 254, apart from streaming state.
 *
 * Peer: `PythonUDFRunner.writeUDFs`, `ArrowPythonRunner.writeUDF` and their like.
 * Layout: [string input type], [bool profiled, string profiler], int number of
 * UDFs; for each int number of arguments, per argument int offset, [bool
 * named, string name]; int number of functions, each as bytes; [long result id].
 * The dialect says which of the bracketed are there.
 *
 * @param reader the header's `commandReader`
 * @param dialect what the JVM speaks
 * @param evalType the header's kind of evaluation
 * @throws ProtocolError `EVAL_TYPE_UNSUPPORTED` for any other kind;
 *   `HEADER_LENGTH_WRONG`, `LENGTH_INVALID`, `COUNT_INVALID`, `BYTES_TRUNCATED`
 */
export function readUdfCommand(
  reader: ByteReader,
  dialect: Dialect,
  evalType: number,
): UdfCommand {
  if (!FUNCTION_KINDS.includes(evalType)) throw unsupported(evalType);
  return readFunctions(reader, dialect, evalType);
}

/** As {@link readUdfCommand}, of any kind; what some have before it was read. */
export function readFunctions(
  reader: ByteReader,
  dialect: Dialect,
  evalType: number,
): UdfCommand {
  const rules = rulesOf(dialect);
  const inputType = rules.udf.sendsInputType(evalType)
    ? readLimitedText(reader, "the input's type")
    : null;
  const profiler = rules.udf.sendsProfiler && reader.readBool()
    ? readLimitedText(reader, "the profiler's name")
    : null;
  const named = rules.udf.namesArguments(evalType);
  const withId = hasResultId(rules.udf, profiler);
  const calls: UdfCall[] = [];
  for (let left = readCount(reader, "the UDFs"); left > 0; left--) {
    calls.push({
      arguments: readArguments(reader, named),
      chain: readChain(reader),
      resultId: withId ? reader.readLong() : null,
    });
  }
  if (rules.enveloped) closeEnvelope(reader);
  return { inputType, profiler, calls };
}

/**
 * Reads the arguments of a UDF or of a table function.
 *
 * @param reader where their number is next
 * @param named whether a flag follows each offset
 * @throws ProtocolError `LENGTH_INVALID`, `COUNT_INVALID`, `BYTES_TRUNCATED`
 */
export function readArguments(
  reader: ByteReader,
  named: boolean,
): UdfArgument[] {
  const found: UdfArgument[] = [];
  for (let left = readCount(reader, "the arguments"); left > 0; left--) {
    const offset = reader.readInt();
    const name = named && reader.readBool()
      ? readLimitedText(reader, "an argument's name")
      : null;
    found.push({ offset, name });
  }
  return found;
}

/**
 * The error for a kind of evaluation that cannot be read here.
 *
 * @param evalType the header's kind
 */
export function unsupported(evalType: number): ProtocolError {
  return new ProtocolError(
    "EVAL_TYPE_UNSUPPORTED",
    `Cannot run a task of kind ${evalType}: this TSpark does not know it; update TSpark`,
    { evalType },
  );
}

function hasResultId(rules: UdfRules, profiler: string | null): boolean {
  switch (rules.sendsResultId) {
    case "never":
      return false;
    case "when profiled":
      return profiler !== null;
    case "always":
      return true;
  }
}

function readChain(reader: ByteReader): Uint8Array<ArrayBuffer>[] {
  const chain: Uint8Array<ArrayBuffer>[] = [];
  for (let left = readCount(reader, "the UDF's functions"); left > 0; left--) {
    chain.push(readLimitedBytes(reader, MAX_COMMAND_BYTES, "a UDF's function"));
  }
  return chain;
}
