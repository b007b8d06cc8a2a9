import { getHeapStatistics } from "node:v8";

const CHECK_RECORDS = 1024; // asking V8 takes as long as adding some 30 records
const CHECK_PART = 16; // ask as well once this part of the budget may have come
const FREE_PART = 4; // a collection must free at least this part, or records have to go
const RAISE = 1.05;

/** What a budget asks of the engine. */
export interface MemoryMeter {
  /** Bytes in use: the heap, and buffers outside it. */
  used(): number;
  /** Collects garbage; null where that can not be asked for. */
  readonly collect: (() => void) | null;
}

/**
 * How much memory the records of a task may take before some of them go to
 * disk. Peer: `pyspark.shuffle.Spiller`, `spark.python.worker.memory`.
 */
export class MemoryBudget {
  readonly #meter: MemoryMeter;
  readonly #bytes: number;
  #limit: number;
  #records = 0;
  #seen = 0;

  /**
   * Opens a budget.
   *
   * @param bytes the budget
   * @param meter asks the engine; V8 itself by default, without collecting
   */
  constructor(bytes: number, meter: MemoryMeter = engineMeter(null)) {
    this.#bytes = bytes;
    this.#limit = bytes;
    this.#meter = meter;
  }

  /** The budget in bytes, as it was given. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes in use now. */
  used(): number {
    return this.#meter.used();
  }

  /**
   * Notes a record that is kept, and says whether it is time to write records to disk.
   *
   * @param value the record, or its part that may be large
   */
  add(value: unknown): boolean {
    this.#seen += roughBytes(value);
    if (
      ++this.#records < CHECK_RECORDS && this.#seen < this.#limit / CHECK_PART
    ) return false;
    this.#records = 0;
    this.#seen = 0;
    return this.#isExceeded();
  }

  /**
   * Notes that records went to disk. What is still in use is there to stay, a
   * broadcast perhaps: the limit rises above it, or every record would spill.
   *
   * @returns bytes in use now
   */
  spilled(): number {
    this.#meter.collect?.();
    const used = this.#meter.used();
    this.#limit = Math.max(
      this.#bytes,
      used * RAISE + this.#bytes / FREE_PART,
    );
    return used;
  }

  #isExceeded(): boolean {
    if (this.#meter.used() <= this.#limit) return false;
    if (this.#meter.collect === null) return true;
    this.#meter.collect(); // what looks like too much is garbage, as often as not
    return this.#meter.used() > this.#limit * (1 - 1 / FREE_PART);
  }
}

/**
 * Asks V8.
 *
 * @param collect V8's `gc`; null where it is not exposed
 */
export function engineMeter(collect: (() => void) | null): MemoryMeter {
  return {
    used() {
      const { used_heap_size: heap, external_memory: outside } =
        getHeapStatistics();
      return heap + outside;
    },
    collect,
  };
}

/** About how many bytes a value takes, where it may be many. */
function roughBytes(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (!Array.isArray(value)) return 64;
  let bytes = 8 * value.length;
  if (value.length <= 4) {
    for (const part of value) {
      bytes += roughBytes(part);
    }
  }
  return bytes;
}
