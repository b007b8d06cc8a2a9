import { ProtocolError } from "../../common/errors.ts";
import type { DataType } from "../../types/spark_types.ts";
import type { CalendarInterval } from "../../types/values.ts";
import { timeText } from "./time_units.ts";
import type { ArrowOptions } from "./arrow_options.ts";
import { type ColumnView, isValid } from "./column_view.ts";
import { unknownType } from "./spark_arrow.ts";
import { wordsOf } from "./read_numbers.ts";

const MS_PER_DAY = 86_400_000;
const WORD = 2 ** 32;
const EXACT_HIGH = 2 ** 20; // high words of microseconds that a number holds, with room
const MOST_MS = 8_640_000_000_000_000; // that a Date can be from 1970
const MOST_DAYS = MOST_MS / MS_PER_DAY;
const MOST_MICROS = BigInt(MOST_MS) * 1000n;

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
      return isExact
        ? (view) => readInstants(view, name)
        : (view) => readTimestamps(view, name);
    case "timestamp_ntz":
      return isExact
        ? (view) => readPlainDateTimes(view, name)
        : (view) => readTimestamps(view, name);
    case "timestamp_ltz_nanos":
      return readNanoInstants;
    case "timestamp_ntz_nanos":
      return readNanoDateTimes;
    case "time":
      return isExact ? readPlainTimes : readTimeTexts;
    default:
      throw unknownType(name, type);
  }
}

function readDates(view: ColumnView, name: string): unknown[] {
  const days = view.values as Int32Array;
  const dates = new Array<unknown>(view.length);
  for (let i = 0; i < view.length; i++) {
    const day = days[i] as number;
    if (day > MOST_DAYS || day < -MOST_DAYS) checkTime(view, i, name);
    dates[i] = new Date(day * MS_PER_DAY);
  }
  return dates;
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
    let millis: number;
    if (high < EXACT_HIGH && high >= -EXACT_HIGH) {
      millis = millisOf(high * WORD + ((words[2 * i] as number) >>> 0));
    } else {
      millis = millisOfBigint(micros[i] as bigint);
      if (millis > MOST_MS || millis < -MOST_MS) checkTime(view, i, name);
    }
    dates[i] = new Date(millis);
  }
  return dates;
}

function millisOf(micros: number): number {
  const millis = Math.floor(micros / 1000);
  return millis * 1000 > micros ? millis - 1 : millis; // the quotient may be rounded up
}

function millisOfBigint(micros: bigint): number {
  return Number((micros - ((micros % 1000n) + 1000n) % 1000n) / 1000n);
}

function readInstants(view: ColumnView, name: string): unknown[] {
  return mapLongs(
    view,
    (micros) => Temporal.Instant.fromEpochNanoseconds(nanosOf(micros, name)),
  );
}

function readPlainDateTimes(view: ColumnView, name: string): unknown[] {
  return mapLongs(view, (micros) => plainDateTime(nanosOf(micros, name)));
}

/** Nanoseconds of microseconds that a `Temporal.Instant`, as a `Date`, can be. */
function nanosOf(micros: bigint, name: string): bigint {
  if (micros > MOST_MICROS || micros < -MOST_MICROS) {
    throw notInRange(name, micros);
  }
  return micros * 1000n;
}

function readNanoInstants(view: ColumnView): unknown[] {
  return mapLongs(
    view,
    (nanos) => Temporal.Instant.fromEpochNanoseconds(nanos),
  );
}

function readNanoDateTimes(view: ColumnView): unknown[] {
  return mapLongs(view, plainDateTime);
}

function plainDateTime(nanos: bigint): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochNanoseconds(nanos)
    .toZonedDateTimeISO("UTC").toPlainDateTime();
}

function readTimeTexts(view: ColumnView): unknown[] {
  return mapLongs(view, (nanos) => timeText(Number(nanos)));
}

function readPlainTimes(view: ColumnView): unknown[] {
  return mapLongs(
    view,
    (nanos) => Temporal.PlainTime.from(timeText(Number(nanos))),
  );
}

/** Intervals: months and days of 32 bits, nanoseconds of 64. */
export function readIntervals({ values, length }: ColumnView): unknown[] {
  const view = new DataView(values.buffer, values.byteOffset, 16 * length);
  return Array.from({ length }, (_, i): CalendarInterval => ({
    months: view.getInt32(16 * i, true),
    days: view.getInt32(16 * i + 4, true),
    microseconds: view.getBigInt64(16 * i + 8, true) / 1000n,
  }));
}

/** Values where there are some: what stands where a null is may be no time at all. */
function mapLongs(
  view: ColumnView,
  make: (value: bigint) => unknown,
): unknown[] {
  const longs = view.values as BigInt64Array;
  return Array.from(
    { length: view.length },
    (_, i) => isValid(view, i) ? make(longs[i] as bigint) : null,
  );
}

/** A date beyond what `Date` can be is no silent `Invalid Date`; what stands where a null is does not count. */
function checkTime(view: ColumnView, index: number, name: string): void {
  if (!isValid(view, index)) return;
  throw notInRange(name, view.values[index] as number | bigint);
}

function notInRange(column: string, value: number | bigint): ProtocolError {
  return new ProtocolError(
    "TIME_NOT_IN_RANGE",
    `Cannot read column "${column}": ${value} ${
      typeof value === "bigint" ? "microseconds" : "days"
    } from 1970 are beyond what a Date can be, ${MOST_MS} ms; cast it in the query, to string for example`,
    { column, value },
  );
}
