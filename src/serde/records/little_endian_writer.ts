const TEXT = new TextEncoder();

/** A growing buffer of little-endian values, as pickles have them. */
export class LittleEndianWriter {
  #buffer = new Uint8Array(1 << 16);
  #view = new DataView(this.#buffer.buffer);
  #length = 0;

  /** Forgets what was written and keeps the space. */
  clear(): void {
    this.#length = 0;
  }

  /** What was written, as a view that stays valid until the next write. */
  view(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Appends one byte. */
  byte(value: number): this {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
    return this;
  }

  /** Appends a 32-bit integer. */
  int(value: number): this {
    this.#reserve(4);
    this.#view.setInt32(this.#length, value, true);
    this.#length += 4;
    return this;
  }

  /** Appends the lower 64 bits of an integer. */
  long(value: bigint): this {
    this.#reserve(8);
    this.#view.setBigInt64(this.#length, value, true);
    this.#length += 8;
    return this;
  }

  /** Appends a float64, big-endian: the one value that pickles hold so. */
  float(value: number): this {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
    return this;
  }

  /** Appends bytes as they are. */
  bytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Appends the length in bytes, and the text as UTF-8; lone surrogates become U+FFFD. */
  text(text: string): this {
    this.#reserve(4 + 3 * text.length);
    const start = this.#length + 4;
    const { written } = TEXT.encodeInto(text, this.#buffer.subarray(start));
    this.#view.setInt32(this.#length, written, true);
    this.#length = start + written;
    return this;
  }

  #reserve(count: number): void {
    const wanted = this.#length + count;
    if (wanted <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(wanted, 2 * this.#buffer.length));
    grown.set(this.view());
    this.#buffer = grown;
    this.#view = new DataView(grown.buffer);
  }
}
