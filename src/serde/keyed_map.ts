import { encodeKey } from "./key_encoding.ts";
import { KeyWriter } from "./key_writer.ts";

/** One key with what belongs to it. */
interface Entry<K, V> {
  readonly key: K;
  value: V;
}

/**
 * A map whose keys are equal when their values are: `["a", 1]` finds
 * `["a", 1]`. Entries come in order of insertion, those with primitive keys
 * before those with arrays and objects.
 *
 * A key must not change while it is in the map.
 */
export class KeyedMap<K, V> {
  readonly #plain: Map<unknown, Entry<K, V>> = new Map(); // its equality is ours for primitives
  readonly #composite: Map<string, Entry<K, V>> = new Map();
  readonly #writer = new KeyWriter();

  /** How many keys there are. */
  get size(): number {
    return this.#plain.size + this.#composite.size;
  }

  /**
   * The value of a key, undefined when it has none.
   *
   * @throws SparkError `KEY_NOT_COMPARABLE`, as every method with a key does
   */
  get(key: K): V | undefined {
    return this.#find(key)?.value;
  }

  /** Whether a key has a value. */
  has(key: K): boolean {
    return this.#find(key) !== undefined;
  }

  /** Gives a key a value. */
  set(key: K, value: V): this {
    if (isPlain(key)) {
      const entry = this.#plain.get(key);
      if (entry === undefined) this.#plain.set(key, { key, value });
      else entry.value = value;
    } else {
      const name = this.#name(key);
      const entry = this.#composite.get(name);
      if (entry === undefined) this.#composite.set(name, { key, value });
      else entry.value = value;
    }
    return this;
  }

  /** Removes a key and says whether it was there. */
  delete(key: K): boolean {
    return isPlain(key)
      ? this.#plain.delete(key)
      : this.#composite.delete(this.#name(key));
  }

  /** Removes all keys. */
  clear(): void {
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
    if (isPlain(key)) {
      const entry = this.#plain.get(key);
      if (entry !== undefined) entry.value = merge(entry.value, value);
      else this.#plain.set(key, { key, value: create(value) });
      return;
    }
    const name = this.#name(key);
    const entry = this.#composite.get(name);
    if (entry !== undefined) entry.value = merge(entry.value, value);
    else this.#composite.set(name, { key, value: create(value) });
  }

  /** All keys. */
  *keys(): Generator<K, void, undefined> {
    for (const entry of this.#plain.values()) yield entry.key;
    for (const entry of this.#composite.values()) yield entry.key;
  }

  /** All values. */
  *values(): Generator<V, void, undefined> {
    for (const entry of this.#plain.values()) yield entry.value;
    for (const entry of this.#composite.values()) yield entry.value;
  }

  /** All keys with their values, each pair an array of its own. */
  *entries(): Generator<[K, V], void, undefined> {
    for (const { key, value } of this.#plain.values()) yield [key, value];
    for (const { key, value } of this.#composite.values()) yield [key, value];
  }

  /** The same as {@link KeyedMap.entries}. */
  [Symbol.iterator](): Generator<[K, V], void, undefined> {
    return this.entries();
  }

  #find(key: K): Entry<K, V> | undefined {
    return isPlain(key)
      ? this.#plain.get(key)
      : this.#composite.get(this.#name(key));
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
    case "number":
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
