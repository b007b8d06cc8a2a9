import type { ArrivedBytes } from "../../common/arrived_bytes.ts";
import { ByteReader } from "../../common/byte_reader.ts";
import { ProtocolError } from "../../common/errors.ts";

const LEAST_BYTES = 64;

/**
 * Reads what has come of a connection, as far as it is whole.
 *
 * @param arrived what has come; loses what was read
 * @param read reads one whole thing
 * @returns what `read` gives; undefined as long as not all of it has come
 * @throws what `read` throws, except for `BYTES_TRUNCATED`
 */
export function readArrived<T>(
  arrived: ArrivedBytes,
  read: (reader: ByteReader) => T,
): T | undefined {
  const held = arrived.bytes;
  let given = 0;
  const reader = new ByteReader({
    read(into): number {
      const size = Math.min(into.length, held.length - given);
      into.set(held.subarray(given, given + size));
      given += size;
      return size;
    },
  }, Math.max(LEAST_BYTES, held.length));
  try {
    const value = read(reader);
    arrived.skip(given - reader.window.length);
    return value;
  } catch (error) {
    if (isTruncated(error)) return undefined;
    throw error;
  }
}

function isTruncated(error: unknown): boolean {
  return error instanceof ProtocolError &&
    error.condition === "BYTES_TRUNCATED";
}
