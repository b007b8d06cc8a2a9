import { KeyedMap } from "../../src/serde/keyed_map.ts";
import { mergeRuns } from "./merge_runs.ts";
import { byKey, SpilledRuns, type SpillTools } from "./spill_tools.ts";

const NO_HEAD = new Uint8Array(0);

/**
 * A table of combined values by key, as `KeyedMap`, that writes itself to disk
 * when memory runs short and comes together again at the end.
 *
 * Peer: `pyspark.shuffle.ExternalMerger`.
 */
export class SpillingTable {
  readonly #tools: SpillTools;
  readonly #join: (a: unknown, b: unknown) => unknown;
  readonly #map = new KeyedMap<unknown, unknown>();
  readonly #runs: SpilledRuns;

  /**
   * Makes an empty table.
   *
   * @param tools how it spills
   * @param join merges two combined values of a key, the earlier one first
   */
  constructor(
    tools: SpillTools,
    join: (a: unknown, b: unknown) => unknown,
  ) {
    this.#tools = tools;
    this.#join = join;
    this.#runs = new SpilledRuns(tools);
  }

  /**
   * Adds a value to what a key has so far.
   *
   * @param key the key
   * @param value what to add
   * @param create makes the first combined value of a key
   * @param merge makes the next one from the combined value so far
   */
  combine<V>(
    key: unknown,
    value: V,
    create: (value: V) => unknown,
    merge: (combined: unknown, value: V) => unknown,
  ): void {
    this.#map.combine(key, value, create, merge);
    if (this.#tools.budget.add(value)) this.#spill();
  }

  /** All keys. */
  *keys(): Generator<unknown> {
    for (const [key] of this.entries()) yield key;
  }

  /** All keys with their combined values. */
  *entries(): Generator<[unknown, unknown]> {
    if (this.#runs.count === 0) {
      yield* this.#map.entries();
      return;
    }
    if (this.#map.size > 0) this.#spill();
    for (const same of mergeRuns(this.#runs.readers(), true)) {
      let merged: [unknown, unknown] | null = null;
      for (const record of this.#runs.records(same)) {
        const [key, value] = record as [unknown, unknown];
        merged = merged === null
          ? [key, value]
          : [merged[0], this.#join(merged[1], value)];
      }
      if (merged !== null) yield merged;
    }
  }

  #spill(): void {
    const runs = this.#runs;
    runs.write((writer) => {
      const entries = [...this.#map.entries()].map((pair) => ({
        pair,
        encoded: runs.encode(pair[0]),
      }));
      for (const { pair, encoded } of entries.sort(byKey)) {
        writer.add(encoded, NO_HEAD, 1, runs.framesOf([pair]));
      }
    }, () => this.#map.clear());
  }
}
