import { errorMessage } from "../../src/common/error_message.ts";
import { ByteWriter } from "../../src/common/byte_writer.ts";
import { WorkerError } from "../../src/common/errors.ts";
import {
  readBarrierAnswer,
  writeBarrierCall,
} from "../../src/protocol/barrier_call.ts";
import type { LocalConnection } from "./local_connection.ts";

/**
 * Calls the coordinator of a barrier stage, and waits until all of the stage's
 * tasks have called it.
 *
 * @param connect makes a connection to it
 * @param message what all tasks shall get; null only to wait for them
 * @returns the tasks' messages, by partition; nothing that counts for a mere wait
 * @throws WorkerError `BARRIER_FAILED` when the connection or the barrier fails
 */
export function callBarrier(
  connect: () => LocalConnection,
  message: string | null,
): string[] {
  let connection: LocalConnection | undefined;
  try {
    connection = connect();
    const writer = new ByteWriter();
    writeBarrierCall(writer, message);
    connection.io.write(writer.view());
    return readBarrierAnswer(readToEnd(connection));
  } catch (error) {
    throw error instanceof WorkerError ? error : failed(error);
  } finally {
    connection?.io.close();
  }
}

function readToEnd({ reader }: LocalConnection): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  while (reader.fill(1)) {
    writer.writeBytes(reader.window);
    reader.skip(reader.window.length);
  }
  return writer.finish();
}

/** What the connection's errors mean here: of the task's own connection they would be its quiet end. */
function failed(cause: unknown): WorkerError {
  const reason = errorMessage(cause);
  return new WorkerError(
    "BARRIER_FAILED",
    `Cannot wait for the other tasks of the barrier stage: ${reason}`,
    {},
    { cause },
  );
}
