import { copyValues } from "../../../common/primordials.ts";
import type { DataType } from "../../../types/spark_types.ts";
import {
  type BatchParts,
  ColumnBuilder,
  type ColumnPlace,
} from "./column_builder.ts";

const ROOM = 1024; // values to begin with
const WORD = 2 ** 32;

// Taken before user code can replace them: it runs between two values.
const { isFinite, isInteger, isSafeInteger } = Number;
const { asIntN } = BigInt;
const { floor } = Math;
const {
  BigInt64Array,
  Float32Array,
  Float64Array,
  Int32Array,
  Number: toNumber,
} = globalThis;

type IntArray =
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>;
type IntArrayType = {
  new (length: number): IntArray;
  readonly BYTES_PER_ELEMENT: number;
};

/** Bytes, shorts and integers; intervals of months. */
export class IntBuilder extends ColumnBuilder {
  readonly #made: IntArrayType;
  readonly #convert: UnitConversion | null;
  readonly #least: number;
  readonly #most: number;
  #values: IntArray;

  /**
   * Begins a column without values.
   *
   * @param type its type
   * @param place where it stands
   * @param made how its values are stored
   * @param convert what its values are in the column's unit; numbers are whole numbers without it
   */
  constructor(
    type: DataType,
    place: ColumnPlace,
    made: IntArrayType,
    convert: UnitConversion | null = null,
  ) {
    super(type, place);
    this.#made = made;
    this.#convert = convert;
    this.#most = 2 ** (8 * made.BYTES_PER_ELEMENT - 1) - 1;
    this.#least = -this.#most - 1;
    this.#values = new made(ROOM);
  }

  override get byteLength(): number {
    return this.length * this.#made.BYTES_PER_ELEMENT;
  }

  protected override put(value: unknown): void {
    const at = this.length;
    if (at >= this.#values.length) this.#grow();
    const number = this.#convert === null && isInteger(value)
      ? value as number
      : this.#converted(value);
    if (number < this.#least || number > this.#most) {
      throw this.outOfRange(value, this.#wanted());
    }
    this.#values[at] = number;
  }

  protected override putNothing(): void {
    if (this.length >= this.#values.length) this.#grow();
    this.#values[this.length] = 0;
  }

  protected override addBuffers(parts: BatchParts): void {
    parts.buffers.push(bytesOf(this.#values, this.length));
  }

  protected override clearValues(): void {}

  #converted(value: unknown): number {
    if (this.#convert === null) {
      if (typeof value === "bigint") return toNumber(value);
      throw this.mismatch(value, this.#wanted());
    }
    const converted = this.#convert(value);
    if (typeof converted === "object") {
      throw this.mismatch(value, converted.wanted);
    }
    return toNumber(converted);
  }

  #wanted(): string {
    return `give a whole number from ${this.#least} to ${this.#most}`;
  }

  #grow(): void {
    const grown = new this.#made(2 * this.#values.length);
    copyValues(grown, this.#values);
    this.#values = grown;
  }
}

/** Floats and doubles. */
export class FloatBuilder extends ColumnBuilder {
  #values: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  readonly #isSingle: boolean;

  /**
   * Begins a column without values.
   *
   * @param type float or double
   * @param place where it stands
   */
  constructor(type: DataType, place: ColumnPlace) {
    super(type, place);
    this.#isSingle = type.kind === "float";
    this.#values = this.#isSingle
      ? new Float32Array(ROOM)
      : new Float64Array(ROOM);
  }

  override get byteLength(): number {
    return this.length * this.#values.BYTES_PER_ELEMENT;
  }

  protected override put(value: unknown): void {
    const at = this.length;
    if (at >= this.#values.length) this.#grow();
    if (typeof value !== "number") throw this.mismatch(value, "give a number");
    this.#values[at] = value;
    if (
      this.#isSingle && isFinite(value) &&
      !isFinite(this.#values[at])
    ) {
      throw this.outOfRange(value, "give a smaller number, or use double");
    }
  }

  protected override putNothing(): void {
    if (this.length >= this.#values.length) this.#grow();
    this.#values[this.length] = 0;
  }

  protected override addBuffers(parts: BatchParts): void {
    parts.buffers.push(bytesOf(this.#values, this.length));
  }

  protected override clearValues(): void {}

  #grow(): void {
    const size = 2 * this.#values.length;
    const grown = this.#isSingle
      ? new Float32Array(size)
      : new Float64Array(size);
    copyValues(grown, this.#values);
    this.#values = grown;
  }
}

/** A growing list of int64, written as numbers where they are exact. */
abstract class Int64Builder extends ColumnBuilder {
  #bigints = new BigInt64Array(ROOM);
  #words = new Int32Array(this.#bigints.buffer);

  override get byteLength(): number {
    return this.length * 8;
  }

  /** Stores a safe integer. */
  protected store(value: number): void {
    const at = this.length;
    if (at >= this.#bigints.length) this.#grow();
    const high = floor(value / WORD);
    this.#words[2 * at] = value - high * WORD; // modulo 2^32: arrays wrap
    this.#words[2 * at + 1] = high;
  }

  /** Stores a bigint that fits. */
  protected storeBigint(value: bigint): void {
    const at = this.length;
    if (at >= this.#bigints.length) this.#grow();
    this.#bigints[at] = value;
  }

  /** Stores a bigint, if it fits. */
  protected storeChecked(value: unknown, bigint: bigint): void {
    if (asIntN(64, bigint) !== bigint) {
      throw this.outOfRange(value, "give what fits into 64 bits");
    }
    this.storeBigint(bigint);
  }

  protected override putNothing(): void {
    const at = this.length;
    if (at >= this.#bigints.length) this.#grow();
    this.#words[2 * at] = 0;
    this.#words[2 * at + 1] = 0;
  }

  protected override addBuffers(parts: BatchParts): void {
    parts.buffers.push(bytesOf(this.#bigints, this.length));
  }

  protected override clearValues(): void {}

  #grow(): void {
    const grown = new BigInt64Array(2 * this.#bigints.length);
    copyValues(grown, this.#bigints);
    this.#bigints = grown;
    this.#words = new Int32Array(grown.buffer);
  }
}

/** Longs, as numbers or bigints. */
export class LongBuilder extends Int64Builder {
  protected override put(value: unknown): void {
    if (typeof value === "number") {
      if (isSafeInteger(value)) return this.store(value);
      if (isInteger(value)) {
        throw this.outOfRange(
          value,
          "give whole numbers beyond 2^53 as bigint",
        );
      }
    }
    if (typeof value === "bigint") return this.storeChecked(value, value);
    throw this.mismatch(value, "give a whole number or a bigint");
  }
}

/** Values that are a number of microseconds or nanoseconds. */
export class TimeBuilder extends Int64Builder {
  readonly #convert: UnitConversion;

  /**
   * Begins a column without values.
   *
   * @param type its type
   * @param place where it stands
   * @param convert what its values are in the column's unit
   */
  constructor(type: DataType, place: ColumnPlace, convert: UnitConversion) {
    super(type, place);
    this.#convert = convert;
  }

  protected override put(value: unknown): void {
    const converted = this.#convert(value);
    if (typeof converted === "number") this.store(converted);
    else if (typeof converted === "bigint") this.storeChecked(value, converted);
    else throw this.mismatch(value, converted.wanted);
  }
}

/** A number of units, a safe integer or a bigint; else what is wanted. */
export type Converted = number | bigint | { readonly wanted: string };

/** Makes a number of units of a value. */
export type UnitConversion = (value: unknown) => Converted;

/** The memory of the first values. */
export function bytesOf(
  values: ArrayBufferView & { readonly BYTES_PER_ELEMENT: number },
  count: number,
): Uint8Array {
  return new Uint8Array(
    values.buffer,
    values.byteOffset,
    count * values.BYTES_PER_ELEMENT,
  );
}
