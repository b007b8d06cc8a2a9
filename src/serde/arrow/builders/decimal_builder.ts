import { charCodeAt, copyValues } from "../../../common/primordials.ts";
import type { DecimalType } from "../../../types/spark_types.ts";
import { unscaledDecimal } from "../../records/decimal_digits.ts";
import {
  type BatchParts,
  ColumnBuilder,
  type ColumnPlace,
} from "./column_builder.ts";
import { bytesOf } from "./number_builders.ts";

const ROOM = 1024; // values to begin with
const WORDS = 4; // of 32 bits a value
const WORD = 2 ** 32;

// Taken before user code can replace them: it runs between two values.
const { BigInt: toBigInt, Int32Array, Number: toNumber } = globalThis;
const { asIntN } = BigInt;
const { floor } = Math;
const EXACT_DIGITS = 15; // that a number holds for sure
const MINUS = 45;
const ZERO = 48;
const POINT = 46 - ZERO;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => 10 ** i);
const WANTED = 'give digits as text, such as "12.50", a bigint or a number';

/** Decimals: 128 bits each, two's complement. */
export class DecimalBuilder extends ColumnBuilder {
  readonly #decimal: DecimalType;
  #words = new Int32Array(WORDS * ROOM);

  /**
   * Begins a column without values.
   *
   * @param type its type
   * @param place where it stands
   */
  constructor(
    type: DecimalType,
    place: ColumnPlace,
  ) {
    super(type, place);
    this.#decimal = type;
  }

  override get byteLength(): number {
    return 4 * WORDS * this.length;
  }

  protected override put(value: unknown): void {
    const text = typeof value === "string"
      ? value
      : typeof value === "number" || typeof value === "bigint"
      ? `${value}`
      : null;
    if (text === null) throw this.mismatch(value, WANTED);
    const short = this.#shortValue(text);
    if (short !== null) return this.#store(short);
    const unscaled = unscaledDecimal(text, this.#decimal);
    if (typeof unscaled === "bigint") return this.#storeBigint(unscaled);
    throw unscaled.kind === "form"
      ? this.mismatch(value, WANTED)
      : this.outOfRange(value, unscaled.wanted);
  }

  /** The value times 10^scale of plain digits that a number holds for sure; null for other texts. */
  #shortValue(text: string): number | null {
    const { length } = text;
    const { precision, scale } = this.#decimal;
    const isNegative = charCodeAt(text, 0) === MINUS;
    let value = 0;
    let point = -1;
    const start = isNegative ? 1 : 0;
    for (let i = start; i < length; i++) {
      const digit = charCodeAt(text, i) - ZERO;
      if (digit >= 0 && digit <= 9) value = value * 10 + digit;
      else if (digit === POINT && point < 0) point = i;
      else return null;
    }
    const behind = point < 0 ? 0 : length - point - 1;
    const shift = scale - behind;
    const digits = length - start - (point < 0 ? 0 : 1) + shift;
    if (
      shift < 0 || digits > EXACT_DIGITS || digits > precision ||
      digits - shift < 1
    ) return null;
    value *= POWERS[shift] as number;
    return isNegative ? -value : value;
  }

  protected override putNothing(): void {
    this.#store(0);
  }

  protected override addBuffers(parts: BatchParts): void {
    parts.buffers.push(bytesOf(this.#words, WORDS * this.length));
  }

  protected override clearValues(): void {}

  #store(value: number): void {
    const at = this.#place();
    const high = floor(value / WORD);
    const sign = value < 0 ? -1 : 0;
    this.#words[at] = value - high * WORD; // modulo 2^32: arrays wrap
    this.#words[at + 1] = high;
    this.#words[at + 2] = sign;
    this.#words[at + 3] = sign;
  }

  #storeBigint(value: bigint): void {
    const at = this.#place();
    for (let i = 0; i < WORDS; i++) {
      this.#words[at + i] = toNumber(
        asIntN(32, value >> toBigInt(32 * i)),
      );
    }
  }

  #place(): number {
    const at = WORDS * this.length;
    if (at >= this.#words.length) {
      const grown = new Int32Array(2 * this.#words.length);
      copyValues(grown, this.#words);
      this.#words = grown;
    }
    return at;
  }
}
