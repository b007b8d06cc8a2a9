import { compareBytes } from "../../src/serde/byte_order.ts";
import { compareKeys } from "../../src/serde/compare.ts";
import { mergeRuns } from "./merge_runs.ts";
import { SpilledRuns, type SpillTools } from "./spill_tools.ts";
import type { RunWriter } from "./sorted_run.ts";

const NO_HEAD = new Uint8Array(0);
const ENTRY_RECORDS = 256; // of equal keys, written together

interface Item {
  readonly key: unknown;
  readonly record: unknown;
}

/**
 * Sorts records by key, equal keys in their order, and writes sorted runs to
 * disk when memory runs short.
 *
 * Peer: `pyspark.shuffle.ExternalSorter`.
 */
export class SpillingSort {
  readonly #tools: SpillTools;
  readonly #keyOf: (record: unknown) => unknown;
  readonly #ascending: boolean;
  readonly #runs: SpilledRuns;
  #items: Item[] = [];

  /**
   * Makes an empty sorter.
   *
   * @param tools how it spills
   * @param keyOf gives what a record is sorted by
   * @param ascending whether the lowest comes first
   */
  constructor(
    tools: SpillTools,
    keyOf: (record: unknown) => unknown,
    ascending: boolean,
  ) {
    this.#tools = tools;
    this.#keyOf = keyOf;
    this.#ascending = ascending;
    this.#runs = new SpilledRuns(tools);
  }

  /** Takes a record. */
  add(record: unknown): void {
    this.#items.push({ key: this.#keyOf(record), record });
    if (this.#tools.budget.add(record)) this.#spill();
  }

  /** All records in order. */
  *records(): Generator<unknown> {
    if (this.#runs.count === 0) {
      this.#sort();
      for (const { record } of this.#items) yield record;
      return;
    }
    if (this.#items.length > 0) this.#spill();
    const runs = this.#runs;
    for (const same of mergeRuns(runs.readers(), this.#ascending)) {
      for (const run of same) yield* runs.records([run]);
    }
  }

  #sort(): void {
    const sign = this.#ascending ? 1 : -1;
    this.#items.sort((a, b) => sign * compareKeys(a.key, b.key));
  }

  #spill(): void {
    this.#sort();
    this.#runs.write((writer) => this.#write(writer), () => this.#items = []);
  }

  /** Equal keys stay together, and a run has no key twice: the merge counts on it. */
  #write(writer: RunWriter): void {
    const runs = this.#runs;
    let encoded: Uint8Array | null = null;
    let equal: unknown[] = [];
    let frames: Uint8Array[] = [];
    let count = 0;
    const send = (): void => {
      if (equal.length > 0) frames.push(...runs.framesOf(equal));
      if (encoded !== null) writer.add(encoded, NO_HEAD, count, frames);
      [equal, frames, count] = [[], [], 0];
    };
    for (const { key, record } of this.#items) {
      const next = runs.encode(key);
      if (encoded === null || compareBytes(encoded, next) !== 0) {
        send();
        encoded = next;
      }
      equal.push(record);
      count++;
      if (equal.length === ENTRY_RECORDS) {
        frames.push(...runs.framesOf(equal));
        equal = [];
      }
    }
    send();
  }
}
