import { printBy } from "../../common/inspect.ts";
import { OwnMap } from "../../common/primordials.ts";
import { HashIndex, isIndexed, KEY_BATCH } from "./hash_index.ts";
import { encodeKey } from "./key_encoding.ts";
import { KeyWriter } from "./key_writer.ts";

/**
 * A map whose keys are equal when their values are: `["a", 1]` finds
 * `["a", 1]`. Entries come in order of insertion.
 *
 * A key must not change while it is in the map.
 */
export class KeyedMap<K, V> {
  readonly #keys: K[] = [];
  readonly #values: V[] = [];
  readonly #index = new HashIndex(this.#keys);
  /** Other primitives, whose equality `Map` knows, and the names of arrays and objects. */
  readonly #plain = new OwnMap<unknown, number>();
  readonly #composite = new OwnMap<string, number>();
  readonly #writer = new KeyWriter();
  readonly #found = new Int32Array(KEY_BATCH);
  #lastName = ""; // of the array or object that was looked for last

  static {
    // As a Map: no two of its keys are one object.
    printBy(
      KeyedMap.prototype,
      (self, inspect) => `Keyed${inspect(new Map(self))}`,
    );
  }

  /** How many keys there are. */
  get size(): number {
    return this.#keys.length;
  }

  /**
   * The value of a key, undefined when it has none.
   *
   * @throws SparkError `KEY_NOT_COMPARABLE`, as every method with a key does
   */
  get(key: K): V | undefined {
    return this.#values[this.#find(key)];
  }

  /** Whether a key has a value. */
  has(key: K): boolean {
    return this.#find(key) >= 0;
  }

  /** Gives a key a value. */
  set(key: K, value: V): this {
    const at = this.#find(key);
    if (at >= 0) this.#values[at] = value;
    else this.#insert(key, value);
    return this;
  }

  /** Removes all keys. */
  clear(): void {
    this.#keys.length = 0;
    this.#values.length = 0;
    this.#index.clear();
    this.#plain.clear();
    this.#composite.clear();
  }

  /**
   * Adds a value to what a key has so far; allocates nothing for a key that is
   * there.
   *
   * @param key the key
   * @param value what to add
   * @param create makes the first combined value of a key
   * @param merge makes the next one from the combined value so far
   */
  combine<T>(
    key: K,
    value: T,
    create: (value: T) => V,
    merge: (combined: V, value: T) => V,
  ): void {
    const at = this.#find(key);
    if (at >= 0) this.#values[at] = merge(this.#values[at] as V, value);
    // A user's function may throw: the key goes in only with its value.
    else this.#insert(key, create(value));
  }

  /**
   * The same as `combine` for one key after the other, faster where there are
   * many in the map; calls `create` for new keys before any `merge`.
   *
   * @param keys what `isIndexed` takes, at most `KEY_BATCH`
   * @param create makes the first combined value of the key at a place in `keys`
   * @param merge makes the next one from the combined value so far
   */
  combineAll(
    keys: readonly (K & (string | number))[],
    create: (at: number) => V,
    merge: (combined: V, at: number) => V,
  ): void {
    const index = this.#index;
    const found = this.#found;
    const combined = this.#values;
    index.prepare(keys);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as K & (string | number);
      found[i] = index.findPrepared(i, key);
      if (found[i] === -1) this.#insert(key, create(i));
    }
    // Apart, so that the processor fetches many values at once.
    for (let i = 0; i < keys.length; i++) {
      const at = found[i] as number;
      if (at >= 0) combined[at] = merge(combined[at] as V, i);
    }
  }

  /** All keys. */
  *keys(): Generator<K, void, undefined> {
    yield* this.#keys;
  }

  /** All values. */
  *values(): Generator<V, void, undefined> {
    yield* this.#values;
  }

  /** All keys with their values, each pair an array of its own. */
  *entries(): Generator<[K, V], void, undefined> {
    for (let i = 0; i < this.#keys.length; i++) {
      yield [this.#keys[i] as K, this.#values[i] as V];
    }
  }

  /** The same as {@link KeyedMap.entries}. */
  [Symbol.iterator](): Generator<[K, V], void, undefined> {
    return this.entries();
  }

  /** All keys with their values, as {@link KeyedMap.entries} gives them. */
  toJSON(): [K, V][] {
    return [...this];
  }

  /** How many keys there are, for a person to read. */
  toString(): string {
    return `KeyedMap(${this.size})`;
  }

  /** The index that a key has, or -1. */
  #find(key: K): number {
    if (isIndexed(key)) return this.#index.find(key);
    if (isPlain(key)) return this.#plain.get(key) ?? -1;
    this.#lastName = this.#name(key);
    return this.#composite.get(this.#lastName) ?? -1;
  }

  /** Adds the key that was not found just now. */
  #insert(key: K, value: V): void {
    const at = this.#keys.length;
    if (isIndexed(key)) this.#index.add(at);
    else if (isPlain(key)) this.#plain.set(key, at);
    else this.#composite.set(this.#lastName, at);
    this.#keys[at] = key;
    this.#values[at] = value;
  }

  #name(key: K): string {
    const writer = this.#writer;
    writer.clear();
    encodeKey(key, writer);
    return writer.binaryString();
  }
}

/** Whether `Map` itself compares such a key by value. */
function isPlain(key: unknown): boolean {
  switch (typeof key) {
    case "string":
    case "boolean":
    case "bigint":
    case "undefined":
      return true;
    case "object":
      return key === null;
    default:
      return false;
  }
}
