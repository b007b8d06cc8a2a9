import {
  encodeInto,
  OwnDataView,
  setBytes,
  sliceBytes,
  subarray,
} from "./primordials.ts";

const TEXT = new TextEncoder();
const { max } = Math;

/**
 * A growing buffer of values, big-endian unless told.
 *
 * @example
 * ```ts
 * const bytes = new ByteWriter().writeInt(-1).writeString("hi").finish();
 * ```
 */
export class ByteWriter {
  #buffer: Uint8Array<ArrayBuffer>;
  #view: OwnDataView;
  #length = 0;
  readonly #isLittleEndian: boolean;

  /**
   * Starts empty.
   *
   * @param capacity bytes to start with
   * @param isLittleEndian whether integers, lengths too, have their lowest byte first, as in pickles
   */
  constructor(capacity: number = 256, isLittleEndian: boolean = false) {
    this.#isLittleEndian = isLittleEndian;
    this.#buffer = new Uint8Array(capacity);
    this.#view = new OwnDataView(this.#buffer.buffer);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** Appends a signed 32-bit integer. */
  writeInt(value: number): this {
    this.#reserve(4);
    this.#view.setInt32(this.#length, value, this.#isLittleEndian);
    this.#length += 4;
    return this;
  }

  /** Appends the lower 64 bits of an integer. */
  writeLong(value: bigint): this {
    this.#reserve(8);
    this.#view.setBigInt64(this.#length, value, this.#isLittleEndian);
    this.#length += 8;
    return this;
  }

  /** Appends a float64, big-endian always: pickles, too, have it so. */
  writeDouble(value: number): this {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
    return this;
  }

  /** Appends one byte. */
  writeByte(value: number): this {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
    return this;
  }

  /** Appends one byte, 1 or 0. */
  writeBool(value: boolean): this {
    return this.writeByte(value ? 1 : 0);
  }

  /** Appends bytes as they are. */
  writeBytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    setBytes(this.#buffer, bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Appends an int length and the bytes. */
  writeSizedBytes(bytes: Uint8Array): this {
    return this.writeInt(bytes.length).writeBytes(bytes);
  }

  /** Appends an int length in bytes and the text as UTF-8; lone surrogates become U+FFFD. */
  writeString(text: string): this {
    this.#reserve(4 + 3 * text.length);
    const { written } = encodeInto(
      TEXT,
      text,
      subarray(this.#buffer, this.#length + 4),
    );
    this.#view.setInt32(this.#length, written, this.#isLittleEndian);
    this.#length += 4 + written;
    return this;
  }

  /** What was written, as a view that stays valid until the next write. */
  view(): Uint8Array<ArrayBuffer> {
    return subarray(this.#buffer, 0, this.#length);
  }

  /** Forgets what was written and keeps the space. */
  clear(): void {
    this.#length = 0;
  }

  /** What was written, as an array of its own. */
  finish(): Uint8Array<ArrayBuffer> {
    return sliceBytes(this.#buffer, 0, this.#length);
  }

  #reserve(count: number): void {
    const wanted = this.#length + count;
    if (wanted <= this.#buffer.length) return;
    const grown = new Uint8Array(max(wanted, 2 * this.#buffer.length));
    setBytes(grown, this.view(), 0);
    this.#buffer = grown;
    this.#view = new OwnDataView(grown.buffer);
  }
}
