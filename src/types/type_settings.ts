/**
 * What the TypeScript type of a column is where a session may choose: 64-bit
 * integers, dates and times. A program whose session gives them another form
 * says so to the compiler by a declaration:
 *
 * ```ts ignore
 * declare module "@tspark/tspark" {
 *   interface TypeSettings {
 *     long: bigint; // spark.tspark.longs=bigint
 *     timestamp: Temporal.Instant; // spark.tspark.timestamps=instant
 *     timestampNtz: Temporal.PlainDateTime;
 *     time: Temporal.PlainTime;
 *     date: Temporal.PlainDate; // spark.tspark.dates=plainDate
 *   }
 * }
 * ```
 */
// deno-lint-ignore no-empty-interface -- programs add to it
export interface TypeSettings {}

/**
 * What a program declared for a setting, or what holds without it.
 *
 * @ignore
 */
type Setting<Name extends string, Default> = TypeSettings extends
  { readonly [K in Name]: infer T } ? T : Default;

/** A value of BIGINT: `number`, refused beyond ±2^53, unless {@link TypeSettings} has `long`. */
export type Long = Setting<"long", number>;

/** A value of TIMESTAMP: `Date` unless {@link TypeSettings} has `timestamp`. */
export type Timestamp = Setting<"timestamp", Date>;

/** A value of TIMESTAMP_NTZ: a `Date` whose UTC fields are the local ones, unless {@link TypeSettings} has `timestampNtz`. */
export type TimestampNtz = Setting<"timestampNtz", Date>;

/** A value of DATE: a `Date` at midnight UTC, unless {@link TypeSettings} has `date`. */
export type DateOnly = Setting<"date", Date>;

/** A value of TIME: a text such as `12:30:00.5`, unless {@link TypeSettings} has `time`. */
export type TimeOfDay = Setting<"time", string>;

/** A value of a timestamp of 7 to 9 digits of a second: a `Temporal.Instant`. */
export type TimestampNanos = OfTemporal<"Instant">;

/** A value of a timestamp without zone of 7 to 9 digits of a second: a `Temporal.PlainDateTime`. */
export type TimestampNtzNanos = OfTemporal<"PlainDateTime">;

/**
 * One of Temporal's types; unknown where the compiler's library has none.
 *
 * @ignore
 */
type OfTemporal<Name extends string> = typeof globalThis extends {
  readonly Temporal: {
    readonly [K in Name]: { readonly prototype: infer T };
  };
} ? T
  : unknown;

declare const DECIMAL: unique symbol;

/**
 * Tells decimals from other texts, for the compiler only.
 *
 * @ignore
 */
interface DecimalMark {
  readonly [DECIMAL]: true;
}

/** A value of DECIMAL: a text with all its digits, such as `"12.50"`. Made by {@link decimal}. */
export type Decimal = string & DecimalMark;

/** Any value but a {@link Decimal}. */
export interface NoDecimal {
  /** @ignore */
  readonly [DECIMAL]?: never;
  /** Every value has it, so that every value is one of these. */
  valueOf?(): unknown;
}
