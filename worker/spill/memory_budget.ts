import { getHeapStatistics } from "node:v8";

const CHECK_BYTES = 1 << 20; // between two looks at the heap: 1,024 small records, or one of a megabyte
const RECORD_BYTES = 1024; // what a record counts for beside its known size
const FIRST_CHECK_BYTES = 64 * RECORD_BYTES; // until it is known how much memory a record takes
const GROWTH = 4; // how much longer the next stretch may be
const HEADROOM_PARTS = 8; // a stretch may use up this part of the memory that is left
const FULL_SHARE = 0.75; // of the room above what is always held: so much must live for a spill to be worth it
const KEPT_SHARE = 0.8; // of the budget, for records; spilling itself takes the rest, to sort keys and to write
const RISE = 1.05; // above what could not be freed
const STEP_PARTS = 4; // and this part of the limit more

/**
 * Says when a task holds so much that records must go to disk.
 *
 * Garbage counts as used until V8 collects it, so where the collector is at
 * hand it runs before a task is told to spill.
 */
export class MemoryBudget {
  /** The budget as it was given, in bytes. */
  readonly limitBytes: number;
  readonly #kept: number; // bytes at which records go to disk, if all can be freed
  readonly #measure: () => number;
  readonly #gc: (() => void) | null;
  #limit: number;
  #floor = 0; // used bytes after the last spill
  #last: number; // used bytes at the last look
  #stretch = FIRST_CHECK_BYTES;
  #left = FIRST_CHECK_BYTES;

  /**
   * Measures once.
   *
   * @param limitBytes what the process should stay below; records go to disk at four fifths of it
   * @param measure bytes in use; by default the heap, buffers outside of it, and what the process held beside them at this moment
   * @param gc frees at once what is not in use, such as V8's own `gc`
   */
  constructor(
    limitBytes: number,
    measure: () => number = processMeasure(),
    gc: (() => void) | null = null,
  ) {
    this.limitBytes = limitBytes;
    this.#kept = KEPT_SHARE * limitBytes;
    this.#limit = this.#kept;
    this.#measure = measure;
    this.#gc = gc;
    this.#last = measure();
  }

  /** Bytes in use now. */
  get usedBytes(): number {
    return this.#measure();
  }

  /**
   * Counts records, and looks at the memory from time to time: at most every
   * 1,024 records, more often where records turn out to be large.
   *
   * @param bytes size of the records as far as it is known
   * @param records how many
   * @returns true when it is time to spill
   */
  isFullAfter(bytes: number, records = 1): boolean {
    this.#left -= RECORD_BYTES * records + bytes;
    return this.#left <= 0 && this.#look();
  }

  /** Whether more is in use than allowed, garbage apart where it can be collected. */
  isExceeded(): boolean {
    if (this.#measure() < this.#limit) return false;
    if (this.#gc === null) return true;
    this.#gc();
    const floor = Math.min(this.#floor, this.#limit);
    return this.#measure() >= floor + FULL_SHARE * (this.#limit - floor);
  }

  /**
   * To be called after a spill, when nothing refers to the records any more.
   * The limit rises above what is still in use: what cannot be freed must
   * not cause one spill after the other. Peer: `shuffle.py`, `_next_limit`.
   */
  released(): void {
    this.#gc?.();
    const used = this.#measure();
    this.#floor = used;
    this.#last = used;
    this.#limit = Math.max(
      this.#kept,
      used * RISE + this.#kept / STEP_PARTS,
    );
  }

  #look(): boolean {
    if (this.isExceeded()) {
      this.#left = this.#stretch;
      return true;
    }
    const used = this.#measure();
    const perByte = Math.max(used - this.#last, 0) / this.#stretch;
    const room = Math.max(this.#limit - used, 0) / HEADROOM_PARTS;
    const fitting = perByte > 0 ? room / perByte : Infinity;
    this.#stretch = Math.min(GROWTH * this.#stretch, fitting, CHECK_BYTES);
    this.#stretch = Math.max(this.#stretch, RECORD_BYTES);
    this.#left = this.#stretch;
    this.#last = used;
    return false;
  }
}

/**
 * `getHeapStatistics` takes half a microsecond; `Deno.memoryUsage` takes nine,
 * since it reads the resident size from the kernel.
 */
function processMeasure(): () => number {
  const { rss, heapTotal, external } = Deno.memoryUsage();
  const beside = Math.max(rss - heapTotal - external, 0);
  return () => {
    const { used_heap_size: heap, external_memory: buffers } =
      getHeapStatistics();
    return beside + heap + buffers;
  };
}
