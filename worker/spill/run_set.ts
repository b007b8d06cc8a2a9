import { RunWriter, type SortedRun } from "./sorted_run.ts";
import type { SpillFile } from "./spill_file.ts";
import type { SpillTools } from "./spill_tools.ts";

const MERGED_AT_ONCE = 32; // each holds a descriptor and a block of records

/** Keys that a table may hold in memory, however large the budget: half of what V8's `Map` can. */
export const MOST_KEYS: number = 1 << 23;

/** Values that a collection may hold in memory, however large the budget: half of what an array of V8's can. */
export const MOST_VALUES: number = 1 << 26;

/** Copies merged runs to one: `write` gets the runs and where their merger goes. */
export type MergeInto = (
  runs: readonly SortedRun[],
  writer: RunWriter,
  file: SpillFile,
) => void;

/**
 * The runs that one collection has spilled, each in a file of its own. When
 * there are too many to merge at once, the latest ones become one.
 */
export class RunSet {
  readonly #tools: SpillTools;
  readonly #merge: MergeInto;
  readonly #runs: { readonly run: SortedRun; readonly level: number }[] = [];

  /**
   * Starts empty.
   *
   * @param tools space, budget and codec
   * @param merge writes several runs as one
   */
  constructor(tools: SpillTools, merge: MergeInto) {
    this.#tools = tools;
    this.#merge = merge;
  }

  /** The runs, the earliest first. */
  get runs(): readonly SortedRun[] {
    return this.#runs.map(({ run }) => run);
  }

  /** Whether nothing was spilled. */
  get isEmpty(): boolean {
    return this.#runs.length === 0;
  }

  /**
   * Spills: has a run written, and the memory counted that this set free.
   *
   * @param write appends all records in the order of their keys, then forgets them
   */
  spill(write: (writer: RunWriter, file: SpillFile) => void): void {
    const { budget, space } = this.#tools;
    const before = budget.usedBytes;
    this.#add(write, 0);
    budget.released();
    space.freed(before - budget.usedBytes);
    this.#mergeLatest();
  }

  /** Closes all files. */
  close(): void {
    for (const { run } of this.#runs.splice(0)) {
      this.#tools.space.close(run.file);
    }
  }

  #add(
    write: (writer: RunWriter, file: SpillFile) => void,
    level: number,
  ): void {
    const file = this.#tools.space.open();
    const writer = new RunWriter(file, this.#tools.codec);
    write(writer, file);
    this.#runs.push({ run: writer.finish(), level });
  }

  /** Merges runs of one level to one of the next, as in a number that carries. */
  #mergeLatest(): void {
    for (;;) {
      const level = this.#runs.at(-1)?.level ?? 0;
      const first = this.#runs.findIndex((run) => run.level === level);
      if (this.#runs.length - first < MERGED_AT_ONCE) return;
      const runs = this.#runs.splice(first).map(({ run }) => run);
      this.#add((writer, file) => this.#merge(runs, writer, file), level + 1);
      for (const { file } of runs) this.#tools.space.close(file);
    }
  }
}
