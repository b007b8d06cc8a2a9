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

/** What a message is, as its header says. */
export type ArrowMessageKind = "schema" | "batch";

/** Numbers of the messages in the union `MessageHeader`. */
export const MESSAGE_KINDS = { schema: 1, dictionary: 2, batch: 3 } as const;

const VERSION = 4; // of the metadata, which Arrow calls V5
const CONTINUATION = 0xffff_ffff; // stands before each message's length
const MAX_DEPTH = 100; // of nested tables: as deep as the schemas that we read
const BITS = 8;

/** Most rows of a batch beyond one for each bit of its body: only columns of nulls take no bits. Spark writes 10,000 at most, unless it is told otherwise. */
export const MAX_BARE_ROWS: number = 1 << 16;

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
 */
export function encapsulate(
  kind: number,
  header: FlatTarget,
  bodyLength: number,
): Uint8Array<ArrayBuffer> {
  const metadata = writeFlat(
    flatTable(flatShort(VERSION), flatByte(kind), header, flatLong(bodyLength)),
  );
  const message = new Uint8Array(8 + metadata.length);
  const view = new DataView(message.buffer);
  view.setUint32(0, CONTINUATION, true);
  view.setInt32(4, metadata.length, true);
  message.set(metadata, 8);
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + 8 > bytes.length) throw malformedArrow("it is cut short");
  if (view.getUint32(start, true) !== CONTINUATION) {
    throw malformedArrow(`no message begins at byte ${start}`);
  }
  const metadata = view.getInt32(start + 4, true);
  if (metadata === 0) return null;
  const bodyStart = start + 8 + metadata;
  if (metadata < 0 || bodyStart > bytes.length) throw cutShort(start);
  const tables = new FlatReader(
    bytes.subarray(start + 8, bodyStart),
    malformedArrow,
  );
  const length = tables.long(tables.root(), 3);
  if (length < 0 || length > bytes.length - bodyStart) throw cutShort(start);
  return { start, bodyStart, end: bodyStart + length };
}

/**
 * Checks all of a message's metadata that Arrow follows: Arrow itself believes
 * every offset and count.
 *
 * Peer: Arrow's `Message.fbs` and `Schema.fbs`, without dictionaries,
 * compression and extension types, which Spark does not send.
 *
 * @param bytes one whole message
 * @param kind what it must be
 * @throws ProtocolError `ARROW_MALFORMED`
 */
export function checkMessage(bytes: Uint8Array, kind: ArrowMessageKind): void {
  const found = findMessage(bytes, 0);
  if (found === null || found.end !== bytes.length) {
    throw malformedArrow(`it is no single ${kind}`);
  }
  const tables = new FlatReader(
    bytes.subarray(8, found.bodyStart),
    malformedArrow,
  );
  const message = tables.root();
  if (tables.byte(message, 1) !== MESSAGE_KINDS[kind]) {
    throw malformedArrow(`a ${kind} is not where one belongs`);
  }
  checkPairs(tables, message, 4);
  const header = tables.table(message, 2);
  if (header === null) throw malformedArrow("a message has no header");
  if (kind === "schema") checkSchema(tables, header);
  else checkBatch(tables, header, found.end - found.bodyStart);
}

function checkSchema(tables: FlatReader, schema: number): void {
  for (const field of tables.tables(schema, 1)) checkField(tables, field, 0);
  checkPairs(tables, schema, 2);
}

function checkField(tables: FlatReader, field: number, depth: number): void {
  if (depth > MAX_DEPTH) throw malformedArrow("its fields nest too deeply");
  tables.text(field, 0);
  const type = tables.table(field, 3);
  if (type !== null) checkType(tables, type, tables.byte(field, 2));
  if (tables.table(field, 4) !== null) {
    throw malformedArrow("it has a dictionary");
  }
  for (const child of tables.tables(field, 5)) {
    checkField(tables, child, depth + 1);
  }
  checkPairs(tables, field, 6);
}

const TIMESTAMP = 10;
const UNION = 14;

function checkType(tables: FlatReader, type: number, kind: number): void {
  if (kind === UNION) throw malformedArrow("it has a union");
  if (kind === TIMESTAMP) tables.text(type, 1);
}

function checkBatch(
  tables: FlatReader,
  batch: number,
  bodyLength: number,
): void {
  const most = BITS * bodyLength + MAX_BARE_ROWS;
  const checkRows = (count: number, what: string): void => {
    if (count < 0 || count > most) {
      throw malformedArrow(`${what} of ${count} in ${bodyLength} bytes`);
    }
  };
  checkRows(tables.long(batch, 0), "a number of rows");
  for (const node of tables.structs(batch, 1, 16)) {
    checkRows(tables.longAt(node), "a number of values");
    checkRows(tables.longAt(node + 8), "a number of nulls");
  }
  for (const buffer of tables.structs(batch, 2, 16)) {
    const start = tables.longAt(buffer);
    const length = tables.longAt(buffer + 8);
    if (start < 0 || length < 0 || start + length > bodyLength) {
      throw malformedArrow(
        `bytes ${start} to ${start + length} of ${bodyLength} hold values`,
      );
    }
  }
  if (tables.table(batch, 3) !== null) throw malformedArrow("it is compressed");
}

/** Keys and values that a writer may add. */
function checkPairs(tables: FlatReader, owner: number, field: number): void {
  for (const pair of tables.tables(owner, field)) {
    tables.text(pair, 0);
    tables.text(pair, 1);
  }
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
    `Cannot read an Arrow stream: ${why}; it was damaged on its way, or is compressed in a way that is not supported`,
    { why },
    cause === undefined ? undefined : { cause },
  );
}
