import { KeyedMap } from "../../src/serde/keyed_map.ts";
import { sortedKeys } from "./key_sort.ts";
import { type EqualCursors, mergeEqual } from "./merge_runs.ts";
import { roughBytes } from "./rough_bytes.ts";
import { MOST_KEYS, RunSet } from "./run_set.ts";
import type { SpillTools } from "./spill_tools.ts";

/**
 * A table of accumulators by key, as `KeyedMap`, whose entries go to disk when
 * memory runs out.
 *
 * Entries come once each: in the order of `KeyedMap` where all fitted in
 * memory, else in the order of keys.
 */
export class SpillingTable<K = unknown, V = unknown> {
  readonly #map = new KeyedMap<K, V>();
  readonly #join: (a: V, b: V) => V;
  readonly #tools: SpillTools;
  readonly #runs: RunSet;

  /**
   * Makes an empty table.
   *
   * @param join makes one of two accumulators of a key, the earlier one first
   * @param tools where to spill, and when
   */
  constructor(join: (a: V, b: V) => V, tools: SpillTools) {
    this.#join = join;
    this.#tools = tools;
    this.#runs = new RunSet(tools, (runs, writer) => {
      for (const equal of mergeEqual(runs, tools.codec)) {
        writer.addEncoded(equal[0].key, this.#joined(equal));
      }
    });
  }

  /**
   * Adds a value to what a key has so far.
   *
   * @param key the key
   * @param value what to add
   * @param create makes the first accumulator of a key
   * @param merge makes the next one from the accumulator so far
   */
  combine<T>(
    key: K,
    value: T,
    create: (value: T) => V,
    merge: (combined: V, value: T) => V,
  ): void {
    this.#map.combine(key, value, create, merge);
    this.#added(key, value);
  }

  /** Whether a key is known in memory; false says nothing about the keys on disk. */
  has(key: K): boolean {
    return this.#map.has(key);
  }

  /** Gives a key an accumulator; one that is on disk will be joined with it. */
  set(key: K, value: V): this {
    this.#map.set(key, value);
    this.#added(key, value);
    return this;
  }

  /** All keys; once, where some were spilled. */
  *keys(): Generator<K, void, undefined> {
    if (this.#runs.isEmpty) yield* this.#map.keys();
    else for (const [key] of this.#merged()) yield key;
  }

  /** All keys with their accumulators; once, where some were spilled. */
  entries(): Generator<[K, V], void, undefined> {
    return this.#runs.isEmpty ? this.#map.entries() : this.#merged();
  }

  #added(key: unknown, value: unknown): void {
    const bytes = roughBytes(key, 1) + roughBytes(value, 1);
    if (
      this.#tools.budget.isFullAfter(bytes) || this.#map.size >= MOST_KEYS
    ) this.#spill();
  }

  #spill(): void {
    if (this.#map.size === 0) return;
    this.#runs.spill((writer) => {
      for (const key of sortedKeys(this.#map)) {
        writer.add(key, [key, this.#map.get(key)]);
      }
      this.#map.clear();
    });
  }

  *#merged(): Generator<[K, V], void, undefined> {
    try {
      this.#spill(); // what follows in the stage may need the memory
      for (const equal of mergeEqual(this.#runs.runs, this.#tools.codec)) {
        yield this.#joined(equal);
      }
    } finally {
      this.#runs.close();
    }
  }

  #joined(equal: EqualCursors): [K, V] {
    const entry = equal[0].record as [K, V];
    for (let i = 1; i < equal.length; i++) {
      const [, next] = equal[i]?.record as [K, V];
      entry[1] = this.#join(entry[1], next);
    }
    return entry;
  }
}
