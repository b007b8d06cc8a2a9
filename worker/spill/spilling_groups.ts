import { append } from "../../src/common/primordials.ts";
import { isIndexed, KEY_BATCH } from "../../src/serde/keys/hash_index.ts";
import { KeyedMap } from "../../src/serde/keys/keyed_map.ts";
import { sortedKeys } from "./key_sort.ts";
import { mergeEqual } from "./merge_runs.ts";
import { estimateSize } from "./estimate_size.ts";
import { MOST_KEYS, MOST_VALUES, RunSet } from "./run_set.ts";
import type { RunCursor, RunWriter, SortedRun } from "./sorted_run.ts";
import type { SpillFile } from "./spill_file.ts";
import type { SpillTools } from "./spill_tools.ts";
import {
  isStretch,
  type Piece,
  SpilledValues,
  type Stretch,
  writePieces,
} from "./spilled_values.ts";

const INLINE_BYTES = 16 * 1024; // a list up to this rough size lies beside its key
const WAITING_BYTES = 1 << 20; // of values that are not counted yet
const ROUGH_DEPTH = 4;
const SMALL_SHARE = 1 / 16; // of the limit: a group below this is read into memory

/** A group: an array where it fits in memory, else a list that is read from disk each time it is iterated. */
export type Values<V> = Iterable<V> & { readonly length: number };

/** What a run keeps for a list: its values, or where they are. */
type StoredPart = unknown[] | Stretch;

/**
 * Lists of values by key, so many for each, that go to disk when memory runs
 * out. Values stay in the order of arrival.
 *
 * Keys come in the order of `KeyedMap` where all fitted in memory, else in
 * that of `compareKeys`.
 */
export class SpillingGroups {
  readonly #parts: number;
  readonly #tools: SpillTools;
  readonly #runs: RunSet;
  /** Lists by key; with one part the list itself, to save memory. */
  readonly #map = new KeyedMap<unknown, unknown[]>();
  /** What waits to go into the map together: keys, values and their parts. */
  #waitingKeys: (string | number)[] = [];
  #waitingValues: unknown[] = [];
  readonly #partOf = new Uint32Array(KEY_BATCH);
  #waitingBytes = 0;
  #count = 0; // values in memory
  #isLent = false; // somebody may still read from the files

  /**
   * Makes an empty table.
   *
   * @param parts lists for each key
   * @param tools where to spill, and when
   */
  constructor(parts: number, tools: SpillTools) {
    this.#parts = parts;
    this.#tools = tools;
    this.#runs = new RunSet(
      tools,
      (runs, writer, file) => this.#mergeInto(runs, writer, file),
    );
  }

  /**
   * Adds a value to one of a key's lists.
   *
   * @param key the key
   * @param part which list, from 0
   * @param value what to add
   */
  add(key: unknown, part: number, value: unknown): void {
    const bytes = estimateSize(key, 1) + estimateSize(value, 1);
    if (!isIndexed(key)) {
      this.#flush();
      this.#map.combine(
        key,
        value,
        (value) => this.#created(part, value),
        (lists, value) => this.#appended(lists, part, value),
      );
      this.#added(bytes, 1);
      return;
    }
    const waiting = append(this.#waitingKeys, key);
    append(this.#waitingValues, value);
    this.#partOf[waiting - 1] = part;
    this.#waitingBytes += bytes;
    if (waiting === KEY_BATCH || this.#waitingBytes > WAITING_BYTES) {
      this.#flush();
    }
  }

  /**
   * Each key with its lists; once, where some were spilled. Lists that lie on
   * disk can be read until the task ends.
   */
  *entries(): Generator<[unknown, Values<unknown>[]], void, undefined> {
    this.#flush();
    if (this.#runs.isEmpty) {
      for (const [key, lists] of this.#map.entries()) {
        yield [key, this.#lists(lists)];
      }
      return;
    }
    try {
      this.#spill(); // what follows in the stage may need the memory
      for (const equal of mergeEqual(this.#runs.runs, this.#tools.codec)) {
        const { key, parts } = this.#joined(equal);
        yield [key, parts.map((pieces) => this.#values(pieces))];
      }
    } finally {
      if (!this.#isLent) this.#runs.close();
    }
  }

  #flush(): void {
    const keys = this.#waitingKeys;
    const values = this.#waitingValues;
    const bytes = this.#waitingBytes;
    if (keys.length === 0) return;
    this.#waitingKeys = []; // new ones cost less than old ones that point at young values
    this.#waitingValues = [];
    this.#waitingBytes = 0;
    const partOf = this.#partOf;
    this.#map.combineAll(
      keys,
      (at) => this.#created(partOf[at] as number, values[at]),
      (lists, at) => this.#appended(lists, partOf[at] as number, values[at]),
    );
    this.#added(bytes, keys.length);
  }

  #added(bytes: number, records: number): void {
    this.#count += records;
    if (
      this.#tools.budget.isFullAfter(bytes, records) ||
      this.#map.size >= MOST_KEYS || this.#count >= MOST_VALUES
    ) this.#spill();
  }

  /** One list and two have code of their own: they are the most. */
  #created(part: number, value: unknown): unknown[] {
    if (this.#parts === 1) return [value];
    if (this.#parts === 2) return part === 0 ? [[value], []] : [[], [value]];
    const lists = Array.from({ length: this.#parts }, (): unknown[] => []);
    append(lists[part] as unknown[], value);
    return lists;
  }

  #appended(lists: unknown[], part: number, value: unknown): unknown[] {
    const list = this.#parts === 1 ? lists : lists[part] as unknown[];
    append(list, value);
    return lists;
  }

  #lists(entry: unknown[]): unknown[][] {
    return this.#parts === 1 ? [entry] : entry as unknown[][];
  }

  #values(pieces: readonly Piece[]): Values<unknown> {
    const bytes = pieces.reduce(
      (sum, piece) => sum + (isStretch(piece) ? piece.bytes : 0),
      0,
    );
    const values = new SpilledValues<unknown>(pieces, this.#tools.codec);
    if (bytes <= this.#tools.budget.limitBytes * SMALL_SHARE) {
      return Array.from(values);
    }
    this.#isLent = true;
    return values;
  }

  #spill(): void {
    if (this.#map.size === 0) return;
    this.#runs.spill((writer, file) => {
      for (const key of sortedKeys(this.#map)) {
        const lists = this.#lists(this.#map.get(key) ?? []);
        writer.add(key, [
          key,
          ...lists.map((list) => this.#stored([list], file)),
        ]);
      }
      this.#map.clear();
      this.#count = 0;
    });
  }

  #mergeInto(
    runs: readonly SortedRun[],
    writer: RunWriter,
    file: SpillFile,
  ): void {
    for (const equal of mergeEqual(runs, this.#tools.codec)) {
      const { key, parts } = this.#joined(equal);
      writer.addEncoded(equal[0].key, [
        key,
        ...parts.map((pieces) => this.#stored(pieces, file)),
      ]);
    }
  }

  /** Puts a list into a file, unless it is short. */
  #stored(pieces: readonly Piece[], file: SpillFile): StoredPart {
    if (!pieces.some(isStretch)) {
      const values = pieces.length === 1 ? pieces[0] : pieces.flat();
      if (estimateSize(values, ROUGH_DEPTH) <= INLINE_BYTES) {
        return values as unknown[];
      }
    }
    return writePieces(pieces, file, this.#tools.codec);
  }

  /** One key's lists over all runs, each in pieces. */
  #joined(
    equal: readonly [RunCursor, ...RunCursor[]],
  ): { key: unknown; parts: Piece[][] } {
    const parts = Array.from({ length: this.#parts }, (): Piece[] => []);
    let key: unknown;
    for (const [order, { record, file }] of equal.entries()) {
      const [itsKey, ...stored] = record as [unknown, ...StoredPart[]];
      if (order === 0) key = itsKey;
      for (const [i, part] of stored.entries()) {
        if (!Array.isArray(part)) parts[i]?.push({ ...part, file });
        else if (part.length > 0) parts[i]?.push(part);
      }
    }
    return { key, parts };
  }
}
