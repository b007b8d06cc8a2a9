import { ProtocolError } from "../../common/errors.ts";
import { Utf8Text } from "../records/utf8_text.ts";

/** A cursor over CBOR items that checks every length before it is used. */
export class CborReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #strings: Utf8Text;
  #at = 0;
  /** Elements that the rest of the message may still declare: each takes a byte. */
  #budget: number;

  /**
   * Starts at the first byte.
   *
   * @param bytes one message; not to change while it is read
   */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#strings = new Utf8Text(bytes);
    this.#budget = bytes.length;
  }

  /** The next byte, which stays next; undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** Goes past one byte. */
  skip(): void {
    this.#at++;
  }

  /** How many bytes follow. */
  get rest(): number {
    return this.#bytes.length - this.#at;
  }

  /** The eight bytes of a float64. */
  float(): number {
    this.#need(8);
    const value = this.#view.getFloat64(this.#at);
    this.#at += 8;
    return value;
  }

  /** The eight bytes behind a head with a 64-bit argument. */
  long(): bigint {
    this.#at++;
    this.#need(8);
    const value = this.#view.getBigUint64(this.#at);
    this.#at += 8;
    return value;
  }

  /** The number in or behind the head at the cursor, below 2^32. */
  argument(): number {
    const bytes = this.#bytes;
    const low = (bytes[this.#at++] ?? 0) & 0x1f;
    if (low < 24) return low;
    if (low > 26) {
      this.#at--;
      throw this.malformed(`head ${bytes[this.#at]} is not in use`);
    }
    const size = 1 << low - 24;
    this.#need(size);
    const at = this.#at;
    this.#at += size;
    if (size === 1) return bytes[at] ?? 0;
    return size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  /** The number of elements in the head at the cursor, each of `size` bytes or more. */
  count(size: number): number {
    const count = this.argument();
    const least = count * size;
    if (least > this.rest || (this.#budget -= least) < 0) {
      throw this.malformed(`${count} elements do not fit in what follows`);
    }
    return count;
  }

  /** A byte string, as a view. */
  raw(): Uint8Array {
    this.expect(2, "a byte string");
    const size = this.argument();
    this.#need(size);
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }

  /** So many bytes of UTF-8. */
  text(size: number): string {
    this.#need(size);
    const start = this.#at;
    this.#at += size;
    return this.#strings.read(start, this.#at);
  }

  /** Checks the major type of what comes next. */
  expect(major: number, what: string): void {
    const head = this.#bytes[this.#at];
    if (head === undefined || head >> 5 !== major) {
      throw this.malformed(`${what} is missing`);
    }
  }

  #need(count: number): void {
    if (count > this.#bytes.length - this.#at) {
      throw this.malformed(`${count} bytes are missing`);
    }
  }

  /** The error that says what is wrong at the cursor. */
  malformed(reason: string, cause?: unknown): ProtocolError {
    const at = Math.min(this.#at, this.#bytes.length);
    return new ProtocolError(
      "CBOR_MALFORMED",
      `Cannot decode record at byte ${at} of ${this.#bytes.length}: ${reason}`,
      { at, length: this.#bytes.length },
      cause === undefined ? undefined : { cause },
    );
  }
}
