import { encodeKey } from "../../src/serde/key_encoding.ts";
import { KeyWriter } from "../../src/serde/key_writer.ts";
import type { RecordCodec } from "../../src/serde/record_batch.ts";
import { compareBytes } from "../../src/serde/byte_order.ts";
import type { MemoryBudget } from "./memory_budget.ts";
import { type Extent, RunReader, RunWriter } from "./sorted_run.ts";
import type { SpillFile, SpillSpace } from "./spill_file.ts";

const BATCH_RECORDS = 256; // of one key, in a frame

/** What the tables of one task spill with. */
export interface SpillTools {
  readonly space: SpillSpace;
  readonly budget: MemoryBudget;
  readonly codec: RecordCodec;
}

/** The runs that one table has written so far. */
export class SpilledRuns {
  readonly #tools: SpillTools;
  readonly #runs: Extent[] = [];
  readonly #keys = new KeyWriter();
  #file: SpillFile | null = null;

  /** @param tools where runs go */
  constructor(tools: SpillTools) {
    this.#tools = tools;
  }

  /** How many there are. */
  get count(): number {
    return this.#runs.length;
  }

  /** The file that holds them. */
  get file(): SpillFile {
    this.#file ??= this.#tools.space.open();
    return this.#file;
  }

  /** The encoding of a key, a copy. */
  encode(key: unknown): Uint8Array {
    this.#keys.clear();
    encodeKey(key, this.#keys);
    return this.#keys.view().slice();
  }

  /**
   * Writes one more run.
   *
   * @param fill adds the entries, in order
   * @param clear lets go of what was written
   */
  write(fill: (writer: RunWriter) => void, clear: () => void): void {
    const { budget, space } = this.#tools;
    const before = budget.used();
    const writer = new RunWriter(this.file);
    fill(writer);
    this.#runs.push(writer.finish());
    clear();
    space.freed(before - budget.spilled());
  }

  /** All runs, each at its first key. */
  readers(): RunReader[] {
    return this.#runs.map((run) => new RunReader(this.file, run));
  }

  /** Records as frames. */
  framesOf(records: readonly unknown[]): Uint8Array[] {
    const { codec } = this.#tools;
    const frames: Uint8Array[] = [];
    for (let at = 0; at < records.length; at += BATCH_RECORDS) {
      const part = records.slice(at, at + BATCH_RECORDS);
      frames.push(codec.encodeBatch(part).slice());
    }
    return frames;
  }

  /** The records of the keys that runs are at, one run after the other. */
  *records(runs: readonly RunReader[]): Generator<unknown> {
    for (const run of runs) {
      for (const frame of run.frames()) {
        yield* this.#tools.codec.decodeBatch(frame);
      }
    }
  }
}

/** Sorts by encoded keys. */
export function byKey(
  a: { readonly encoded: Uint8Array },
  b: { readonly encoded: Uint8Array },
): number {
  return compareBytes(a.encoded, b.encoded);
}
