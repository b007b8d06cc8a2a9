import { copyValues, OwnDataView } from "../../../common/primordials.ts";
import type { DataType, StructType } from "../../../types/spark_types.ts";
import {
  type BatchParts,
  ColumnBuilder,
  type ColumnPlace,
} from "./column_builder.ts";
import type { MakeBuilder } from "./nested_builders.ts";
import { bytesOf } from "./number_builders.ts";

const ROOM = 1024; // values to begin with

// Taken before user code can replace them: it runs between two values.
const { isInteger, isSafeInteger } = Number;
const { asIntN } = BigInt;
const { BigInt: toBigInt, Uint8Array } = globalThis;

/** The fields of a value, in order; else what is wanted. */
export type FieldsOf = (
  value: unknown,
) => readonly unknown[] | { readonly wanted: string };

/** Values that Arrow has as structs, and programs in another form. */
export class ConvertedStructBuilder extends ColumnBuilder {
  readonly #convert: FieldsOf;
  readonly #fields: readonly ColumnBuilder[];

  /**
   * Begins a column without values.
   *
   * @param type its type
   * @param place where it stands
   * @param struct what Arrow has for it
   * @param make makes the columns of the fields
   * @param convert what the fields of a value are
   */
  constructor(
    type: DataType,
    place: ColumnPlace,
    struct: StructType,
    make: MakeBuilder,
    convert: FieldsOf,
  ) {
    super(type, place);
    this.#convert = convert;
    this.#fields = struct.fields.map((field) =>
      make(field.type, this.placeWithin(field.name, field.nullable))
    );
  }

  override get byteLength(): number {
    return this.#fields.reduce((sum, field) => sum + field.byteLength, 0);
  }

  protected override put(value: unknown): void {
    const fields = this.#convert(value);
    if ("wanted" in fields) throw this.mismatch(value, fields.wanted);
    for (let i = 0; i < this.#fields.length; i++) {
      this.#fields[i]?.append(fields[i]);
    }
  }

  protected override putNothing(): void {
    for (let i = 0; i < this.#fields.length; i++) {
      this.#fields[i]?.appendHidden();
    }
  }

  protected override addBuffers(parts: BatchParts): void {
    for (const field of this.#fields) field.addTo(parts);
  }

  protected override clearValues(): void {
    for (const field of this.#fields) field.clear();
  }
}

const WANTED =
  "give { months, days, microseconds } of whole numbers, or a Temporal.Duration";

/** Calendar intervals: months and days of 32 bits, nanoseconds of 64. */
export class IntervalBuilder extends ColumnBuilder {
  #values = new OwnDataView(new ArrayBuffer(16 * ROOM));

  override get byteLength(): number {
    return 16 * this.length;
  }

  protected override put(value: unknown): void {
    const parts = intervalParts(value);
    if (parts === null) throw this.mismatch(value, WANTED);
    const nanos = parts.microseconds * 1000n;
    if (
      (parts.months | 0) !== parts.months || (parts.days | 0) !== parts.days ||
      asIntN(64, nanos) !== nanos
    ) {
      throw this.outOfRange(
        value,
        "months and days may have 32 bits, nanoseconds 64",
      );
    }
    this.#store(parts.months, parts.days, nanos);
  }

  protected override putNothing(): void {
    this.#store(0, 0, 0n);
  }

  protected override addBuffers(parts: BatchParts): void {
    parts.buffers.push(
      bytesOf(new Uint8Array(this.#values.buffer), 16 * this.length),
    );
  }

  protected override clearValues(): void {}

  #store(months: number, days: number, nanos: bigint): void {
    const at = 16 * this.length;
    if (at >= this.#values.byteLength) {
      const grown = new Uint8Array(2 * this.#values.byteLength);
      copyValues(grown, new Uint8Array(this.#values.buffer));
      this.#values = new OwnDataView(grown.buffer);
    }
    this.#values.setInt32(at, months, true);
    this.#values.setInt32(at + 4, days, true);
    this.#values.setBigInt64(at + 8, nanos, true);
  }
}

interface Parts {
  readonly months: number;
  readonly days: number;
  readonly microseconds: bigint;
}

function intervalParts(value: unknown): Parts | null {
  if (typeof value !== "object" || value === null) return null;
  if (typeof Temporal !== "undefined" && value instanceof Temporal.Duration) {
    return durationParts(value);
  }
  const { months, days, microseconds } = value as Readonly<
    Record<string, unknown>
  >;
  const micros = typeof microseconds === "bigint"
    ? microseconds
    : isSafeInteger(microseconds)
    ? toBigInt(microseconds as number)
    : null;
  if (
    micros === null || !isInteger(months) || !isInteger(days)
  ) return null;
  return {
    months: months as number,
    days: days as number,
    microseconds: micros,
  };
}

function durationParts(value: Temporal.Duration): Parts | null {
  if (value.nanoseconds !== 0) return null;
  const time = toBigInt(value.hours) * 3_600_000_000n +
    toBigInt(value.minutes) * 60_000_000n +
    toBigInt(value.seconds) * 1_000_000n +
    toBigInt(value.milliseconds) * 1000n + toBigInt(value.microseconds);
  return {
    months: 12 * value.years + value.months,
    days: 7 * value.weeks + value.days,
    microseconds: time,
  };
}
