import { ProtocolError } from "../../common/errors.ts";
import { type DataType, simpleName } from "../../types/spark_types.ts";
import type { ArrowOptions } from "./arrow_options.ts";
import { type ColumnView, isValid } from "./column_view.ts";
import { wordsOf } from "./read_numbers.ts";

const MS_PER_DAY = 86_400_000;
const WORD = 2 ** 32;
const EXACT_HIGH = 2 ** 20; // high words of microseconds that a number holds, with room
const MOST_MS = 8_640_000_000_000_000; // that a Date can be from 1970

/**
 * What reads dates and times.
 *
 * @param type date, timestamp or timestamp_ntz
 * @param name the column's name, for messages
 * @param options their forms
 */
export function timeReader(
  type: DataType,
  name: string,
  options: ArrowOptions,
): (view: ColumnView) => unknown[] {
  const isExact = options.timestamps === "instant";
  switch (type.kind) {
    case "date":
      return options.dates === "plainDate"
        ? (view) => readPlainDates(view, name)
        : (view) => readDates(view, name);
    case "timestamp":
      return isExact ? readInstants : (view) => readTimestamps(view, name);
    case "timestamp_ntz":
      return isExact ? readPlainTimes : (view) => readTimestamps(view, name);
    default:
      throw new ProtocolError(
        "ARROW_TYPE_UNSUPPORTED",
        `Cannot read column "${name}": its type ${
          simpleName(type)
        } has no form in TypeScript yet; cast it in the query, to string for example`,
        { column: name, type: simpleName(type) },
      );
  }
}

function readDates(view: ColumnView, name: string): unknown[] {
  const days = view.values as Int32Array;
  const dates = new Array<unknown>(view.length);
  for (let i = 0; i < view.length; i++) {
    dates[i] = new Date((days[i] as number) * MS_PER_DAY);
  }
  return checked(view, dates, name);
}

function readPlainDates(view: ColumnView, name: string): unknown[] {
  const dates = readDates(view, name) as Date[];
  return dates.map((date) =>
    Number.isNaN(date.getTime()) ? null : new Temporal.PlainDate(
      date.getUTCFullYear(),
      date.getUTCMonth() + 1,
      date.getUTCDate(),
    )
  );
}

/** In milliseconds, down to the one before, also for times before 1970. */
function readTimestamps(view: ColumnView, name: string): unknown[] {
  const words = wordsOf(view);
  const micros = view.values as BigInt64Array;
  const dates = new Array<unknown>(view.length);
  for (let i = 0; i < view.length; i++) {
    const high = words[2 * i + 1] as number;
    dates[i] = new Date(
      high < EXACT_HIGH && high >= -EXACT_HIGH
        ? millisOf(high * WORD + ((words[2 * i] as number) >>> 0))
        : millisOfBigint(micros[i] as bigint),
    );
  }
  return checked(view, dates, name);
}

function millisOf(micros: number): number {
  const millis = Math.floor(micros / 1000);
  return millis * 1000 > micros ? millis - 1 : millis; // the quotient may be rounded up
}

function millisOfBigint(micros: bigint): number {
  return Number((micros - ((micros % 1000n) + 1000n) % 1000n) / 1000n);
}

function readInstants({ values, length }: ColumnView): unknown[] {
  const micros = values as BigInt64Array;
  return Array.from(
    { length },
    (_, i) =>
      Temporal.Instant.fromEpochNanoseconds((micros[i] as bigint) * 1000n),
  );
}

function readPlainTimes(view: ColumnView): unknown[] {
  return (readInstants(view) as Temporal.Instant[])
    .map((instant) => instant.toZonedDateTimeISO("UTC").toPlainDateTime());
}

/** A date beyond what `Date` can be is no silent `Invalid Date`. */
function checked(view: ColumnView, dates: unknown[], name: string): unknown[] {
  for (let i = 0; i < dates.length; i++) {
    if (!Number.isNaN((dates[i] as Date).getTime())) continue;
    if (!isValid(view, i)) continue;
    const value = view.values[i] as number | bigint;
    throw new ProtocolError(
      "TIME_NOT_IN_RANGE",
      `Cannot read column "${name}": ${value} ${
        typeof value === "bigint" ? "microseconds" : "days"
      } from 1970 are beyond what a Date can be, ${MOST_MS} ms; cast it in the query, to string for example`,
      { column: name, value },
    );
  }
  return dates;
}
