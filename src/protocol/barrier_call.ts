import { ByteReader } from "../common/byte_reader.ts";
import type { ByteWriter } from "../common/byte_writer.ts";
import { SparkError, WorkerError } from "../common/errors.ts";

const BARRIER = 1;
const ALL_GATHER = 2;
const INT_BYTES = 4;

/**
 * Writes a call to the barrier's coordinator.
 *
 * Peer: `BasePythonRunner`'s barrier server, Spark 3.5 – 4.3. Layout: int 1; or
 * int 2 and a string, the message.
 *
 * @param message what all tasks shall get; null only to wait for them
 */
export function writeBarrierCall(
  writer: ByteWriter,
  message: string | null,
): void {
  if (message === null) writer.writeInt(BARRIER);
  else writer.writeInt(ALL_GATHER).writeString(message);
}

/**
 * Reads the whole answer to a barrier call.
 *
 * Peer: `BasePythonRunner.barrierAndServe`. Layout: int count and strings; or,
 * when the barrier failed, only a string, the reason. Then the JVM closes.
 *
 * @param answer all bytes up to the end of the connection
 * @returns what the tasks said, by partition; one word of the JVM's own after a mere barrier
 * @throws WorkerError `BARRIER_FAILED` with Spark's reason
 */
export function readBarrierAnswer(
  answer: Uint8Array<ArrayBuffer>,
): string[] {
  const messages = readMessages(answer);
  if (messages !== null) return messages;
  const isReason = answer.length >= INT_BYTES &&
    ByteReader.of(answer).readInt() === answer.length - INT_BYTES;
  const reason = isReason
    ? `Spark says "${new TextDecoder().decode(answer.subarray(INT_BYTES))}"`
    : `Spark closed the connection after ${answer.length} bytes; another task may have failed, or the job was cancelled`;
  throw new WorkerError(
    "BARRIER_FAILED",
    `Cannot wait for the other tasks of the barrier stage: ${reason}`,
  );
}

/** The error of asking for a barrier where there is none, in PySpark's words. */
export function notInBarrierStage(): SparkError {
  return new SparkError(
    "NOT_IN_BARRIER_STAGE",
    "Cannot get the barrier's task context: it is not in a barrier stage; call BarrierTaskContext.get() inside a function that is given to rdd.barrier()",
  );
}

/** The messages, if the bytes are a count and as many strings. */
function readMessages(answer: Uint8Array<ArrayBuffer>): string[] | null {
  const view = new DataView(
    answer.buffer,
    answer.byteOffset,
    answer.byteLength,
  );
  if (answer.length < INT_BYTES) return null;
  const count = view.getInt32(0);
  const messages: string[] = [];
  const text = new TextDecoder("utf-8", { ignoreBOM: true });
  let at = INT_BYTES;
  for (let i = 0; i < count; i++) {
    if (at + INT_BYTES > answer.length) return null;
    const start = at + INT_BYTES;
    const length = view.getInt32(at);
    if (length < 0 || start + length > answer.length) return null;
    at = start + length;
    messages.push(text.decode(answer.subarray(start, at)));
  }
  return at === answer.length && count >= 0 ? messages : null;
}
