import { ProtocolError } from "../../common/errors.ts";
import { FlatReader } from "./flat_reader.ts";
import {
  flatByte,
  flatLong,
  flatShort,
  flatTable,
  type FlatTarget,
  writeFlat,
} from "./flat_writer.ts";

/** Numbers of the messages in the union `MessageHeader`. */
export const MESSAGE_KINDS = { schema: 1, dictionary: 2, batch: 3 } as const;

const VERSION = 4; // of the metadata, which Arrow calls V5
const PREFIX = 8; // bytes before the metadata
const CONTINUATION = 0xffff_ffff; // stands before each message's length
/** The mark behind the last message of a stream. */
export const END_OF_STREAM: Uint8Array = Uint8Array.of(
  ...[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
);

/**
 * Writes a message, without its body.
 *
 * Layout: int32 LE -1, int32 LE length of the metadata, metadata up to a
 * multiple of 8 bytes.
 *
 * @param kind what the message is
 * @param header its own table
 * @param bodyLength bytes of the body that will follow
 * @param longs takes where each int64 is: those of the header, then the body's length
 */
export function encapsulate(
  kind: number,
  header: FlatTarget,
  bodyLength: number,
  longs: number[] = [],
): Uint8Array<ArrayBuffer> {
  const metadata = writeFlat(
    flatTable(flatShort(VERSION), flatByte(kind), header, flatLong(bodyLength)),
    longs,
  );
  for (let i = 0; i < longs.length; i++) longs[i] = PREFIX + (longs[i] ?? 0);
  const message = new Uint8Array(PREFIX + metadata.length);
  const view = new DataView(message.buffer);
  view.setUint32(0, CONTINUATION, true);
  view.setInt32(4, metadata.length, true);
  message.set(metadata, PREFIX);
  return message;
}

/** A message within the bytes that hold it. */
export interface ArrowMessage {
  /** Index of its first byte. */
  readonly start: number;
  /** Index after the last byte of its metadata. */
  readonly bodyStart: number;
  /** Index after its last byte. */
  readonly end: number;
}

/**
 * Reads where a message ends.
 *
 * Layout: int32 LE -1, int32 LE length of the metadata, metadata, body.
 *
 * @param bytes what holds it
 * @param start index of its first byte
 * @returns null for the mark that ends a stream
 * @throws ProtocolError `ARROW_MALFORMED` when there is no message, or one that is cut short
 */
export function findMessage(
  bytes: Uint8Array,
  start: number,
): ArrowMessage | null {
  if (start + 8 > bytes.length) throw malformedArrow("it is cut short");
  const metadata = readPrefix(bytes, start);
  if (metadata === 0) return null;
  const bodyStart = start + 8 + metadata;
  if (bodyStart > bytes.length) throw cutShort(start);
  const length = bodyLengthOf(bytes, start, bodyStart);
  if (length > bytes.length - bodyStart) throw cutShort(start);
  return { start, bodyStart, end: bodyStart + length };
}

/**
 * Reads what a message begins with.
 *
 * @param bytes what holds it
 * @param start index of its first byte, 8 bytes before the end at least
 * @returns the length of its metadata; 0 for the mark that ends a stream
 * @throws ProtocolError `ARROW_MALFORMED` when no message begins there
 */
export function readPrefix(bytes: Uint8Array, start: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(start, true) !== CONTINUATION) {
    throw malformedArrow(`no message begins at byte ${start}`);
  }
  const metadata = view.getInt32(start + 4, true);
  if (metadata < 0) throw cutShort(start);
  return metadata;
}

/**
 * The length of a message's body.
 *
 * @param bytes what holds the metadata
 * @param start index of the message's first byte
 * @param bodyStart index after its metadata
 * @throws ProtocolError `ARROW_MALFORMED`
 */
export function bodyLengthOf(
  bytes: Uint8Array,
  start: number,
  bodyStart: number,
): number {
  const flat = new FlatReader(
    bytes.subarray(start + 8, bodyStart),
    malformedArrow,
  );
  const length = flat.long(flat.root(), 3);
  if (length < 0) throw cutShort(start);
  return length;
}

function cutShort(start: number): ProtocolError {
  return malformedArrow(`the message at byte ${start} is cut short`);
}

/**
 * The error of bytes that Arrow would not have written.
 *
 * @param why what is wrong with them
 * @param cause the error below, if there is one
 */
export function malformedArrow(why: string, cause?: unknown): ProtocolError {
  return new ProtocolError(
    "ARROW_MALFORMED",
    `Cannot read an Arrow stream: ${why}; it was damaged on its way`,
    { why },
    cause === undefined ? undefined : { cause },
  );
}

/**
 * The error of bytes that Arrow may hold, but that are not read here.
 *
 * @param why what it is, and the remedy
 */
export function unsupportedArrow(why: string): ProtocolError {
  return new ProtocolError(
    "ARROW_FORM_UNSUPPORTED",
    `Cannot read an Arrow stream: ${why}`,
    { why },
  );
}
