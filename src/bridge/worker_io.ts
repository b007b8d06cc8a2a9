import { ProtocolError } from "../common/errors.ts";
import type { AsyncByteSource, ByteSource } from "../common/byte_reader.ts";
import type { Addon } from "./addon.ts";

/**
 * A worker's connection to the JVM. What is ordinary blocks; `readAsync` and
 * `writeAsync` leave the event loop free, for functions that await. The
 * system's own space for a connection is the queue between the JVM and us.
 */
export interface WorkerIo extends ByteSource, AsyncByteSource {
  /**
   * Writes all of the bytes.
   *
   * @throws ProtocolError `PEER_GONE` when the JVM has closed the connection;
   * `SYSTEM_CALL_FAILED` when the system refuses for another reason
   */
  write(bytes: Uint8Array): void;
  /**
   * As {@link WorkerIo.write}, without blocking; one call at a time.
   *
   * @param bytes not to be changed until the promise is settled
   */
  writeAsync(bytes: Uint8Array): Promise<void>;
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
    async readAsync(into) {
      await addon.waitReadable(fd);
      return addon.readSome(fd, into);
    },
    write(bytes) {
      try {
        addon.writeAll(fd, bytes);
      } catch (error) {
        throw asPeerGone(error);
      }
    },
    async writeAsync(bytes) {
      try {
        for (let at = 0; at < bytes.length;) {
          const count = addon.writeSome(fd, bytes.subarray(at));
          if (count === 0) await addon.waitWritable(fd);
          at += count;
        }
      } catch (error) {
        throw asPeerGone(error);
      }
    },
    close: () => addon.closeFd(fd),
  };
}

/** An error of the addon, in words of a worker where the JVM has gone. */
function asPeerGone(error: unknown): unknown {
  const isGone = error instanceof ProtocolError &&
    error.condition === "PEER_GONE";
  return isGone ? peerGone(error) : error;
}

/** What a worker is told where the JVM has gone. */
export function peerGone(cause: unknown): ProtocolError {
  return new ProtocolError(
    "PEER_GONE",
    "Cannot write to the JVM: it has closed the connection",
    {},
    { cause },
  );
}
