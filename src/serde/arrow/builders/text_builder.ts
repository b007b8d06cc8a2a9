import {
  charCodeAt,
  encodeInto,
  isWellFormed,
  joinTexts,
  subarray,
} from "../../../common/primordials.ts";
import type { BatchParts } from "./column_builder.ts";
import { BytesBuilder } from "./plain_builders.ts";

const MOST_TEXTS = 1024; // that wait
const MOST_UNITS = 1 << 16; // of those that wait
const FEW_TEXTS = 64; // fewer are put together faster than all places are joined
const SHORT = 16; // units of a text up to which it does not pay to wait
const SHORT_TOGETHER = 32; // units of a text up to which a loop is faster than a call of the encoder
const MOST_BYTES = 3; // of a unit of UTF-16
const TEXT = new TextEncoder();

/**
 * Strings. Longer ones wait until there are many, which one call of the encoder
 * then writes: a call for each would take several times as long as all else.
 */
export class TextBuilder extends BytesBuilder {
  /** Texts that wait, and empty ones behind them: no place is ever a hole, which users' setters would fill. */
  readonly #waiting: string[] = [""];
  #count = 0;
  #units = 0;

  override get byteLength(): number {
    return super.byteLength + this.#units;
  }

  protected override put(value: unknown): void {
    if (typeof value !== "string") throw this.mismatch(value, "give a string");
    if (this.#count === 0 && this.#putShort(value)) return;
    if (!isWellFormed(value)) {
      throw this.outOfRange(
        value,
        "half of a surrogate pair has no form in UTF-8: use toWellFormed()",
      );
    }
    const units = this.#units + value.length;
    this.checkEnd(value, this.used + MOST_BYTES * units);
    if (units > MOST_UNITS) this.#settle();
    this.#wait(value);
  }

  protected override putNothing(): void {
    if (this.#count === 0) this.mark();
    else this.#wait("");
  }

  protected override addBuffers(parts: BatchParts): void {
    this.#settle();
    super.addBuffers(parts);
  }

  protected override clearValues(): void {
    this.#forget();
    super.clearValues();
  }

  /** Writes a short text of ASCII at once; tells whether it is one. */
  #putShort(text: string): boolean {
    if (text.length > SHORT) return false;
    this.reserve(text, SHORT);
    if (!this.#copyAscii(text)) return false;
    this.used += text.length;
    this.mark();
    return true;
  }

  #wait(text: string): void {
    if (this.#count === this.#waiting.length) this.#makePlaces();
    this.#waiting[this.#count++] = text;
    this.#units += text.length;
  }

  #makePlaces(): void {
    if (this.#count === MOST_TEXTS) return this.#settle();
    const more = this.#waiting.length;
    for (let i = 0; i < more; i++) {
      defineProperty(this.#waiting, more + i, EMPTY_PLACE);
    }
  }

  /** Writes what waits. */
  #settle(): void {
    if (this.#count === 0) return;
    const text = this.#together();
    const isAscii = this.#writeAscii(text);
    if (!isAscii) {
      this.reserve(text, MOST_BYTES * text.length);
      encodeInto(TEXT, text, subarray(this.bytes, this.used));
    }
    let end = this.used;
    const first = this.length - this.#count;
    for (let i = 0; i < this.#count; i++) {
      const each = this.#waiting[i] as string;
      end += isAscii ? each.length : utf8Length(each);
      this.markAt(first + i, end);
    }
    this.used = end;
    this.#forget();
  }

  #together(): string {
    if (this.#count > FEW_TEXTS) return joinTexts(this.#waiting, "");
    let text = "";
    for (let i = 0; i < this.#count; i++) text += this.#waiting[i] as string;
    return text;
  }

  /** Writes text that has a byte for each unit; tells whether it does. */
  #writeAscii(text: string): boolean {
    this.reserve(text, text.length);
    return text.length <= SHORT_TOGETHER
      ? this.#copyAscii(text)
      : this.#encodeAscii(text);
  }

  #copyAscii(text: string): boolean {
    const { bytes, used } = this;
    for (let i = 0; i < text.length; i++) {
      const unit = charCodeAt(text, i);
      if (unit > 0x7f) return false;
      bytes[used + i] = unit;
    }
    return true;
  }

  /** Encodes text; tells whether each of its units is a byte. What has more bytes may end where the room does. */
  #encodeAscii(text: string): boolean {
    const room = subarray(this.bytes, this.used);
    const { read, written } = encodeInto(TEXT, text, room);
    return read === text.length && written === text.length;
  }

  #forget(): void {
    for (let i = 0; i < this.#count; i++) this.#waiting[i] = "";
    this.#count = 0;
    this.#units = 0;
  }
}

// Taken before user code can replace it.
const { defineProperty } = Object;
const EMPTY_PLACE: PropertyDescriptor = Object.freeze({
  __proto__: null,
  value: "",
  writable: true,
  enumerable: true,
  configurable: true,
});

/** Bytes of a well-formed text: a surrogate is half of four. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = charCodeAt(text, i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800 || (unit & 0xf800) === 0xd800) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}
