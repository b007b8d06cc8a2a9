import type { ByteWriter } from "../common/byte_writer.ts";
import { MARKER } from "./marker.ts";

/** A column by which the rows of a table argument are ordered. */
export interface AnalyzedOrder {
  /** A column, or an expression of SQL. */
  readonly name: string;
  readonly ascending: boolean;
  /** Where nulls go; null: first when ascending, else last. */
  readonly nullsFirst: boolean | null;
}

/** What a table function says of a call. */
export interface Analysis {
  /** The columns that it gives, as JSON. */
  readonly schema: string;
  /** What comes back with the task's command. */
  readonly state: Uint8Array;
  readonly withSinglePartition: boolean;
  /** Columns or expressions of SQL. */
  readonly partitionBy: readonly string[];
  readonly orderBy: readonly AnalyzedOrder[];
  /** Columns or expressions of the table argument, with names where they get new ones. */
  readonly select: readonly { readonly name: string; readonly alias: string }[];
}

/**
 * Writes what a table function says of a call.
 *
 * Peer: `UserDefinedPythonTableFunctionAnalyzeRunner.receiveFromPython`, Spark
 * 4.0 – 4.3. Layout: string schema, bytes state, int single partition, int
 * count and strings, int count and for each string, int ascending, int nulls
 * (0 as usual, 1 first, 2 last), int count and for each string and string.
 */
export function writeAnalysis(writer: ByteWriter, analysis: Analysis): void {
  writer.writeString(analysis.schema).writeSizedBytes(analysis.state)
    .writeInt(analysis.withSinglePartition ? 1 : 0);
  writer.writeInt(analysis.partitionBy.length);
  for (const name of analysis.partitionBy) writer.writeString(name);
  writer.writeInt(analysis.orderBy.length);
  for (const { name, ascending, nullsFirst } of analysis.orderBy) {
    writer.writeString(name).writeInt(ascending ? 1 : 0)
      .writeInt(nullsFirst === null ? 0 : nullsFirst ? 1 : 2);
  }
  writer.writeInt(analysis.select.length);
  for (const { name, alias } of analysis.select) {
    writer.writeString(name).writeString(alias);
  }
}

/**
 * Writes a source that was made.
 *
 * Peer: `UserDefinedPythonDataSourceRunner.receiveFromPython`, Spark 4.0 – 4.3.
 * Layout: bytes, int 1 for words of SQL or 0 for JSON, string schema.
 *
 * @param instance what comes back with later questions
 * @param schema its columns, as JSON or in SQL's words
 */
export function writeCreated(
  writer: ByteWriter,
  instance: Uint8Array,
  schema: { readonly text: string; readonly isDdl: boolean },
): void {
  writer.writeSizedBytes(instance).writeInt(schema.isDdl ? 1 : 0)
    .writeString(schema.text);
}

/**
 * Writes how a source is read.
 *
 * Peer: `PythonDataSourceReadInfo`, Spark 4.0 – 4.3. Layout: bytes, the
 * command of each task, then int count and bytes of each partition.
 */
export function writeReading(
  writer: ByteWriter,
  command: Uint8Array,
  partitions: readonly Uint8Array[],
): void {
  writer.writeSizedBytes(command);
  writeBlobs(writer, partitions);
}

/** Writes int count and bytes of each. */
export function writeBlobs(
  writer: ByteWriter,
  blobs: readonly Uint8Array[],
): void {
  writer.writeInt(blobs.length);
  for (const blob of blobs) writer.writeSizedBytes(blob);
}

/** Writes int count and ints: which filters a source applies itself. Peer: `PythonFilterPushdownResult`, Spark 4.1 – 4.3. */
export function writePushed(
  writer: ByteWriter,
  pushed: readonly number[],
): void {
  writer.writeInt(pushed.length);
  for (const at of pushed) writer.writeInt(at);
}

/**
 * Writes how a source is written.
 *
 * Peer: `PythonDataSourceWriteInfo`, Spark 4.0 – 4.3. Layout: bytes, the
 * command of each task, then bytes, what comes back with the commit.
 */
export function writeWriting(
  writer: ByteWriter,
  command: Uint8Array,
  state: Uint8Array,
): void {
  writer.writeSizedBytes(command).writeSizedBytes(state);
}

/** Writes that a commit or its like was done. Layout: int 0. */
export function writeDone(writer: ByteWriter): void {
  writer.writeInt(0);
}

/**
 * Writes what follows every answer.
 *
 * Peer: `PythonWorkerUtils.receiveAccumulatorUpdates`, Spark 4.0 – 4.3.
 * Layout: int 0, no updates, and int -4, so that the connection is kept.
 */
export function writeAnswerEnd(writer: ByteWriter): void {
  writer.writeInt(0).writeInt(MARKER.END_OF_STREAM);
}

/** Writes why there is no answer. Layout: int -2, string. */
export function writeAnswerFailure(writer: ByteWriter, text: string): void {
  writer.writeInt(MARKER.PYTHON_EXCEPTION_THROWN).writeString(text);
}
