import { append } from "../../src/common/primordials.ts";
import { isIndexed, KEY_BATCH } from "../../src/serde/keys/hash_index.ts";
import { KeyedMap } from "../../src/serde/keys/keyed_map.ts";
import { sortedKeys } from "./key_sort.ts";
import { type EqualCursors, mergeEqual } from "./merge_runs.ts";
import { estimateSize } from "./estimate_size.ts";
import { MOST_KEYS, RunSet } from "./run_set.ts";
import type { SpillTools } from "./spill_tools.ts";

/** How a table makes accumulators of values. */
export interface TableRule<V, T> {
  /** The first accumulator of a key. */
  readonly create: (value: T) => V;
  /** The next one from the accumulator so far. */
  readonly merge: (combined: V, value: T) => V;
  /** One of two accumulators of a key, the earlier one first. */
  readonly join: (a: V, b: V) => V;
}

/**
 * A table of accumulators by key, as `KeyedMap`, whose entries go to disk when
 * memory runs out.
 *
 * Entries come once each: in the order of `KeyedMap` where all fitted in
 * memory, else in the order of keys.
 */
export class SpillingTable<K = unknown, V = unknown, T = V> {
  readonly #map = new KeyedMap<K, V>();
  readonly #rule: TableRule<V, T>;
  readonly #tools: SpillTools;
  readonly #runs: RunSet;
  /** Pairs that wait to go into the map together. */
  #keys: (K & (string | number))[] = [];
  #values: T[] = [];

  /**
   * Makes an empty table.
   *
   * @param rule how accumulators are made
   * @param tools where to spill, and when
   */
  constructor(rule: TableRule<V, T>, tools: SpillTools) {
    this.#rule = rule;
    this.#tools = tools;
    this.#runs = new RunSet(tools, (runs, writer) => {
      for (const equal of mergeEqual(runs, tools.codec)) {
        writer.addEncoded(equal[0].key, this.#joined(equal));
      }
    });
  }

  /**
   * Adds a value to what a key has so far. Small pairs of numbers and strings
   * wait for one another; an object may change as soon as this returns.
   *
   * @param key the key
   * @param value what to add
   */
  combine(key: K, value: T): void {
    if (isIndexed(key) && (typeof value === "number" || value === null)) {
      append(this.#keys, key);
      if (append(this.#values, value) === KEY_BATCH) this.#flush();
      return;
    }
    this.#flush();
    this.#map.combine(key, value, this.#rule.create, this.#rule.merge);
    this.#added(estimateSize(key, 1) + estimateSize(value, 1), 1);
  }

  /** All keys; once, where some were spilled. */
  *keys(): Generator<K, void, undefined> {
    this.#flush();
    if (this.#runs.isEmpty) yield* this.#map.keys();
    else for (const [key] of this.#merged()) yield key;
  }

  /** All keys with their accumulators; once, where some were spilled. */
  entries(): Generator<[K, V], void, undefined> {
    this.#flush();
    return this.#runs.isEmpty ? this.#map.entries() : this.#merged();
  }

  #flush(): void {
    const keys = this.#keys;
    const values = this.#values;
    if (keys.length === 0) return;
    this.#keys = []; // new ones cost less than old ones that point at young strings
    this.#values = [];
    const { create, merge } = this.#rule;
    this.#map.combineAll(
      keys,
      (at) => create(values[at] as T),
      (combined, at) => merge(combined, values[at] as T),
    );
    let bytes = 0;
    for (let i = 0; i < keys.length; i++) {
      bytes += estimateSize(keys[i], 1) + estimateSize(values[i], 1);
    }
    this.#added(bytes, keys.length);
  }

  #added(bytes: number, records: number): void {
    if (
      this.#tools.budget.isFullAfter(bytes, records) ||
      this.#map.size >= MOST_KEYS
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
      entry[1] = this.#rule.join(entry[1], next);
    }
    return entry;
  }
}
