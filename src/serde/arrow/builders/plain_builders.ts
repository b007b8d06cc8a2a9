import { copyValues, setBytes, subarray } from "../../../common/primordials.ts";
import { bytesOf } from "./number_builders.ts";
import { Bits } from "./bits.ts";
import { type BatchParts, ColumnBuilder } from "./column_builder.ts";

const ROOM = 1024; // values to begin with
const MAX_BYTES = 2 ** 31 - 1; // of a column in one batch: its offsets have 32 bits

// Taken before user code can replace them: it runs between two values.
const { max, min } = Math;
const { Int32Array, Uint8Array } = globalThis;

/** Columns of nulls. */
export class NullBuilder extends ColumnBuilder {
  override get byteLength(): number {
    return 0;
  }

  protected override get hasValidity(): boolean {
    return false;
  }

  protected override put(value: unknown): void {
    throw this.mismatch(value, "give null");
  }

  protected override putNothing(): void {}

  protected override addBuffers(): void {}

  protected override clearValues(): void {}
}

/** Booleans. */
export class BooleanBuilder extends ColumnBuilder {
  readonly #bits: Bits = new Bits();

  override get byteLength(): number {
    return this.length / 8;
  }

  protected override put(value: unknown): void {
    if (typeof value !== "boolean") {
      throw this.mismatch(value, "give true or false");
    }
    this.#bits.push(value);
  }

  protected override putNothing(): void {
    this.#bits.push(false);
  }

  protected override addBuffers(parts: BatchParts): void {
    parts.buffers.push(this.#bits.view());
  }

  protected override clearValues(): void {
    this.#bits.clear();
  }
}

/** Columns whose values are ranges of something longer. */
export abstract class RangeBuilder extends ColumnBuilder {
  #offsets: Int32Array<ArrayBuffer> = new Int32Array(ROOM + 1);

  /** Where the next value ends, once it is written. */
  protected abstract get end(): number;

  /** Notes that the value that is being added ends here. */
  protected mark(): void {
    this.markAt(this.length, this.end);
  }

  /** Notes where a value ends. */
  protected markAt(index: number, end: number): void {
    if (index + 1 >= this.#offsets.length) {
      const grown = new Int32Array(2 * this.#offsets.length);
      copyValues(grown, this.#offsets);
      this.#offsets = grown;
    }
    this.#offsets[index + 1] = end;
  }

  protected override putNothing(): void {
    this.mark();
  }

  /**
   * Adds the buffer of the offsets.
   *
   * @param isLarge whether they have 64 bits
   */
  protected addOffsets(parts: BatchParts, isLarge: boolean): void {
    const count = this.length + 1;
    if (!isLarge) {
      parts.buffers.push(bytesOf(this.#offsets, count));
      return;
    }
    const words = new Int32Array(2 * count); // none is below 0: high words are 0
    for (let i = 0; i < count; i++) words[2 * i] = this.#offsets[i] as number;
    parts.buffers.push(bytesOf(words, 2 * count));
  }
}

/** Columns whose values are ranges of bytes. */
export abstract class BytesBuilder extends RangeBuilder {
  /** The bytes, with room behind them. */
  protected bytes: Uint8Array<ArrayBuffer> = new Uint8Array(8 * ROOM);
  /** How many bytes are used. */
  protected used: number = 0;
  /** Most bytes of a column in one batch. */
  protected readonly limit: number = MAX_BYTES;

  override get byteLength(): number {
    return 4 * this.length + this.used;
  }

  protected override get end(): number {
    return this.used;
  }

  /** Makes room for more bytes. */
  protected reserve(value: unknown, count: number): void {
    const wanted = this.used + count;
    if (wanted <= this.bytes.length) return;
    this.checkEnd(value, wanted);
    // Never longer than the limit: what fits in without growing is not checked.
    const room = min(max(wanted, 2 * this.bytes.length), this.limit);
    const grown = new Uint8Array(room);
    copyValues(grown, subarray(this.bytes, 0, this.used));
    this.bytes = grown;
  }

  /**
   * Checks that a batch has room for a value.
   *
   * @throws SparkError `VALUE_OUT_OF_RANGE`
   */
  protected checkEnd(value: unknown, end: number): void {
    if (end <= this.limit) return;
    throw this.outOfRange(
      value,
      `one batch has room for ${this.limit} bytes of a column; make batches of fewer rows, for rows of Spark by a lower "spark.sql.execution.arrow.maxRecordsPerBatch"`,
    );
  }

  protected override addBuffers(parts: BatchParts): void {
    this.addOffsets(parts, parts.largeVarTypes);
    parts.buffers.push(this.bytes.subarray(0, this.used));
  }

  protected override clearValues(): void {
    this.used = 0;
  }
}

/** Binaries. */
export class BinaryBuilder extends BytesBuilder {
  protected override put(value: unknown): void {
    if (!(value instanceof Uint8Array)) {
      throw this.mismatch(value, "give a Uint8Array");
    }
    this.reserve(value, value.length);
    setBytes(this.bytes, value, this.used);
    this.used += value.length;
    this.mark();
  }
}
