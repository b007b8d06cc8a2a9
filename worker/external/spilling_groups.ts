import { KeyedMap } from "../../src/serde/keyed_map.ts";
import { mergeRuns } from "./merge_runs.ts";
import type { RunReader } from "./sorted_run.ts";
import { byKey, SpilledRuns, type SpillTools } from "./spill_tools.ts";
import { SpilledValues } from "./spilled_values.ts";

const LARGE_PART = 16; // a group of more than this part of the budget stays on disk

/** The values of a key in one of its groups. */
export type Group = unknown[] | SpilledValues;

/**
 * Lists of values by key, that go to disk when memory runs short. A group that
 * is too large for memory is read from there while it is iterated.
 *
 * Peer: `pyspark.shuffle.ExternalGroupBy`.
 */
export class SpillingGroups {
  readonly #tools: SpillTools;
  readonly #parts: number;
  readonly #map = new KeyedMap<unknown, unknown[][]>();
  readonly #runs: SpilledRuns;

  /**
   * Makes empty groups.
   *
   * @param tools how they spill
   * @param parts how many groups a key has
   */
  constructor(tools: SpillTools, parts: number) {
    this.#tools = tools;
    this.#parts = parts;
    this.#runs = new SpilledRuns(tools);
  }

  /**
   * Adds a value.
   *
   * @param key its key
   * @param part which of the key's groups, from 0
   * @param value the value
   */
  add(key: unknown, part: number, value: unknown): void {
    let groups = this.#map.get(key);
    if (groups === undefined) {
      groups = Array.from({ length: this.#parts }, () => []);
      this.#map.set(key, groups);
    }
    groups[part]?.push(value);
    if (this.#tools.budget.add(value)) this.#spill();
  }

  /** Each key with its groups. */
  *entries(): Generator<[unknown, Group[]]> {
    if (this.#runs.count === 0) {
      yield* this.#map.entries();
      return;
    }
    if (this.#map.size > 0) this.#spill();
    let pending: [unknown, Group[]] | null = null;
    let encoded: Uint8Array | null = null;
    for (const same of mergeRuns(this.#runs.readers(), true)) {
      const entry = same[0]?.entry;
      if (entry === undefined || entry === null) continue;
      // The last byte of an encoding is the part; those of one key follow each other.
      const key = entry.key.subarray(0, -1);
      if (pending === null || encoded === null || !isEqual(key, encoded)) {
        if (pending !== null) yield pending;
        const [value] = this.#tools.codec.decodeBatch(entry.head);
        pending = [value, Array.from({ length: this.#parts }, () => [])];
        encoded = key;
      }
      pending[1][entry.key.at(-1) ?? 0] = this.#group(same);
    }
    if (pending !== null) yield pending;
  }

  #group(same: readonly RunReader[]): Group {
    let bytes = 0;
    let count = 0;
    const extents = same.flatMap(({ entry }) => {
      if (entry === null) return [];
      bytes += entry.records.bytes;
      count += entry.count;
      return [entry.records];
    });
    if (bytes <= this.#tools.budget.bytes / LARGE_PART) {
      return [...this.#runs.records(same)];
    }
    const { codec } = this.#tools;
    return new SpilledValues(this.#runs.file, extents, count, codec);
  }

  #spill(): void {
    const runs = this.#runs;
    runs.write((writer) => {
      const entries = [...this.#map.entries()].map(([key, groups]) => ({
        key,
        groups,
        encoded: runs.encode(key),
      }));
      for (const { key, groups, encoded } of entries.sort(byKey)) {
        const [head = encoded] = runs.framesOf([key]);
        const place = new Uint8Array(encoded.length + 1);
        place.set(encoded);
        groups.forEach((values, part) => {
          if (values.length === 0) return;
          place[encoded.length] = part;
          writer.add(place, head, values.length, runs.framesOf(values));
        });
      }
    }, () => this.#map.clear());
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
