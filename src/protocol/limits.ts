/**
 * How much the other side may announce before it counts as broken. A limit
 * here is no quota: it tells a stream that is out of step, or hostile, from a
 * real one, before anything is made as large as it says.
 *
 * @module
 */

import type { ByteReader } from "../common/byte_reader.ts";
import { ProtocolError } from "../common/errors.ts";

/** Most bytes of one text in a header, and of all texts of one list: paths and local properties are far smaller, a JSON task context holds all of the properties. */
export const MAX_TEXT_BYTES: number = 64 << 20;

/** Most bytes of a secret: Spark makes 64 hexadecimal digits, and this is read before the other side has shown that it is Spark. */
export const MAX_SECRET_BYTES = 4096;

/** Most bytes of a command, and of a header with its command: V8 cannot hold a longer text than 2^29 characters, so no larger function could run. */
export const MAX_COMMAND_BYTES: number = 512 << 20;

/** Most entries of any list: each takes bytes of its own, so this only catches an int that is no count. */
export const MAX_ENTRIES = 1_000_000;

/** Most bytes of a broadcast value: no array of the engine's takes more. */
export const MAX_BROADCAST_BYTES: number = 2 ** 31 - 64;

/** Most bytes of one task's updates of accumulators, all together. */
export const MAX_UPDATE_BYTES: number = 512 << 20;

const FIRST_BYTES = 1 << 16; // memory made before any byte of it has arrived
const PIECE_BYTES = 1 << 20; // memory made at once behind that
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads an int length and that many bytes, making memory only as they arrive.
 *
 * @param reader where the length is next
 * @param limit most bytes allowed
 * @param what what the bytes are, for the error, such as `"the command"`
 * @throws ProtocolError `LENGTH_INVALID` for a length below 0 or above the
 *   limit; `BYTES_TRUNCATED` when the source ends early
 */
export function readLimitedBytes(
  reader: ByteReader,
  limit: number,
  what: string,
): Uint8Array<ArrayBuffer> {
  const size = reader.readInt();
  checkLength(size, limit, what);
  return readArriving(reader, size);
}

/**
 * Reads so many bytes, making memory only as they arrive.
 *
 * @param reader where they are
 * @param size how many, checked against a limit already
 * @throws ProtocolError `BYTES_TRUNCATED` when the source ends early
 */
export function readArriving(
  reader: ByteReader,
  size: number,
): Uint8Array<ArrayBuffer> {
  let bytes = reader.readBytes(Math.min(size, FIRST_BYTES));
  while (bytes.length < size) {
    const grown = new Uint8Array(Math.min(size, 2 * bytes.length));
    grown.set(bytes);
    // In pieces: the reader makes an array of the size that it is asked for.
    for (let at = bytes.length; at < grown.length;) {
      const piece = reader.readBytes(Math.min(PIECE_BYTES, grown.length - at));
      grown.set(piece, at);
      at += piece.length;
    }
    bytes = grown;
  }
  return bytes;
}

/**
 * Reads an int length and that many bytes of UTF-8.
 *
 * @param reader where the length is next
 * @param what what the text is, for the error
 * @param limit most bytes allowed
 * @throws ProtocolError as {@link readLimitedBytes}
 */
export function readLimitedText(
  reader: ByteReader,
  what: string,
  limit: number = MAX_TEXT_BYTES,
): string {
  return TEXT.decode(readLimitedBytes(reader, limit, what));
}

/**
 * Reads the int that says how many entries follow.
 *
 * @param reader where the count is next
 * @param what what is counted, for the error
 * @throws ProtocolError `COUNT_INVALID` for one below 0 or above {@link MAX_ENTRIES}
 */
export function readCount(reader: ByteReader, what: string): number {
  const count = reader.readInt();
  if (count < 0 || count > MAX_ENTRIES) {
    throw new ProtocolError(
      "COUNT_INVALID",
      `Cannot read ${what}: their number is ${count}, which is not between 0 and ${MAX_ENTRIES}; the stream is out of step or does not come from Spark`,
      { what, count, limit: MAX_ENTRIES },
    );
  }
  return count;
}

/**
 * Reads a count, then a key and a value as texts for each entry.
 *
 * @param reader where the count is next
 * @param what what the entries are, for the error
 * @throws ProtocolError as {@link readCount} and {@link readLimitedText}
 */
export function readTextMap(
  reader: ByteReader,
  what: string,
): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  const list = new TextList(reader, what);
  for (let left = readCount(reader, what); left > 0; left--) {
    const key = list.next();
    map.set(key, list.next());
  }
  return map;
}

/**
 * Reads a count and that many texts.
 *
 * @param reader where the count is next
 * @param what what the texts are, for the error
 * @throws ProtocolError as {@link readCount} and {@link readLimitedText}
 */
export function readTexts(reader: ByteReader, what: string): string[] {
  const texts: string[] = [];
  const list = new TextList(reader, what);
  for (let left = readCount(reader, what); left > 0; left--) {
    texts.push(list.next());
  }
  return texts;
}

/** Reads texts that together may have {@link MAX_TEXT_BYTES}. */
export class TextList {
  readonly #reader: ByteReader;
  readonly #what: string;
  #left: number = MAX_TEXT_BYTES;

  /**
   * Reads nothing yet.
   *
   * @param reader where the texts are
   * @param what what they are, for the error
   */
  constructor(reader: ByteReader, what: string) {
    this.#reader = reader;
    this.#what = what;
  }

  /**
   * The next one.
   *
   * @throws ProtocolError as {@link readLimitedBytes}
   */
  next(): string {
    const bytes = readLimitedBytes(this.#reader, this.#left, this.#what);
    this.#left -= bytes.length;
    return TEXT.decode(bytes);
  }
}

/**
 * Checks a length that was read on its own.
 *
 * @param size the length in bytes
 * @param limit most bytes allowed
 * @param what what the length is of, for the error
 * @throws ProtocolError `LENGTH_INVALID` when it is below 0 or above the limit
 */
export function checkLength(size: number, limit: number, what: string): void {
  if (size < 0 || size > limit) {
    throw new ProtocolError(
      "LENGTH_INVALID",
      `Cannot read ${what}: the length is ${size} bytes, which is not between 0 and ${limit}; the stream is out of step or does not come from Spark`,
      { what, length: size, limit },
    );
  }
}
