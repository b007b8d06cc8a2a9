import {
  copyValues,
  fillBytes,
  subarray,
} from "../../../common/primordials.ts";

/** A growing list of bits. */
export class Bits {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(128);
  #length = 0;

  /** How many bits there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds a bit. */
  push(bit: boolean): void {
    const at = this.#length++;
    if (at >> 3 >= this.#bytes.length) this.#grow(at);
    if (bit) this.#bytes[at >> 3] = (this.#bytes[at >> 3] ?? 0) | 1 << (at & 7);
  }

  /** Adds ones. */
  pushOnes(count: number): void {
    const end = this.#length + count;
    if (end >> 3 >= this.#bytes.length) this.#grow(end);
    while (this.#length < end && (this.#length & 7) !== 0) this.push(true);
    const bytes = end - this.#length >> 3;
    const start = this.#length >> 3;
    fillBytes(this.#bytes, 0xff, start, start + bytes);
    this.#length += 8 * bytes;
    while (this.#length < end) this.push(true);
  }

  /** Forgets all bits and keeps the space. */
  clear(): void {
    fillBytes(this.#bytes, 0, 0, (this.#length + 7) >> 3);
    this.#length = 0;
  }

  /** The bits, least significant first; valid until the next change. */
  view(): Uint8Array<ArrayBuffer> {
    return subarray(this.#bytes, 0, (this.#length + 7) >> 3);
  }

  #grow(index: number): void {
    const grown = new Uint8Array(2 * ((index >> 3) + 1));
    copyValues(grown, this.#bytes);
    this.#bytes = grown;
  }
}
