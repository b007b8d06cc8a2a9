import { ByteReader } from "../common/byte_reader.ts";
import { ByteWriter } from "../common/byte_writer.ts";
import { ProtocolError } from "../common/errors.ts";
import { BROADCAST_FORMS } from "./command.ts";

const HEAD_BYTES = 5; // the form and the count
const LENGTH_BYTES = 8;

/** A broadcast's content in its parts. */
export interface BroadcastContent {
  /** One of `BROADCAST_FORMS`. */
  readonly form: number;
  /** The value, or all of it that does not lie apart. */
  readonly bytes: Uint8Array;
  /** What lies apart, each with a buffer of its own. */
  readonly apart: readonly Uint8Array<ArrayBuffer>[];
}

/** Where a content is read from. */
export interface ContentSource {
  /** How many bytes it has. */
  readonly length: number;
  /** Some of its bytes, in a buffer of their own. */
  read(at: number, length: number): Uint8Array<ArrayBuffer>;
}

/**
 * Writes a value's content in parts, so that large byte strings are copied
 * neither here nor by a reader that reads each into a place of its own.
 *
 * Layout: a byte of `BROADCAST_FORMS`, then CBOR; with byte strings apart an
 * int count and a long length of each follow the byte, and they follow the CBOR.
 *
 * @param bytes the value in CBOR
 * @param apart byte strings that it names
 */
export function broadcastParts(
  bytes: Uint8Array,
  apart: readonly Uint8Array[],
): Uint8Array[] {
  if (apart.length === 0) return [Uint8Array.of(BROADCAST_FORMS.cbor), bytes];
  const head = new ByteWriter()
    .writeByte(BROADCAST_FORMS.apart).writeInt(apart.length);
  for (const { length } of apart) head.writeLong(BigInt(length));
  return [head.view(), bytes, ...apart];
}

/**
 * Reads a content, each of its byte strings that lie apart into its own buffer.
 *
 * Layout: see {@link broadcastParts}.
 *
 * @param source where it is
 * @throws ProtocolError `BROADCAST_MALFORMED`
 */
export function readBroadcastContent(source: ContentSource): BroadcastContent {
  const { length } = source;
  if (length === 0) throw malformed(length, "it is empty");
  const form = source.read(0, 1)[0] ?? 0;
  if (form !== BROADCAST_FORMS.apart) {
    return { form, bytes: source.read(1, length - 1), apart: [] };
  }
  const lengths = readLengths(source);
  let at = HEAD_BYTES + LENGTH_BYTES * lengths.length;
  const size = lengths.reduce((left, part) => left - part, length - at);
  if (size < 0) throw malformed(length, "what lies apart is longer");
  const bytes = source.read(at, size);
  at += size;
  const apart = lengths.map((part) => {
    at += part;
    return source.read(at - part, part);
  });
  return { form, bytes, apart };
}

function readLengths(source: ContentSource): number[] {
  const { length } = source;
  if (length < HEAD_BYTES) throw malformed(length, "its head is cut off");
  const count = ByteReader.of(source.read(1, 4)).readInt();
  if (count < 0 || count > (length - HEAD_BYTES) / LENGTH_BYTES) {
    throw malformed(length, `it cannot hold ${count} lengths`);
  }
  const table = ByteReader.of(source.read(HEAD_BYTES, LENGTH_BYTES * count));
  return Array.from({ length: count }, () => {
    const part = table.readLong();
    if (part >= 0n && part <= length) return Number(part);
    throw malformed(length, `a length of ${part} is impossible`);
  });
}

function malformed(length: number, reason: string): ProtocolError {
  return new ProtocolError(
    "BROADCAST_MALFORMED",
    `Cannot read a broadcast of ${length} bytes: ${reason}; check that driver and workers run the same TSpark`,
    { length },
  );
}
