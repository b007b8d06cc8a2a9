const TEXT = new TextEncoder();

/**
 * A growing buffer of big-endian values.
 *
 * @example
 * ```ts
 * const bytes = new ByteWriter().writeInt(-1).writeString("hi").finish();
 * ```
 */
export class ByteWriter {
  #buffer: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  /** @param capacity bytes to start with */
  constructor(capacity: number = 256) {
    this.#buffer = new Uint8Array(capacity);
    this.#view = new DataView(this.#buffer.buffer);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** Appends a signed 32-bit integer. */
  writeInt(value: number): this {
    this.#reserve(4);
    this.#view.setInt32(this.#length, value);
    this.#length += 4;
    return this;
  }

  /** Appends a signed 64-bit integer. */
  writeLong(value: bigint): this {
    this.#reserve(8);
    this.#view.setBigInt64(this.#length, value);
    this.#length += 8;
    return this;
  }

  /** Appends one byte, 1 or 0. */
  writeBool(value: boolean): this {
    this.#reserve(1);
    this.#buffer[this.#length++] = value ? 1 : 0;
    return this;
  }

  /** Appends bytes as they are. */
  writeBytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Appends an int length and the bytes. */
  writeSizedBytes(bytes: Uint8Array): this {
    return this.writeInt(bytes.length).writeBytes(bytes);
  }

  /** Appends an int length and the text as UTF-8. */
  writeString(text: string): this {
    this.#reserve(4 + 3 * text.length);
    const { written } = TEXT.encodeInto(
      text,
      this.#buffer.subarray(this.#length + 4),
    );
    this.#view.setInt32(this.#length, written);
    this.#length += 4 + written;
    return this;
  }

  /** What was written, as a view that stays valid until the next write. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Forgets what was written and keeps the space. */
  clear(): void {
    this.#length = 0;
  }

  /** What was written, as an array of its own. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#length);
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
