/**
 * What values of time are in the units that Arrow stores.
 *
 * @module
 */
import type { Converted, UnitConversion } from "./builders/number_builders.ts";

const MS_PER_DAY = 86_400_000;
const NS_PER_SECOND = 1_000_000_000;

/** Days since 1970-01-01 of a `Date` at UTC midnight or a `Temporal.PlainDate`. */
export function toDays(value: unknown): Converted {
  if (value instanceof Date) {
    const days = value.getTime() / MS_PER_DAY;
    if (Number.isInteger(days)) return days;
  }
  if (typeof Temporal !== "undefined" && value instanceof Temporal.PlainDate) {
    const { year, month, day } = value;
    const days = new Date(0).setUTCFullYear(year, month - 1, day) / MS_PER_DAY;
    if (Number.isInteger(days)) return days; // Temporal's first day is before Date's
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
    const nanos = localNanos(value);
    const micros = nanos === null ? null : wholeMicros(nanos);
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
    if (value instanceof Date && !Number.isNaN(value.getTime())) {
      return BigInt(value.getTime()) * 1_000_000n;
    }
    if (
      typeof Temporal !== "undefined" &&
      (value instanceof Temporal.Instant ||
        value instanceof Temporal.ZonedDateTime)
    ) {
      const nanos = value.epochNanoseconds;
      if (nanos % BigInt(10 ** (9 - precision)) === 0n) return nanos;
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
    if (value instanceof Date && !Number.isNaN(value.getTime())) {
      return BigInt(value.getTime()) * 1_000_000n;
    }
    if (
      typeof Temporal !== "undefined" && value instanceof Temporal.PlainDateTime
    ) {
      const nanos = localNanos(value);
      const unit = BigInt(10 ** (9 - precision));
      if (nanos !== null && nanos % unit === 0n) return nanos;
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
  if (Number.isInteger(value)) return value as number;
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

/** Microseconds of a bigint, a whole number or a `Temporal.Duration` of days and less. */
export function toDurationMicros(value: unknown): Converted {
  if (Number.isSafeInteger(value)) return value as number;
  if (typeof value === "bigint") return value;
  if (typeof Temporal !== "undefined" && value instanceof Temporal.Duration) {
    const micros = durationMicros(value);
    if (micros !== null) return micros;
  }
  return {
    wanted:
      "give microseconds as a bigint or a safe integer, or a Temporal.Duration of days and less",
  };
}

/**
 * A number of nanoseconds since midnight as text: `HH:MM:SS`, and as many
 * digits of a second as are not zero.
 */
export function timeText(nanos: number): string {
  const seconds = Math.floor(nanos / NS_PER_SECOND);
  const fraction = nanos - seconds * NS_PER_SECOND;
  const two = (value: number): string => String(value).padStart(2, "0");
  const text = `${two(Math.floor(seconds / 3600))}:${
    two(Math.floor(seconds / 60) % 60)
  }:${two(seconds % 60)}`;
  if (fraction === 0) return text;
  return `${text}.${String(fraction).padStart(9, "0").replace(/0+$/, "")}`;
}

function dateMicros(date: Date): number | bigint | null {
  const ms = date.getTime();
  if (Number.isNaN(ms)) return null;
  const micros = ms * 1000;
  return Number.isSafeInteger(micros) ? micros : BigInt(ms) * 1000n;
}

/** Null within the day before the first instant, which local times have more. */
function localNanos(value: Temporal.PlainDateTime): bigint | null {
  try {
    return value.toZonedDateTime("UTC").epochNanoseconds;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function wholeMicros(nanos: bigint): bigint | null {
  const micros = nanos / 1000n;
  return micros * 1000n === nanos ? micros : null;
}

function nanosOfTime(value: Temporal.PlainTime): number {
  const { hour, minute, second } = value;
  return ((hour * 60 + minute) * 60 + second) * NS_PER_SECOND +
    value.millisecond * 1_000_000 + value.microsecond * 1000 +
    value.nanosecond;
}

const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;

function nanosOfText(text: string): number | null {
  const found = TIME.exec(text);
  if (found === null) return null;
  const [, hours, minutes, seconds = "0", fraction = ""] = found;
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return null;
  return ((h * 60 + m) * 60 + s) * NS_PER_SECOND +
    Number(fraction.padEnd(9, "0"));
}

function durationMicros(value: Temporal.Duration): bigint | null {
  const { years, months, weeks, nanoseconds } = value;
  if (years !== 0 || months !== 0 || weeks !== 0 || nanoseconds !== 0) {
    return null;
  }
  const parts: readonly (readonly [count: number, micros: bigint])[] = [
    [value.days, 86_400_000_000n],
    [value.hours, 3_600_000_000n],
    [value.minutes, 60_000_000n],
    [value.seconds, 1_000_000n],
    [value.milliseconds, 1000n],
    [value.microseconds, 1n],
  ];
  return parts.reduce(
    (sum, [count, micros]) => sum + BigInt(count) * micros,
    0n,
  );
}
