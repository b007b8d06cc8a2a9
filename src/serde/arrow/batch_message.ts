import { encapsulate, MESSAGE_KINDS } from "./arrow_message.ts";
import type { BatchParts } from "./builders/column_builder.ts";
import { flatLong, flatLongs, flatTable } from "./flat_writer.ts";

/** What writes itself into a batch. */
export interface BatchColumn {
  /** Adds the column's parts, and those of the columns within it. */
  addTo(parts: BatchParts): void;
  /** Forgets all values. */
  clear(): void;
}

/** A batch before it is written, valid until its columns change. */
export interface PreparedBatch {
  /** Bytes of the whole message, a multiple of 8. */
  readonly byteLength: number;
  /** Writes the message into bytes of its own, and leaves its columns empty. */
  take(): Uint8Array<ArrayBuffer>;
  /**
   * Writes the message, and leaves its columns empty.
   *
   * @param into what has room for it
   * @param at where it begins: a multiple of 4
   */
  takeInto(into: Uint8Array<ArrayBuffer>, at: number): void;
}

/**
 * Writes record batches. The metadata of those that have as many columns and
 * buffers as the one before is written once: to write it takes longer than a
 * batch of few rows.
 *
 * Peer: Arrow's `Message.fbs`, read by `ArrowStreamReader` of Arrow's Java
 * library. Layout: metadata, then the buffers, each at a multiple of 8 bytes.
 */
export class BatchWriter {
  readonly #largeVarTypes: boolean;
  #metadata: Metadata | null = null;
  #words = new Int32Array(0);

  /**
   * Writes nothing yet.
   *
   * @param largeVarTypes whether offsets of texts and binaries have 64 bits
   */
  constructor(largeVarTypes: boolean = false) {
    this.#largeVarTypes = largeVarTypes;
  }

  /**
   * Takes columns together.
   *
   * @param columns the columns, of one length
   * @param length number of rows, which a batch without columns has too
   */
  prepare(columns: readonly BatchColumn[], length: number): PreparedBatch {
    const parts: BatchParts = {
      nodes: [],
      buffers: [],
      largeVarTypes: this.#largeVarTypes,
    };
    for (const column of columns) column.addTo(parts);
    let bodyLength = 0;
    for (const buffer of parts.buffers) bodyLength += padded(buffer.length);
    const { bytes } = this.#metadataOf(parts);
    const byteLength = bytes.length + bodyLength;
    const takeInto = (into: Uint8Array<ArrayBuffer>, at: number): void => {
      this.#write(parts, length, bodyLength, into, at);
      for (const column of columns) column.clear();
    };
    const take = (): Uint8Array<ArrayBuffer> => {
      const message = new Uint8Array(byteLength);
      takeInto(message, 0);
      return message;
    };
    return { byteLength, take, takeInto };
  }

  #metadataOf({ nodes, buffers }: BatchParts): Metadata {
    const known = this.#metadata;
    if (
      known !== null && known.nodes === nodes.length &&
      known.buffers === buffers.length
    ) return known;
    return this.#metadata = batchMetadata(nodes.length, buffers.length);
  }

  #write(
    parts: BatchParts,
    length: number,
    bodyLength: number,
    into: Uint8Array<ArrayBuffer>,
    at: number,
  ): void {
    const { bytes, longs } = this.#metadataOf(parts);
    into.set(bytes, at);
    if (this.#words.buffer !== into.buffer) {
      this.#words = new Int32Array(into.buffer);
    }
    const start = into.byteOffset + at;
    let next = 0;
    const put = (value: number): void =>
      putLong(this.#words, start + (longs[next++] ?? 0) >> 2, value);
    put(length);
    for (const node of parts.nodes) put(node);
    let place = 0;
    for (const buffer of parts.buffers) {
      put(place);
      put(buffer.length);
      const end = at + bytes.length + place + buffer.length;
      into.set(buffer, end - buffer.length);
      place += padded(buffer.length);
      into.fill(0, end, at + bytes.length + place);
    }
    put(bodyLength);
  }
}

/** The metadata of batches of one shape. */
interface Metadata {
  /** How many numbers there are of its columns. */
  readonly nodes: number;
  readonly buffers: number;
  /** With zeros where batches differ. */
  readonly bytes: Uint8Array;
  /** Where they do: number of rows, nodes, place and length of each buffer, length of the body. */
  readonly longs: readonly number[];
}

function batchMetadata(nodes: number, buffers: number): Metadata {
  const longs: number[] = [];
  const zeros = (count: number): number[] => new Array<number>(count).fill(0);
  const header = flatTable(
    flatLong(0),
    flatLongs(zeros(nodes), nodes / 2),
    flatLongs(zeros(2 * buffers), buffers),
  );
  const bytes = encapsulate(MESSAGE_KINDS.batch, header, 0, longs);
  return { nodes, buffers, bytes, longs };
}

const WORD = 2 ** 32;

/** A safe integer from 0. */
function putLong(words: Int32Array, at: number, value: number): void {
  words[at] = value; // modulo 2^32: arrays wrap
  words[at + 1] = value / WORD;
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
