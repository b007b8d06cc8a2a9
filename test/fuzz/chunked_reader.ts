import { ByteReader, type ByteSource } from "../../src/common/byte_reader.ts";

/** Bytes that come in pieces of any size, as from a socket. */
export function chunkedSource(
  bytes: Uint8Array,
  choose: (limit: number) => number,
): ByteSource {
  let at = 0;
  return {
    read(into) {
      const size = Math.min(into.length, 1 + choose(64), bytes.length - at);
      into.set(bytes.subarray(at, at + size));
      at += size;
      return size;
    },
  };
}

/** A reader over {@link chunkedSource}, small enough that frames cross its buffer's end. */
export function chunkedReader(
  bytes: Uint8Array,
  choose: (limit: number) => number,
): ByteReader {
  return new ByteReader(chunkedSource(bytes, choose), 16 + choose(128));
}

/** A reader over all of the bytes at once. */
export function wholeReader(bytes: Uint8Array): ByteReader {
  let isRead = false;
  return new ByteReader({
    read(into) {
      if (isRead) return 0;
      isRead = true;
      into.set(bytes);
      return bytes.length;
    },
  }, bytes.length + 1);
}
