import type { ByteReader } from "../common/byte_reader.ts";
import type { Dialect } from "./dialect.ts";
import { rulesOf } from "./dialects/mod.ts";
import {
  MAX_COMMAND_BYTES,
  readCount,
  readLimitedBytes,
  readLimitedText,
} from "./limits.ts";
import { EVAL_TYPE } from "./marker.ts";
import { closeEnvelope } from "./task_header.ts";
import { readArguments, type UdfArgument, unsupported } from "./udf_command.ts";

/** The command of a task that evaluates a table function. */
export interface TableCommand {
  /** Type of the input as JSON; null where it is not sent. */
  readonly inputType: string | null;
  /** Which arguments are tables, where Spark 4.1 lists them for kind 302; else empty. */
  readonly tableOffsets: readonly number[];
  /** What the function is given, in order. */
  readonly arguments: readonly UdfArgument[];
  /** Input columns by which a table argument is partitioned. */
  readonly partitionColumns: readonly number[];
  /** What the function's analysis gave on the driver; null without analysis. */
  readonly analysis: Uint8Array<ArrayBuffer> | null;
  /** The function. */
  readonly handler: Uint8Array<ArrayBuffer>;
  /** Type of the output as JSON. */
  readonly returnType: string;
  /** The function's name; null where it is not sent. */
  readonly name: string | null;
}

/**
 * Reads the command of a task of kinds 300 to 302.
 *
 * Peer: `PythonUDTFRunner.writeUDTF`, `ArrowPythonUDTFRunner`.
 * Layout: [string input type], [int count and int table argument offsets],
 * arguments as UDFs have them, [int count and int partition columns, bool
 * analysed, bytes of the analysis], bytes of the function, string return type,
 * [string name]. The dialect says which of the bracketed are there.
 *
 * @param reader the header's `commandReader`
 * @param dialect what the JVM speaks
 * @param evalType the header's kind of evaluation
 * @throws ProtocolError `EVAL_TYPE_UNSUPPORTED` for any other kind;
 *   `HEADER_LENGTH_WRONG`, `LENGTH_INVALID`, `COUNT_INVALID`, `BYTES_TRUNCATED`
 */
export function readTableCommand(
  reader: ByteReader,
  dialect: Dialect,
  evalType: number,
): TableCommand {
  if (!TABLE_KINDS.includes(evalType)) throw unsupported(evalType);
  const { udf, enveloped } = rulesOf(dialect);
  const inputType = udf.sendsInputType(evalType)
    ? readLimitedText(reader, "the input's type")
    : null;
  const tableOffsets =
    udf.sendsTableOffsets && evalType === EVAL_TYPE.SQL_ARROW_UDTF
      ? readInts(reader, "the table arguments")
      : [];
  const found = readArguments(reader, udf.namesArguments(evalType));
  const partitionColumns = udf.tableDetails
    ? readInts(reader, "the partition columns")
    : [];
  const analysis = udf.tableDetails && reader.readBool()
    ? readLimitedBytes(reader, MAX_COMMAND_BYTES, "the analysis")
    : null;
  const command: TableCommand = {
    inputType,
    tableOffsets,
    arguments: found,
    partitionColumns,
    analysis,
    handler: readLimitedBytes(reader, MAX_COMMAND_BYTES, "the table function"),
    returnType: readLimitedText(reader, "the return type"),
    name: udf.tableDetails
      ? readLimitedText(reader, "the table function's name")
      : null,
  };
  if (enveloped) closeEnvelope(reader);
  return command;
}

const TABLE_KINDS: readonly number[] = [
  EVAL_TYPE.SQL_TABLE_UDF,
  EVAL_TYPE.SQL_ARROW_TABLE_UDF,
  EVAL_TYPE.SQL_ARROW_UDTF,
];

function readInts(reader: ByteReader, what: string): number[] {
  const ints: number[] = [];
  for (let left = readCount(reader, what); left > 0; left--) {
    ints.push(reader.readInt());
  }
  return ints;
}
