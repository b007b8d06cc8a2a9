import { append } from "../../src/common/primordials.ts";
import { sortedOrder } from "./key_sort.ts";
import { mergeAll } from "./merge_runs.ts";
import { estimateSize } from "./estimate_size.ts";
import { MOST_VALUES, RunSet } from "./run_set.ts";
import type { SpillTools } from "./spill_tools.ts";

/**
 * Sorts records by key, in memory or over runs on disk. Records of equal keys
 * stay in the order of arrival, in both directions.
 */
export class SpillingSort {
  readonly #keyOf: (record: unknown) => unknown;
  readonly #sign: 1 | -1;
  readonly #tools: SpillTools;
  readonly #runs: RunSet;
  #keys: unknown[] = [];
  #records: unknown[] = [];

  /**
   * Makes an empty sorter.
   *
   * @param keyOf the key of a record, asked for once
   * @param ascending whether the lowest key comes first
   * @param tools where to spill, and when
   */
  constructor(
    keyOf: (record: unknown) => unknown,
    ascending: boolean,
    tools: SpillTools,
  ) {
    this.#keyOf = keyOf;
    this.#sign = ascending ? 1 : -1;
    this.#tools = tools;
    this.#runs = new RunSet(tools, (runs, writer) => {
      for (const cursor of mergeAll(runs, tools.codec, this.#sign)) {
        writer.addEncoded(cursor.key, cursor.record);
      }
    });
  }

  /** Takes a record. */
  add(record: unknown): void {
    append(this.#keys, this.#keyOf(record));
    append(this.#records, record);
    if (
      this.#tools.budget.isFullAfter(estimateSize(record, 1)) ||
      this.#records.length >= MOST_VALUES
    ) this.#spill();
  }

  /**
   * All records in order, once.
   *
   * @throws SparkError `KEY_NOT_COMPARABLE` for a key that has no value to compare
   */
  *records(): Generator<unknown, void, undefined> {
    if (this.#runs.isEmpty) {
      const records = this.#records;
      const order = sortedOrder(this.#keys, this.#sign);
      this.#keys = [];
      this.#records = [];
      for (const at of order) yield records[at];
      return;
    }
    try {
      this.#spill(); // what follows in the stage may need the memory
      const { codec } = this.#tools;
      for (const { record } of mergeAll(this.#runs.runs, codec, this.#sign)) {
        yield record;
      }
    } finally {
      this.#runs.close();
    }
  }

  #spill(): void {
    if (this.#records.length === 0) return;
    this.#runs.spill((writer) => {
      for (const at of sortedOrder(this.#keys, this.#sign)) {
        writer.add(this.#keys[at], this.#records[at]);
      }
      this.#keys = [];
      this.#records = [];
    });
  }
}
