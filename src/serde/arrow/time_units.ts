/**
 * What values of time are in the units that Arrow stores.
 *
 * @module
 */
import { execPattern, sliceText, timeOf } from "../../common/primordials.ts";
import type { Converted, UnitConversion } from "./builders/number_builders.ts";

const MS_PER_DAY = 86_400_000;
const NS_PER_SECOND = 1_000_000_000;

// Taken before user code can replace them: it runs between two values.
const { isInteger, isNaN, isSafeInteger } = Number;
const { floor } = Math;
const { BigInt: toBigInt, Date, Number: toNumber } = globalThis;

/** Days since 1970-01-01 of a `Date` at UTC midnight or a `Temporal.PlainDate`. */
export function toDays(value: unknown): Converted {
  if (value instanceof Date) {
    const days = timeOf(value) / MS_PER_DAY;
    if (isInteger(days)) return days;
  }
  if (typeof Temporal !== "undefined" && value instanceof Temporal.PlainDate) {
    return epochDays(value);
  }
  return {
    wanted:
      "give a Date at midnight UTC, such as new Date(Date.UTC(2024, 0, 31)), or a Temporal.PlainDate",
  };
}

/** Microseconds since 1970 of a `Date`, `Temporal.Instant` or `Temporal.ZonedDateTime`. */
export function toMicros(value: unknown): Converted {
  if (value instanceof Date) {
    const micros = dateMicros(value);
    if (micros !== null) return micros;
  }
  if (
    typeof Temporal !== "undefined" &&
    (value instanceof Temporal.Instant ||
      value instanceof Temporal.ZonedDateTime)
  ) {
    const micros = wholeMicros(value.epochNanoseconds);
    if (micros !== null) return micros;
  }
  return {
    wanted: "give a valid Date, or a Temporal.Instant in whole microseconds",
  };
}

/** Microseconds since 1970 in a zone without offset of a `Date`'s UTC fields or a `Temporal.PlainDateTime`. */
export function toLocalMicros(value: unknown): Converted {
  if (value instanceof Date) {
    const micros = dateMicros(value);
    if (micros !== null) return micros;
  }
  if (
    typeof Temporal !== "undefined" && value instanceof Temporal.PlainDateTime
  ) {
    const micros = wholeMicros(localNanos(value));
    if (micros !== null) return micros;
  }
  return {
    wanted:
      "give a Date whose UTC fields are the local ones, or a Temporal.PlainDateTime in whole microseconds",
  };
}

/**
 * Nanoseconds since 1970 of a `Temporal.Instant`, `Temporal.ZonedDateTime` or `Date`.
 *
 * @param precision digits of a second's fraction that there may be
 */
export function toNanos(precision: number): UnitConversion {
  return (value) => {
    if (value instanceof Date && !isNaN(timeOf(value))) {
      return toBigInt(timeOf(value)) * 1_000_000n;
    }
    if (
      typeof Temporal !== "undefined" &&
      (value instanceof Temporal.Instant ||
        value instanceof Temporal.ZonedDateTime)
    ) {
      const nanos = value.epochNanoseconds;
      if (nanos % toBigInt(10 ** (9 - precision)) === 0n) return nanos;
    }
    return {
      wanted:
        `give a valid Date, or a Temporal.Instant with ${precision} digits behind the second`,
    };
  };
}

/**
 * Nanoseconds since 1970 in a zone without offset of a
 * `Temporal.PlainDateTime` or of a `Date`'s UTC fields.
 *
 * @param precision digits of a second's fraction that there may be
 */
export function toLocalNanos(precision: number): UnitConversion {
  return (value) => {
    if (value instanceof Date && !isNaN(timeOf(value))) {
      return toBigInt(timeOf(value)) * 1_000_000n;
    }
    if (
      typeof Temporal !== "undefined" && value instanceof Temporal.PlainDateTime
    ) {
      const nanos = localNanos(value);
      if (nanos % toBigInt(10 ** (9 - precision)) === 0n) return nanos;
    }
    return {
      wanted:
        `give a Date whose UTC fields are the local ones, or a Temporal.PlainDateTime with ${precision} digits behind the second`,
    };
  };
}

/**
 * Nanoseconds since midnight of a text such as `12:30:00.5` or a `Temporal.PlainTime`.
 *
 * @param precision digits of a second's fraction that there may be
 */
export function toNanosOfDay(precision: number): UnitConversion {
  return (value) => {
    const nanos = typeof value === "string"
      ? nanosOfText(value)
      : typeof Temporal !== "undefined" && value instanceof Temporal.PlainTime
      ? nanosOfTime(value)
      : null;
    if (nanos !== null && nanos % 10 ** (9 - precision) === 0) return nanos;
    return {
      wanted:
        `give a text such as "12:30:00", or a Temporal.PlainTime, with ${precision} digits behind the second`,
    };
  };
}

/** Months of a whole number or a `Temporal.Duration` of years and months. */
export function toMonths(value: unknown): Converted {
  if (isInteger(value)) return value as number;
  if (typeof value === "bigint") return value;
  if (typeof Temporal !== "undefined" && value instanceof Temporal.Duration) {
    const { years, months } = value;
    const rest = value.with({ years: 0, months: 0 });
    if (rest.blank) return 12 * years + months;
  }
  return {
    wanted:
      "give a whole number of months, or a Temporal.Duration of years and months",
  };
}

/** Microseconds of a bigint, a whole number or a `Temporal.Duration` of weeks and less. */
export function toDurationMicros(value: unknown): Converted {
  if (isSafeInteger(value)) return value as number;
  if (typeof value === "bigint") return value;
  if (typeof Temporal !== "undefined" && value instanceof Temporal.Duration) {
    const micros = durationMicros(value);
    if (micros !== null) return micros;
  }
  return {
    wanted:
      "give microseconds as a bigint or a safe integer, or a Temporal.Duration of weeks and less in whole microseconds",
  };
}

/**
 * A number of nanoseconds since midnight as text: `HH:MM:SS`, and as many
 * digits of a second as are not zero.
 */
export function timeText(nanos: number): string {
  const seconds = floor(nanos / NS_PER_SECOND);
  const fraction = nanos - seconds * NS_PER_SECOND;
  const two = (value: number): string => String(value).padStart(2, "0");
  const text = `${two(floor(seconds / 3600))}:${
    two(floor(seconds / 60) % 60)
  }:${two(seconds % 60)}`;
  if (fraction === 0) return text;
  return `${text}.${String(fraction).padStart(9, "0").replace(/0+$/, "")}`;
}

function dateMicros(date: Date): number | bigint | null {
  const ms = timeOf(date);
  if (isNaN(ms)) return null;
  const micros = ms * 1000;
  return isSafeInteger(micros) ? micros : toBigInt(ms) * 1000n;
}

/** Days since 1970-01-01, of every calendar's dates, also of those that no `Date` can be. */
function epochDays(date: Temporal.PlainDate | Temporal.PlainDateTime): number {
  const { year, month, day } = date.withCalendar("iso8601");
  const past = month > 2 ? year : year - 1; // years begin in March, so that a leap day is their last
  const era = floor(past / 400);
  const ofEra = past - 400 * era;
  const ofYear = floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const days = 365 * ofEra + floor(ofEra / 4) - floor(ofEra / 100);
  return 146_097 * era + days + ofYear - 719_468;
}

function localNanos(time: Temporal.PlainDateTime): bigint {
  return toBigInt(epochDays(time)) * 86_400_000_000_000n +
    toBigInt(nanosOfTime(time));
}

function wholeMicros(nanos: bigint): bigint | null {
  const micros = nanos / 1000n;
  return micros * 1000n === nanos ? micros : null;
}

function nanosOfTime(
  value: Temporal.PlainTime | Temporal.PlainDateTime,
): number {
  const { hour, minute, second } = value;
  return ((hour * 60 + minute) * 60 + second) * NS_PER_SECOND +
    value.millisecond * 1_000_000 + value.microsecond * 1000 +
    value.nanosecond;
}

const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;

function nanosOfText(text: string): number | null {
  const found = execPattern(TIME, text);
  if (found === null) return null;
  const h = toNumber(found[1]);
  const m = toNumber(found[2]);
  const s = toNumber(found[3] ?? 0);
  if (h > 23 || m > 59 || s > 59) return null;
  return ((h * 60 + m) * 60 + s) * NS_PER_SECOND +
    toNumber(sliceText(`${found[4] ?? ""}000000000`, 0, 9));
}

function durationMicros(value: Temporal.Duration): bigint | null {
  const { years, months, nanoseconds } = value;
  if (years !== 0 || months !== 0 || nanoseconds !== 0) return null;
  const hours = 24 * (7 * value.weeks + value.days) + value.hours;
  return 3_600_000_000n * toBigInt(hours) +
    60_000_000n * toBigInt(value.minutes) +
    1_000_000n * toBigInt(value.seconds) +
    1000n * toBigInt(value.milliseconds) + toBigInt(value.microseconds);
}
