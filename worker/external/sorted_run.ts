import type { SpillFile } from "./spill_file.ts";
import { RegionReader } from "./region_reader.ts";

const HEAD_BYTES = 24;

/** A stretch of a file. */
export interface Extent {
  readonly position: number;
  readonly bytes: number;
}

/** One key of a run, and where its records are. */
export interface RunEntry {
  /** The key's encoding, by which runs are sorted; valid until the run moves on. */
  readonly key: Uint8Array;
  /** The key itself, as a frame; empty where the records hold it; valid until the run moves on. */
  readonly head: Uint8Array;
  /** How many records there are. */
  readonly count: number;
  /** Where their frames are. */
  readonly records: Extent;
}

/**
 * Writes records to a file in the order of their keys.
 *
 * Layout: for each key int32 length of its encoding, int32 length of its
 * frame, int64 number of records, int64 length of what follows behind the next
 * two; the encoding; the frame; then frames of records (int32 length, batch).
 */
export class RunWriter {
  readonly #file: SpillFile;
  readonly #start: number;
  readonly #head = new DataView(new ArrayBuffer(HEAD_BYTES));

  /** @param file what to append to */
  constructor(file: SpillFile) {
    this.#file = file;
    this.#start = file.length;
  }

  /**
   * Appends a key with its records.
   *
   * @param key its encoding
   * @param head the key as a frame
   * @param count number of records
   * @param frames batches of them
   */
  add(
    key: Uint8Array,
    head: Uint8Array,
    count: number,
    frames: readonly Uint8Array[],
  ): void {
    let bytes = 0;
    for (const frame of frames) bytes += 4 + frame.length;
    const view = this.#head;
    view.setInt32(0, key.length);
    view.setInt32(4, head.length);
    view.setBigInt64(8, BigInt(count));
    view.setBigInt64(16, BigInt(bytes));
    this.#file.append(new Uint8Array(view.buffer));
    this.#file.append(key);
    this.#file.append(head);
    for (const frame of frames) {
      view.setInt32(0, frame.length);
      this.#file.append(new Uint8Array(view.buffer, 0, 4));
      this.#file.append(frame);
    }
  }

  /** Ends the run and says where it is. */
  finish(): Extent {
    this.#file.flush();
    return {
      position: this.#start,
      bytes: this.#file.length - this.#start,
    };
  }
}

/** Reads a run, key after key. */
export class RunReader {
  readonly #region: RegionReader;
  #next = 0;
  #entry: RunEntry | null = null;

  /**
   * Begins with the first key.
   *
   * @param file holds the run
   * @param run where it is
   */
  constructor(file: SpillFile, run: Extent) {
    this.#region = new RegionReader(file, run);
    this.#next = run.position;
    this.advance();
  }

  /** The key that the run is at; null at its end. */
  get entry(): RunEntry | null {
    return this.#entry;
  }

  /** Goes to the next key; the records of this one need not have been read. */
  advance(): void {
    const region = this.#region;
    region.moveTo(this.#next);
    if (region.left === 0) {
      this.#entry = null;
      return;
    }
    const head = region.take(HEAD_BYTES);
    const view = new DataView(head.buffer, head.byteOffset, HEAD_BYTES);
    const keyBytes = view.getInt32(0);
    const frameBytes = view.getInt32(4);
    const count = Number(view.getBigInt64(8));
    const bytes = Number(view.getBigInt64(16));
    // Copies, since more of the region is read while they are compared.
    const both = region.take(keyBytes + frameBytes).slice();
    const position = region.position;
    this.#next = position + bytes;
    this.#entry = {
      key: both.subarray(0, keyBytes),
      head: both.subarray(keyBytes),
      count,
      records: { position, bytes },
    };
  }

  /**
   * The frames of the records of the key that the run is at; each is valid until the next.
   */
  *frames(): Generator<Uint8Array> {
    const { position, bytes } = this.#entry?.records ??
      { position: 0, bytes: 0 };
    this.#region.moveTo(position);
    yield* framesOf(this.#region, position + bytes);
  }
}

/** The frames from where a region is up to a place; each is valid until the next. */
export function* framesOf(
  region: RegionReader,
  end: number,
): Generator<Uint8Array> {
  while (region.position < end) {
    const length = region.take(4);
    const size = new DataView(length.buffer, length.byteOffset, 4).getInt32(0);
    yield region.take(size);
  }
}
