import { ProtocolError } from "../common/errors.ts";
import type { ByteSource } from "../common/byte_reader.ts";
import type { Addon } from "./addon.ts";

/** A worker's connection to the JVM, blocking. */
export interface WorkerIo extends ByteSource {
  /**
   * Writes all of the bytes.
   *
   * @throws ProtocolError `PEER_GONE` when the JVM has closed the connection;
   * `SYSTEM_CALL_FAILED` when the system refuses for another reason
   */
  write(bytes: Uint8Array): void;
  /** Closes the connection. */
  close(): void;
}

/**
 * A connection by its descriptor, through the addon.
 *
 * @param addon the addon
 * @param fd descriptor of a connected socket
 */
export function openDescriptorIo(addon: Addon, fd: number): WorkerIo {
  return {
    read: (into) => addon.readSome(fd, into),
    write(bytes) {
      try {
        addon.writeAll(fd, bytes);
      } catch (error) {
        const isGone = error instanceof ProtocolError &&
          error.condition === "PEER_GONE";
        throw isGone ? peerGone(error) : error;
      }
    },
    close: () => addon.closeFd(fd),
  };
}

/** A connection whose bytes a daemon hands through stdin and stdout. */
export function openPipeIo(): WorkerIo {
  const { stdin, stdout } = Deno;
  return {
    read: (into) => stdin.readSync(into) ?? 0,
    write(bytes) {
      try {
        for (let at = 0; at < bytes.length;) {
          at += stdout.writeSync(bytes.subarray(at));
        }
      } catch (error) {
        throw error instanceof Deno.errors.BrokenPipe
          ? peerGone(error)
          : writeFailed(error);
      }
    },
    close() {
      stdout.close();
    },
  };
}

function peerGone(cause: unknown): ProtocolError {
  return new ProtocolError(
    "PEER_GONE",
    "Cannot write to the JVM: it has closed the connection",
    {},
    { cause },
  );
}

function writeFailed(cause: unknown): ProtocolError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ProtocolError(
    "SYSTEM_CALL_FAILED",
    `Cannot write to the JVM: ${reason}`,
    { reason },
    { cause },
  );
}
