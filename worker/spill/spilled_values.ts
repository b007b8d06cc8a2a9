import { LIST_LIKE } from "../../src/serde/records/list_like.ts";
import type { RecordCodec } from "../../src/serde/records/record_batch.ts";
import { estimateSize } from "./estimate_size.ts";
import type { SpillFile } from "./spill_file.ts";

const BATCH_BYTES = 64 * 1024; // roughly, before encoding
const BATCH_VALUES = 1 << 14;
const SIZE_BYTES = 4; // before each batch
const COPY_BYTES = 256 * 1024;
const SLOT_BYTES = 8;
const ROUGH_DEPTH = 4;

/**
 * Values in a file, one batch behind the other.
 *
 * Layout: batches of uint32 BE length (bytes) and what `RecordCodec` wrote.
 */
export interface Stretch {
  /** Distance of the first batch from the start of the file, in bytes. */
  readonly at: number;
  /** Bytes of all batches. */
  readonly bytes: number;
  /** Values in all batches. */
  readonly count: number;
}

/** A part of a group: in memory, or in a file. */
export type Piece = readonly unknown[] | (Stretch & { file: SpillFile });

/** A group's values, those on disk read batch by batch. */
export class SpilledValues<T> implements Iterable<T> {
  readonly #pieces: readonly Piece[];
  readonly #codec: RecordCodec;
  /** How many values there are. */
  readonly length: number;
  /** Serialized as a list. */
  readonly [LIST_LIKE] = true;

  /**
   * Reads nothing yet.
   *
   * @param pieces the values in order; their files must stay open
   * @param codec what wrote them
   */
  constructor(pieces: readonly Piece[], codec: RecordCodec) {
    this.#pieces = pieces;
    this.#codec = codec;
    this.length = pieces.reduce((sum, piece) => sum + countOf(piece), 0);
  }

  /**
   * The values from the first on, read anew.
   *
   * @throws WorkerError `SPILL_FAILED` after the task's end
   */
  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (const piece of this.#pieces) {
      if (!isStretch(piece)) yield* piece as readonly T[];
      else yield* readStretch(piece, this.#codec) as Generator<T>;
    }
  }

  /** An array of all values, which must fit in memory: for `JSON.stringify`. */
  toJSON(): T[] {
    return Array.from(this);
  }
}

/** Whether a piece is in a file. */
export function isStretch(
  piece: Piece,
): piece is Extract<Piece, Stretch> {
  return !Array.isArray(piece);
}

/**
 * Appends values to a file, not as many at once as would need much memory.
 *
 * @throws SparkError `RECORD_NOT_SERIALIZABLE` for what cannot be written
 */
export function writePieces(
  pieces: readonly Piece[],
  file: SpillFile,
  codec: RecordCodec,
): Stretch {
  const at = file.length;
  for (const piece of pieces) {
    if (isStretch(piece)) copyStretch(piece, file);
    else writeList(piece, file, codec);
  }
  const count = pieces.reduce((sum, piece) => sum + countOf(piece), 0);
  return { at, bytes: file.length - at, count };
}

function countOf(piece: Piece): number {
  return isStretch(piece) ? piece.count : piece.length;
}

function writeList(
  values: readonly unknown[],
  file: SpillFile,
  codec: RecordCodec,
): void {
  const size = new DataView(new ArrayBuffer(SIZE_BYTES));
  for (let from = 0; from < values.length;) {
    let to = from;
    for (
      let bytes = 0;
      to < values.length && to - from < BATCH_VALUES && bytes < BATCH_BYTES;
      to++
    ) bytes += SLOT_BYTES + estimateSize(values[to], ROUGH_DEPTH);
    const batch = codec.encodeBatch(values.slice(from, to));
    size.setUint32(0, batch.length);
    file.append(new Uint8Array(size.buffer));
    file.append(batch);
    from = to;
  }
}

function copyStretch(
  { file: source, at, bytes }: Extract<Piece, Stretch>,
  file: SpillFile,
): void {
  const space = new Uint8Array(Math.min(bytes, COPY_BYTES));
  for (let done = 0; done < bytes;) {
    const part = space.subarray(0, Math.min(space.length, bytes - done));
    source.read(at + done, part);
    file.append(part);
    done += part.length;
  }
}

function* readStretch(
  { file, at, bytes }: Extract<Piece, Stretch>,
  codec: RecordCodec,
): Generator<unknown, void, undefined> {
  const end = at + bytes;
  let head = new Uint8Array(SIZE_BYTES);
  let position = at + SIZE_BYTES;
  file.read(at, head);
  for (;;) {
    const size = new DataView(head.buffer, head.byteOffset).getUint32(0);
    const next = position + size;
    // With the size of the batch behind it, where there is one.
    const batch = new Uint8Array(next < end ? size + SIZE_BYTES : size);
    file.read(position, batch);
    yield* codec.decodeBatch(batch.subarray(0, size));
    if (next >= end) return;
    head = batch.subarray(size);
    position = next + SIZE_BYTES;
  }
}
