import { isError } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import { TAG_BIGINT, TAG_BIGINT_NEGATIVE, TAG_WTF8 } from "./cbor_tags.ts";
import { writeWtf8 } from "./wtf8.ts";

const TEXT = new TextEncoder();
const START_BYTES = 1 << 16;
const KEEP_BYTES = 1 << 24; // a buffer that one huge value grew beyond this is not kept
const LIMIT_BYTES = 2 ** 31 - 1; // what an int can say the length of
const MANUAL_TEXT = 48; // below this length a loop beats the call to encodeInto

/**
 * A growing buffer of CBOR items: heads, numbers, strings, bytes. Each record
 * of a job goes through it, so it writes a head and what follows with one check
 * of the space, where `ByteWriter` checks for each value.
 */
export class CborWriter {
  #bytes: Uint8Array = new Uint8Array(START_BYTES);
  #view: DataView = new DataView(this.#bytes.buffer);
  readonly #limit: number;
  #at = 0;

  /**
   * Starts empty.
   *
   * @param limit how many bytes to write at most; what an int can say the length of by default
   */
  constructor(limit: number = LIMIT_BYTES) {
    this.#limit = limit;
  }

  /** What was written, as a view that stays valid until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Forgets what was written and keeps the space, unless it is huge. */
  clear(): void {
    if (this.#bytes.length > KEEP_BYTES) this.#allocate(START_BYTES);
    this.#at = 0;
  }

  /** A number; -0, fractions and what exceeds 32 bits as float64. */
  number(value: number): void {
    if (value >>> 0 === value) {
      if (value !== 0 || !Object.is(value, -0)) return this.head(0, value);
    } else if (value < 0 && value >= -0x100000000 && Number.isInteger(value)) {
      return this.head(0x20, -1 - value);
    }
    this.#reserve(9);
    this.#bytes[this.#at] = 0xfb;
    this.#view.setFloat64(this.#at + 1, value);
    this.#at += 9;
  }

  /** A bigint of any size. */
  bigint(value: bigint): void {
    const negative = value < 0n;
    const rest = negative ? -1n - value : value;
    if (rest >> 64n === 0n) {
      this.#reserve(9);
      this.#bytes[this.#at] = negative ? 0x3b : 0x1b;
      this.#view.setBigUint64(this.#at + 1, rest);
      this.#at += 9;
      return;
    }
    this.tag(negative ? TAG_BIGINT_NEGATIVE : TAG_BIGINT);
    const hex = rest.toString(16);
    this.raw(hexBytes(hex.length & 1 ? `0${hex}` : hex));
  }

  /** A string, lone surrogates included. */
  string(text: string): void {
    const length = text.length;
    if (length < MANUAL_TEXT) {
      this.#reserve(3 * length + 2);
      const bytes = this.#bytes;
      const start = this.#at + (length < 24 ? 1 : 2);
      let at = start;
      for (let i = 0; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 0x7f) return this.#wideString(text);
        bytes[at++] = unit;
      }
      if (length < 24) bytes[this.#at] = 0x60 | length;
      else {
        bytes[this.#at] = 0x78;
        bytes[this.#at + 1] = length;
      }
      this.#at = at;
      return;
    }
    this.#wideString(text);
  }

  #wideString(text: string): void {
    const length = text.length;
    if (!text.isWellFormed()) {
      const bytes = new Uint8Array(3 * length);
      this.tag(TAG_WTF8);
      return this.raw(bytes.subarray(0, writeWtf8(text, bytes, 0)));
    }
    if (length > START_BYTES) {
      const bytes = TEXT.encode(text); // reserving for the worst case would waste memory
      this.head(0x60, bytes.length);
      this.#reserve(bytes.length);
      this.#bytes.set(bytes, this.#at);
      this.#at += bytes.length;
      return;
    }
    this.#reserve(3 * length + 5);
    const guess = headSize(length);
    const start = this.#at + guess;
    const size = length < MANUAL_TEXT
      ? writeWtf8(text, this.#bytes, start) - start
      : TEXT.encodeInto(text, this.#bytes.subarray(start)).written;
    const actual = headSize(size);
    if (actual !== guess) {
      this.#bytes.copyWithin(this.#at + actual, start, start + size);
    }
    this.head(0x60, size);
    this.#at += size;
  }

  /** One byte as it is. */
  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#at++] = value;
  }

  /** The head of a tag, below 2^32. */
  tag(tag: number): void {
    this.head(0xc0, tag);
  }

  /** Bytes with their head. */
  raw(bytes: Uint8Array): void {
    this.head(0x40, bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Major type in the upper three bits, then an argument below 2^32. */
  head(major: number, value: number): void {
    this.#reserve(5);
    const bytes = this.#bytes;
    let at = this.#at;
    if (value < 24) bytes[at++] = major | value;
    else if (value < 0x100) {
      bytes[at++] = major | 24;
      bytes[at++] = value;
    } else if (value < 0x10000) {
      bytes[at++] = major | 25;
      bytes[at++] = value >> 8;
      bytes[at++] = value;
    } else {
      bytes[at++] = major | 26;
      this.#view.setUint32(at, value);
      at += 4;
    }
    this.#at = at;
  }

  #reserve(count: number): void {
    if (this.#at + count > this.#bytes.length) this.#grow(count);
  }

  #grow(count: number): void {
    const wanted = this.#at + count;
    if (wanted > this.#limit) {
      throw recordTooLarge(wanted, this.#limit);
    }
    const old = this.#bytes;
    this.#allocate(Math.min(this.#limit, Math.max(wanted, 2 * old.length)));
    this.#bytes.set(old.subarray(0, this.#at));
  }

  #allocate(size: number): void {
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
  }
}

/**
 * The error for records that no reader of frames takes.
 *
 * @param bytes how many they are
 * @param limit how many a frame may have
 */
export function recordTooLarge(bytes: number, limit: number): SparkError {
  return new SparkError(
    "RECORD_TOO_LARGE",
    `Cannot serialize ${bytes} bytes of records as one batch: a frame holds at most ${limit} bytes; make smaller records or batches`,
    { bytes, limit },
  );
}

/** Whether an error is that of {@link recordTooLarge}, or of its kind. */
export function isRecordTooLarge(error: unknown): boolean {
  return isError(error) && error instanceof SparkError &&
    error.condition === "RECORD_TOO_LARGE";
}

function headSize(length: number): number {
  if (length < 24) return 1;
  if (length < 0x100) return 2;
  return length < 0x10000 ? 3 : 5;
}

function hexBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}
