import {
  findMessage,
  malformedArrow,
  MESSAGE_KINDS,
  unsupportedArrow,
} from "./arrow_message.ts";
import { FlatReader } from "./flat_reader.ts";

/** How the buffers of a batch are compressed. */
export type ArrowCodec = "lz4" | "zstd";

/** What the metadata of a batch says. */
export interface BatchHeader {
  /** Number of rows. */
  readonly length: number;
  /** Length and number of nulls of each column, those within columns behind them. */
  readonly nodes: readonly (readonly [length: number, nullCount: number])[];
  /** Where each buffer lies in the body. */
  readonly buffers: readonly (readonly [start: number, size: number])[];
  /** Null when nothing is compressed. */
  readonly codec: ArrowCodec | null;
  /** What dictionary the one column is, if it is one. */
  readonly dictionary:
    | { readonly id: number; readonly isDelta: boolean }
    | null;
}

/**
 * Reads the metadata of a record batch or dictionary.
 *
 * Layout: int32 LE -1, int32 LE length of the metadata, metadata, body.
 *
 * @param message one whole message
 * @throws ProtocolError `ARROW_MALFORMED`, `ARROW_FORM_UNSUPPORTED`
 */
export function openMessage(
  message: Uint8Array,
): { readonly header: BatchHeader; readonly body: Uint8Array } {
  const found = findMessage(message, 0);
  if (found === null || found.end !== message.length) {
    throw malformedArrow("it is no single batch");
  }
  const flat = new FlatReader(
    message.subarray(8, found.bodyStart),
    malformedArrow,
  );
  const root = flat.root();
  const table = flat.table(root, 2);
  if (table === null) throw malformedArrow("a message has no header");
  const body = message.subarray(found.bodyStart);
  const kind = flat.byte(root, 1);
  if (kind === MESSAGE_KINDS.batch) {
    return { header: readHeader(flat, table, null), body };
  }
  if (kind !== MESSAGE_KINDS.dictionary) {
    throw malformedArrow("a batch is not where one belongs");
  }
  const data = flat.table(table, 1);
  if (data === null) throw malformedArrow("a dictionary has no values");
  const dictionary = {
    id: flat.long(table, 0),
    isDelta: flat.byte(table, 2) !== 0,
  };
  return { header: readHeader(flat, data, dictionary), body };
}

function readHeader(
  flat: FlatReader,
  batch: number,
  dictionary: BatchHeader["dictionary"],
): BatchHeader {
  const pairs = (field: number): (readonly [number, number])[] =>
    flat.structs(batch, field, 16)
      .map((at) => [flat.longAt(at), flat.longAt(at + 8)] as const);
  return {
    length: flat.long(batch, 0),
    nodes: pairs(1),
    buffers: pairs(2),
    codec: readCodec(flat, flat.table(batch, 3)),
    dictionary,
  };
}

const CODECS: readonly ArrowCodec[] = ["lz4", "zstd"];

function readCodec(flat: FlatReader, table: number | null): ArrowCodec | null {
  if (table === null) return null;
  const codec = CODECS[flat.byte(table, 0)];
  if (codec !== undefined && flat.byte(table, 1) === 0) return codec;
  throw unsupportedArrow(
    "its buffers are compressed by a method that is neither LZ4 nor ZSTD; set spark.sql.execution.arrow.compression.codec to none",
  );
}
