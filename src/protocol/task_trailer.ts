import type { ByteReader } from "../common/byte_reader.ts";
import type { ByteWriter } from "../common/byte_writer.ts";
import {
  type AccumulatorUpdate,
  writeAccumulatorUpdate,
} from "./accumulator_update.ts";
import type { Dialect } from "./dialect.ts";
import { rulesOf } from "./dialects/mod.ts";
import { MARKER } from "./marker.ts";

/** When a task did what, in milliseconds since 1970; fractions are cut off. */
export interface TaskTimings {
  /** When the task's first byte was read. */
  readonly bootMs: number;
  /** When the function was ready to run. */
  readonly initMs: number;
  /** When the last output was written. */
  readonly finishMs: number;
  /** How long the function ran over the input, in milliseconds; sent from Spark 4.2. */
  readonly processingMs: number;
}

/** What a worker says after a task's output. */
export interface TaskTrailer {
  /** When the task did what. */
  readonly timings: TaskTimings;
  /** Bytes of memory that spilling set free. */
  readonly memoryBytesSpilled: bigint;
  /** Bytes that spilling wrote to disk. */
  readonly diskBytesSpilled: bigint;
  /** What the task added to accumulators. */
  readonly accumulatorUpdates: readonly AccumulatorUpdate[];
}

/**
 * Writes the end of a task that went well, up to but without the answer to the
 * JVM's end of stream: flush, read it with {@link readTaskEnd}, then
 * {@link writeTaskEnd}.
 *
 * Peer: `BasePythonRunner.ReaderIterator.handleTimingData`, `handleEndOfDataSection`.
 * Layout: int -3, longs boot, init, finish (ms since 1970), from 4.2 long
 * processing (ms), longs memory and disk bytes spilled, int -1, int count,
 * and the updates as bytes.
 *
 * @param writer where the output went
 * @param dialect what the JVM speaks
 * @param trailer times, spilled bytes and accumulator updates
 */
export function writeTaskTrailer(
  writer: ByteWriter,
  dialect: Dialect,
  trailer: TaskTrailer,
): void {
  const { timings } = trailer;
  writer.writeInt(MARKER.TIMING_DATA)
    .writeLong(wholeMs(timings.bootMs))
    .writeLong(wholeMs(timings.initMs))
    .writeLong(wholeMs(timings.finishMs));
  if (rulesOf(dialect).reportsProcessing) {
    writer.writeLong(wholeMs(timings.processingMs));
  }
  writer.writeLong(trailer.memoryBytesSpilled)
    .writeLong(trailer.diskBytesSpilled)
    .writeInt(MARKER.END_OF_DATA_SECTION)
    .writeInt(trailer.accumulatorUpdates.length);
  for (const update of trailer.accumulatorUpdates) {
    writeAccumulatorUpdate(writer, update);
  }
}

/**
 * Writes that a task failed, after which the worker ends. Not inside a frame
 * or an Arrow stream.
 *
 * Peer: `BasePythonRunner.ReaderIterator.handlePythonException`. Layout: int -2, string.
 *
 * @param writer where the output went
 * @param text what the user shall read
 */
export function writeTaskFailure(writer: ByteWriter, text: string): void {
  writer.writeInt(MARKER.PYTHON_EXCEPTION_THROWN).writeString(text);
}

/**
 * Reads what follows a task's input when all of it was read.
 *
 * Peer: `BasePythonRunner.Writer`. Layout: int -4.
 *
 * @param reader the connection, after the input
 * @returns true for the JVM's end of stream; false for anything else or a closed
 *   connection: the worker cannot be used again
 */
export function readTaskEnd(reader: ByteReader): boolean {
  return reader.fill(4) && reader.readInt() === MARKER.END_OF_STREAM;
}

/**
 * Writes whether the worker waits for another task on this connection.
 *
 * Peer: `BasePythonRunner.ReaderIterator.handleEndOfDataSection`. Layout: int -4 or -1.
 *
 * @param writer where the trailer went
 * @param reusable true to stay; false to be closed by the JVM
 */
export function writeTaskEnd(writer: ByteWriter, reusable: boolean): void {
  writer.writeInt(
    reusable ? MARKER.END_OF_STREAM : MARKER.END_OF_DATA_SECTION,
  );
}

function wholeMs(ms: number): bigint {
  return BigInt(Math.trunc(ms));
}
