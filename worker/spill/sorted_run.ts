import { append } from "../../src/common/primordials.ts";
import { encodeKey } from "../../src/serde/keys/key_encoding.ts";
import { KeyWriter } from "../../src/serde/keys/key_writer.ts";
import type { RecordCodec } from "../../src/serde/records/record_batch.ts";
import { estimateSize } from "./estimate_size.ts";
import type { SpillFile } from "./spill_file.ts";

const BLOCK_BYTES = 64 * 1024; // aimed at, encoded: each run that is merged holds one block
const BLOCK_RECORDS = 1 << 14;
const FIRST_RECORDS = 64; // until the size of a record is known
const HEAD_BYTES = 12;
const ROUGH_DEPTH = 4;

/**
 * Records on disk in the order of their keys, found block by block.
 *
 * Layout of a block, big-endian: uint32 records, uint32 bytes of keys, uint32
 * bytes of the batch; for each record uint32 the end of its key, counted from
 * the first key; the keys as `encodeKey` writes them; the batch as
 * `RecordCodec` writes it. Between blocks may be bytes that records point to.
 */
export interface SortedRun {
  readonly file: SpillFile;
  /** Where each block starts and how long it is, in bytes, by turns. */
  readonly blocks: readonly number[];
}

/** Writes records, given in the order of their keys, as a run. */
export class RunWriter {
  readonly #file: SpillFile;
  readonly #codec: RecordCodec;
  readonly #keys = new KeyWriter();
  readonly #ends: number[] = [];
  #records: unknown[] = [];
  #bytes = 0; // of the records, roughly
  #wanted = FIRST_RECORDS;
  readonly #blocks: number[] = [];

  /** Starts a run at the end of a file. */
  constructor(file: SpillFile, codec: RecordCodec) {
    this.#file = file;
    this.#codec = codec;
  }

  /**
   * Appends a record.
   *
   * @throws SparkError `RECORD_NOT_SERIALIZABLE` for what cannot be written
   */
  add(key: unknown, record: unknown): void {
    encodeKey(key, this.#keys);
    this.#added(record);
  }

  /** Appends a record whose key is encoded already. */
  addEncoded(key: Uint8Array, record: unknown): void {
    this.#keys.raw(key);
    this.#added(record);
  }

  /** Writes out what is held. */
  finish(): SortedRun {
    if (this.#records.length > 0) this.#writeBlock();
    this.#file.flush();
    return { file: this.#file, blocks: this.#blocks };
  }

  #added(record: unknown): void {
    append(this.#ends, this.#keys.length);
    append(this.#records, record);
    this.#bytes += estimateSize(record, ROUGH_DEPTH);
    if (
      this.#records.length >= this.#wanted || this.#bytes >= BLOCK_BYTES ||
      this.#keys.length >= BLOCK_BYTES
    ) this.#writeBlock();
  }

  #writeBlock(): void {
    const count = this.#records.length;
    const keys = this.#keys.view();
    const batch = this.#codec.encodeBatch(this.#records);
    const head = new DataView(new ArrayBuffer(HEAD_BYTES + 4 * count));
    head.setUint32(0, count);
    head.setUint32(4, keys.length);
    head.setUint32(8, batch.length);
    for (let i = 0; i < count; i++) {
      head.setUint32(HEAD_BYTES + 4 * i, this.#ends[i] ?? 0);
    }
    const size = head.byteLength + keys.length + batch.length;
    this.#blocks.push(this.#file.length, size);
    this.#file.append(new Uint8Array(head.buffer));
    this.#file.append(keys);
    this.#file.append(batch);
    this.#keys.clear();
    this.#ends.length = 0;
    this.#records = [];
    this.#bytes = 0;
    const fitting = Math.floor(count * BLOCK_BYTES / size);
    this.#wanted = Math.max(1, Math.min(fitting, BLOCK_RECORDS));
  }
}

/** A place in a run that is read from its start to its end. */
export class RunCursor {
  /** Which of the merged runs this is: of equal keys the lower one comes first. */
  readonly order: number;
  readonly #run: SortedRun;
  readonly #codec: RecordCodec;
  #block = 0;
  #at = -1;
  #records: unknown[] = [];
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(this.#bytes.buffer);
  #keysAt = 0;
  #start = 0; // of the key, in the block
  #end = 0;

  /** Stands before the first record. */
  constructor(run: SortedRun, order: number, codec: RecordCodec) {
    this.#run = run;
    this.order = order;
    this.#codec = codec;
  }

  /** Where the run lies. */
  get file(): SpillFile {
    return this.#run.file;
  }

  /** The record here. */
  get record(): unknown {
    return this.#records[this.#at];
  }

  /** Its encoded key; valid until the next {@link RunCursor.advance}. */
  get key(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  /** Goes to the next record and says whether there is one. */
  advance(): boolean {
    if (this.#at >= 0) this.#records[this.#at] = undefined; // it may be large
    if (++this.#at >= this.#records.length && !this.#readBlock()) return false;
    this.#start = this.#end;
    this.#end = this.#keysAt + this.#view.getUint32(HEAD_BYTES + 4 * this.#at);
    return true;
  }

  /** Compares the keys of two cursors as `memcmp` does. */
  compare(other: RunCursor): number {
    const a = this.#bytes;
    const b = other.#bytes;
    let i = this.#start;
    let j = other.#start;
    const length = this.#end - i;
    const difference = length - (other.#end - j);
    const end = i + (difference < 0 ? length : length - difference);
    while (i < end) {
      const step = (a[i++] as number) - (b[j++] as number);
      if (step !== 0) return step;
    }
    return difference;
  }

  #readBlock(): boolean {
    const position = this.#run.blocks[this.#block];
    const size = this.#run.blocks[this.#block + 1];
    if (position === undefined || size === undefined) {
      this.#records = [];
      return false;
    }
    this.#block += 2;
    const bytes = new Uint8Array(size);
    this.#run.file.read(position, bytes);
    const view = new DataView(bytes.buffer);
    this.#bytes = bytes;
    this.#view = view;
    this.#keysAt = HEAD_BYTES + 4 * view.getUint32(0);
    const batchAt = this.#keysAt + view.getUint32(4);
    this.#records = this.#codec.decodeBatch(bytes.subarray(batchAt));
    this.#at = 0;
    this.#end = this.#keysAt;
    return true;
  }
}
