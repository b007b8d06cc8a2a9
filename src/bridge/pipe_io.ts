import { errorMessage } from "../common/error_message.ts";
import { ProtocolError } from "../common/errors.ts";
import { closeDescriptor } from "./shared_descriptors.ts";
import { peerGone, type WorkerIo } from "./worker_io.ts";

/**
 * A connection whose bytes a daemon hands through two pipes that this process
 * was started with. Programs that this one starts get neither.
 *
 * @param descriptors where the pipes are now
 */
export async function openPipeIo(
  { input, output }: { readonly input: number; readonly output: number },
): Promise<WorkerIo> {
  const source = Deno.openSync(`/dev/fd/${input}`);
  const target = Deno.openSync(`/dev/fd/${output}`, { write: true });
  await Promise.all([input, output].map(closeDescriptor));
  return {
    read: (into) => source.readSync(into) ?? 0,
    readAsync: async (into) => await source.read(into) ?? 0,
    write(bytes) {
      try {
        for (let at = 0; at < bytes.length;) {
          at += target.writeSync(bytes.subarray(at));
        }
      } catch (error) {
        throw pipeError(error);
      }
    },
    async writeAsync(bytes) {
      try {
        for (let at = 0; at < bytes.length;) {
          at += await target.write(bytes.subarray(at));
        }
      } catch (error) {
        throw pipeError(error);
      }
    },
    close() {
      target.close();
    },
  };
}

function pipeError(error: unknown): ProtocolError {
  return error instanceof Deno.errors.BrokenPipe
    ? peerGone(error)
    : writeFailed(error);
}

function writeFailed(cause: unknown): ProtocolError {
  const reason = errorMessage(cause);
  return new ProtocolError(
    "SYSTEM_CALL_FAILED",
    `Cannot write to the JVM: ${reason}`,
    { reason },
    { cause },
  );
}
