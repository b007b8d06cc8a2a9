const FIRST_SLOTS = 1 << 8;
const MULTIPLIER = 0x9e3779b1; // 2^32 divided by the golden ratio
const LONGEST_TEXT = 64; // V8 hashes longer strings faster than a loop does

/** Whether {@link HashIndex} takes a key: a number, or a string that is not long. */
export function isIndexed(key: unknown): key is string | number {
  return typeof key === "number" ||
    (typeof key === "string" && key.length <= LONGEST_TEXT);
}

/**
 * Finds where a key stands in a list. Two to three times as fast as `Map` for
 * strings that were just made, since it compares hashes before it looks at a
 * key, and holds both in one block of memory.
 *
 * Open addressing: each slot is a hash and an index from 1; 0 means empty.
 */
export class HashIndex {
  readonly #keys: readonly unknown[];
  readonly #seed = Math.random() * 2 ** 32 | 0; // so that nobody can choose keys that collide
  readonly #double = new Float64Array(1);
  readonly #words = new Int32Array(this.#double.buffer);
  #slots = new Int32Array(2 * FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  #size = 0;
  /** Where the key belongs that was looked for last. */
  #missedSlot = 0;
  #missedHash = 0;

  /** @param keys the list; grows outside, and the key at an index that was given never changes */
  constructor(keys: readonly unknown[]) {
    this.#keys = keys;
  }

  /**
   * The index of a key.
   *
   * @param key what {@link isIndexed} takes
   * @returns -1 where it has none; {@link HashIndex.add} may give it one then
   */
  find(key: string | number): number {
    const hash = typeof key === "string"
      ? this.#hashText(key)
      : this.#hashNumber(key);
    const slots = this.#slots;
    const keys = this.#keys;
    let slot = hash & this.#mask;
    for (;;) {
      const index = slots[2 * slot + 1] as number;
      if (index === 0) break;
      if (slots[2 * slot] === hash) {
        const known = keys[index - 1];
        if (known === key || (key !== key && known !== known)) return index - 1;
      }
      slot = slot + 1 & this.#mask;
    }
    this.#missedHash = hash;
    this.#missedSlot = slot;
    return -1;
  }

  /** Gives an index to the key that was not found just now. */
  add(index: number): void {
    this.#slots[2 * this.#missedSlot] = this.#missedHash;
    this.#slots[2 * this.#missedSlot + 1] = index + 1;
    if (++this.#size > this.#mask >> 1) this.#grow();
  }

  /** Forgets all keys. */
  clear(): void {
    this.#slots = new Int32Array(2 * FIRST_SLOTS);
    this.#mask = FIRST_SLOTS - 1;
    this.#size = 0;
  }

  #hashText(text: string): number {
    let hash = this.#seed;
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), MULTIPLIER);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #hashNumber(value: number): number {
    if ((value | 0) === value) return this.#mix(value | 0);
    this.#double[0] = value === value ? value : NaN; // there are many NaN
    return this.#mix(
      this.#mix(this.#words[0] as number) ^ (this.#words[1] as number),
    );
  }

  #mix(word: number): number {
    const hash = Math.imul(word ^ this.#seed, MULTIPLIER);
    return hash ^ hash >>> 15;
  }

  #grow(): void {
    const old = this.#slots;
    const mask = this.#mask = 2 * this.#mask + 1;
    const slots = this.#slots = new Int32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue;
      let slot = (old[i] as number) & mask;
      while (slots[2 * slot + 1] !== 0) slot = slot + 1 & mask;
      slots[2 * slot] = old[i] as number;
      slots[2 * slot + 1] = old[i + 1] as number;
    }
  }
}
