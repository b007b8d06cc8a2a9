import { Buffer } from "node:buffer";
import {
  encodeInto,
  includesText,
  isWellFormed,
  OwnDataView,
  setBytes,
  sliceBytes,
  subarray,
} from "../../common/primordials.ts";
import { writeWtf8 } from "../cbor/wtf8.ts";

const { max } = Math;
/** The engine's own conversion, whoever replaces `toString`. */
const latin1Slice: (bytes: Buffer, start: number, end: number) => string =
  Function.prototype.call.bind(Buffer.prototype.latin1Slice);

const TEXT = new TextEncoder();
const START_BYTES = 256;
const KEEP_BYTES = 1 << 20; // space that one huge key grew beyond this is not kept
const MANUAL_TEXT = 32; // below this length a loop beats the call to encodeInto

/** A growing buffer of parts of encoded keys. */
export class KeyWriter {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(START_BYTES);
  #view = new OwnDataView(this.#bytes.buffer);
  #buffer: Buffer = Buffer.from(this.#bytes.buffer); // the same bytes
  #at = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#at;
  }

  /** The space that holds what was written, from its start; valid until the next write. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** What was written, as a view that stays valid until the next write. */
  view(): Uint8Array<ArrayBuffer> {
    return subarray(this.#bytes, 0, this.#at);
  }

  /** What was written, as a string with one character for each byte. */
  binaryString(): string {
    return latin1Slice(this.#buffer, 0, this.#at);
  }

  /** Forgets what was written and keeps the space, unless it is huge. */
  clear(): void {
    this.#at = 0;
    if (this.#bytes.length > KEEP_BYTES) this.#allocate(START_BYTES);
  }

  /** Appends one byte. */
  byte(value: number): void {
    if (this.#at === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#at++] = value;
  }

  /** Appends a number in eight bytes whose order is that of numbers, -0 as 0 and NaN last. */
  number(value: number): void {
    if (this.#at + 8 > this.#bytes.length) this.#grow(8);
    const view = this.#view;
    const at = this.#at;
    view.setFloat64(at, value === value ? value + 0 : NaN); // -0 + 0 is 0
    const high = view.getUint32(at);
    if (high >>> 31 === 1) {
      view.setUint32(at, ~high);
      view.setUint32(at + 4, ~view.getUint32(at + 4));
    } else view.setUint32(at, high | 0x80000000);
    this.#at = at + 8;
  }

  /** Appends an unsigned 32-bit integer. */
  uint(value: number): void {
    if (this.#at + 4 > this.#bytes.length) this.#grow(4);
    this.#view.setUint32(this.#at, value);
    this.#at += 4;
  }

  /** Appends text as WTF-8, each zero followed by 0xff, and a zero at the end. */
  text(text: string): void {
    const length = text.length;
    const most = 3 * length + 1;
    if (this.#at + most > this.#bytes.length) this.#grow(most);
    const start = this.#at;
    if (length < MANUAL_TEXT || !isWellFormed(text)) {
      this.#at = writeWtf8(text, this.#bytes, start);
    } else {
      this.#at += encodeInto(
        TEXT,
        text,
        subarray(this.#bytes, start),
      ).written;
    }
    if (includesText(text, "\0")) {
      const plain = sliceBytes(this.#bytes, start, this.#at);
      this.#at = start;
      this.escaped(plain);
    } else this.byte(0);
  }

  /** Appends bytes, each zero followed by 0xff, and a zero at the end. */
  escaped(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      const value = bytes[i] as number;
      this.byte(value);
      if (value === 0) this.byte(0xff);
    }
    this.byte(0);
  }

  /** Appends bytes as they are. */
  raw(bytes: Uint8Array): void {
    if (this.#at + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    setBytes(this.#bytes, bytes, this.#at);
    this.#at += bytes.length;
  }

  #grow(count: number): void {
    const old = this.#bytes;
    const size = max(this.#at + count, 2 * old.length);
    this.#allocate(size);
    setBytes(this.#bytes, subarray(old, 0, this.#at), 0);
  }

  #allocate(size: number): void {
    this.#bytes = new Uint8Array(size);
    this.#view = new OwnDataView(this.#bytes.buffer);
    this.#buffer = Buffer.from(this.#bytes.buffer);
  }
}
