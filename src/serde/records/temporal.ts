import { SparkError } from "../../common/errors.ts";
import {
  TEMPORAL_NAMES,
  type TemporalName,
} from "../../common/temporal_names.ts";

/** A part of a value of Temporal. */
export type TemporalPart = number | bigint | string;

// Taken at the start: a task that replaces a type does not change what records are.
const TYPES: typeof Temporal | null = typeof Temporal === "undefined"
  ? null
  : Temporal;
const NAMES = new Map<unknown, TemporalName>(
  TYPES === null
    ? []
    : TEMPORAL_NAMES.map((name) => [TYPES[name].prototype, name]),
);

const DURATION_FIELDS = [
  "years",
  "months",
  "weeks",
  "days",
  "hours",
  "minutes",
  "seconds",
  "milliseconds",
  "microseconds",
  "nanoseconds",
] as const;

/**
 * Which of Temporal's types has this prototype.
 *
 * @returns undefined for any other prototype
 */
export function temporalName(prototype: unknown): TemporalName | undefined {
  return NAMES.get(prototype);
}

/**
 * What a value is made again of by {@link makeTemporal}, each field as it is.
 *
 * @param name its type
 * @param value the value
 */
export function temporalParts(
  name: TemporalName,
  value: object,
): readonly TemporalPart[] {
  switch (name) {
    case "Instant":
      return [(value as Temporal.Instant).epochNanoseconds];
    case "ZonedDateTime": {
      const { epochNanoseconds, timeZoneId, calendarId } =
        value as Temporal.ZonedDateTime;
      return [epochNanoseconds, timeZoneId, calendarId];
    }
    case "Duration":
      return DURATION_FIELDS.map((field) =>
        (value as Temporal.Duration)[field]
      );
    case "PlainYearMonth":
    case "PlainMonthDay":
      return referenceDay(value as Temporal.PlainYearMonth);
    case "PlainDate":
    case "PlainTime":
    case "PlainDateTime":
      return [(value as Temporal.PlainDate).toString()];
  }
}

/**
 * Makes a value of its parts.
 *
 * @param name its type
 * @param parts what {@link temporalParts} gave
 * @throws SparkError `TEMPORAL_MISSING` where there is no Temporal
 * @throws RangeError or TypeError for other parts
 */
export function makeTemporal(
  name: TemporalName,
  parts: readonly unknown[],
): object {
  if (TYPES === null) {
    throw new SparkError(
      "TEMPORAL_MISSING",
      `Cannot make a value of "Temporal.${name}": this runtime has no Temporal; run the program in Deno, or map such values to texts before they come back`,
      { type: name },
    );
  }
  const [first, second, third, fourth] = parts;
  switch (name) {
    case "Instant":
      return new TYPES.Instant(bigintOf(first));
    case "ZonedDateTime":
      return new TYPES.ZonedDateTime(
        bigintOf(first),
        textOf(second),
        textOf(third),
      );
    case "Duration":
      return new TYPES.Duration(...parts.map(numberOf));
    case "PlainYearMonth":
      return new TYPES.PlainYearMonth(
        numberOf(first),
        numberOf(second),
        textOf(fourth),
        numberOf(third),
      );
    case "PlainMonthDay":
      return new TYPES.PlainMonthDay(
        numberOf(second),
        numberOf(third),
        textOf(fourth),
        numberOf(first),
      );
    case "PlainDate":
    case "PlainTime":
    case "PlainDateTime":
      return TYPES[name].from(textOf(first));
  }
}

/**
 * The parts of a value in the order in which values compare: two values are
 * equal exactly when all parts are.
 *
 * A duration compares by its length, a day as 24 hours and a month as 30 days,
 * then by its fields.
 *
 * @param name its type
 * @param value the value
 */
export function temporalOrder(
  name: TemporalName,
  value: object,
): readonly TemporalPart[] {
  switch (name) {
    case "Instant":
    case "ZonedDateTime":
      return temporalParts(name, value);
    case "PlainTime":
      return [nanosecondOfDay(value as Temporal.PlainTime)];
    case "PlainDate": {
      const date = value as Temporal.PlainDate;
      return [...dayOf(date), date.calendarId];
    }
    case "PlainDateTime": {
      const time = value as Temporal.PlainDateTime;
      const day = dayOf(time.toPlainDate());
      return [...day, nanosecondOfDay(time), time.calendarId];
    }
    case "PlainYearMonth":
    case "PlainMonthDay":
      return temporalParts(name, value);
    case "Duration": {
      const fields = temporalParts(name, value) as number[];
      return [lengthOf(fields), ...fields];
    }
  }
}

type Times = Pick<
  Temporal.PlainTime,
  | "hour"
  | "minute"
  | "second"
  | "millisecond"
  | "microsecond"
  | "nanosecond"
>;

function nanosecondOfDay(time: Times): number {
  const seconds = (time.hour * 60 + time.minute) * 60 + time.second;
  return ((seconds * 1000 + time.millisecond) * 1000 + time.microsecond) *
      1000 + time.nanosecond; // below 2^53
}

/** A day in the calendar that all dates have in common. */
function dayOf(date: Temporal.PlainDate): number[] {
  const { year, month, day } = date.withCalendar("iso8601");
  return [year, month, day];
}

/** The day that a month or an anniversary stands for, and its calendar: only the longest text says it. */
function referenceDay(value: Temporal.PlainYearMonth): TemporalPart[] {
  const text = value.toString({ calendarName: "always" });
  const [, year, month, day, calendar = ""] =
    /^([+-]?\d+)-(\d\d)-(\d\d)\[u-ca=(.*)\]$/.exec(text) ?? [];
  return [Number(year), Number(month), Number(day), calendar];
}

const NANOSECONDS = [
  8.64e13 * 360,
  8.64e13 * 30,
  8.64e13 * 7,
  8.64e13,
  3.6e12,
  6e10,
  1e9,
  1e6,
  1e3,
  1,
];

function lengthOf(fields: readonly number[]): bigint {
  return fields.reduce(
    (sum, field, at) => sum + BigInt(field) * BigInt(NANOSECONDS[at] ?? 0),
    0n,
  );
}

function bigintOf(part: unknown): bigint {
  if (typeof part === "bigint") return part;
  throw new TypeError("a bigint is missing");
}

function textOf(part: unknown): string {
  if (typeof part === "string") return part;
  throw new TypeError("a text is missing");
}

function numberOf(part: unknown): number {
  if (typeof part === "number") return part;
  throw new TypeError("a number is missing");
}
