// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Timestamps and times of day.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Expression } from "../expression/expression.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  type NumberOrColumn,
  type TextOrColumn,
  valueOf,
} from "./call.ts";

/** The query's time of day. Spark 4.1 and later. */
export function current_time(precision?: NumberOrColumn): Column<Untyped> {
  return call(
    "current_time",
    precision === undefined ? undefined : valueOf(precision),
  );
}

/** When the query began. */
export function current_timestamp(): Column<Date | null> {
  return call("current_timestamp");
}

/** The session's time zone. */
export function current_timezone(): Column<string | null> {
  return call("current_timezone");
}

/** Seconds since 1970 as text of the session's time zone. */
export function from_unixtime(
  column: ColumnOrName,
  format?: TextOrColumn,
): Column<string | null> {
  return call(
    "from_unixtime",
    columnOf(column),
    format === undefined ? undefined : valueOf(format),
  );
}

/** A timestamp taken as UTC, as a local time of a zone. */
export function from_utc_timestamp(
  timestamp: ColumnOrName,
  tz: unknown,
): Column<Date | null> {
  return call("from_utc_timestamp", columnOf(timestamp), valueOf(tz));
}

/** The hour, from 0 to 23. */
export function hour(column: ColumnOrName): Column<number | null> {
  return call("hour", columnOf(column));
}

/** When the query began, as a local time. */
export function localtimestamp(): Column<Date | null> {
  return call("localtimestamp");
}

/** A time of day of its parts. Spark 4.1 and later. */
export function make_time(
  hour: ColumnOrName,
  minute: ColumnOrName,
  second: ColumnOrName,
): Column<Untyped> {
  return call("make_time", columnOf(hour), columnOf(minute), columnOf(second));
}

/** A timestamp of its parts. */
export function make_timestamp(
  years: ColumnOrName,
  months: ColumnOrName,
  days: ColumnOrName,
  hours: ColumnOrName,
  mins: ColumnOrName,
  secs: ColumnOrName,
  timezone?: ColumnOrName,
): Column<Date | null>;
/** The timestamp of a date and a time of day. Spark 4.1 and later. */
export function make_timestamp(
  date: ColumnOrName,
  time: ColumnOrName,
  timezone?: ColumnOrName,
): Column<Date | null>;
export function make_timestamp(
  ...parts: readonly (ColumnOrName | undefined)[]
): Column<Date | null> {
  return call("make_timestamp", ...parts.map(partOf));
}

/** A timestamp with the session's time zone, of its parts. */
export function make_timestamp_ltz(
  years: ColumnOrName,
  months: ColumnOrName,
  days: ColumnOrName,
  hours: ColumnOrName,
  mins: ColumnOrName,
  secs: ColumnOrName,
  timezone?: ColumnOrName,
): Column<Date | null> {
  return call(
    "make_timestamp_ltz",
    columnOf(years),
    columnOf(months),
    columnOf(days),
    columnOf(hours),
    columnOf(mins),
    columnOf(secs),
    timezone === undefined ? undefined : columnOf(timezone),
  );
}

/** A local timestamp of its parts. */
export function make_timestamp_ntz(
  years: ColumnOrName,
  months: ColumnOrName,
  days: ColumnOrName,
  hours: ColumnOrName,
  mins: ColumnOrName,
  secs: ColumnOrName,
): Column<Date | null>;
/** The local timestamp of a date and a time of day. Spark 4.1 and later. */
export function make_timestamp_ntz(
  date: ColumnOrName,
  time: ColumnOrName,
): Column<Date | null>;
export function make_timestamp_ntz(
  ...parts: readonly (ColumnOrName | undefined)[]
): Column<Date | null> {
  return call("make_timestamp_ntz", ...parts.map(partOf));
}

/** The minute, from 0 to 59. */
export function minute(column: ColumnOrName): Column<number | null> {
  return call("minute", columnOf(column));
}

/** The same as {@link current_timestamp}. */
export function now(): Column<Date | null> {
  return call("now");
}

/** The second, from 0 to 59. */
export function second(column: ColumnOrName): Column<number | null> {
  return call("second", columnOf(column));
}

/** How many units lie between two times of day. Spark 4.1 and later. */
export function time_diff(
  unit: ColumnOrName,
  start: ColumnOrName,
  end: ColumnOrName,
): Column<number | null> {
  return call("time_diff", columnOf(unit), columnOf(start), columnOf(end));
}

/** The time of day so many microseconds after midnight. Spark 4.2 and later. */
export function time_from_micros(column: ColumnOrName): Column<Untyped> {
  return call("time_from_micros", columnOf(column));
}

/** The time of day so many milliseconds after midnight. Spark 4.2 and later. */
export function time_from_millis(column: ColumnOrName): Column<Untyped> {
  return call("time_from_millis", columnOf(column));
}

/** The time of day so many seconds after midnight. Spark 4.2 and later. */
export function time_from_seconds(column: ColumnOrName): Column<Untyped> {
  return call("time_from_seconds", columnOf(column));
}

/** Microseconds since midnight. Spark 4.2 and later. */
export function time_to_micros(column: ColumnOrName): Column<number | null> {
  return call("time_to_micros", columnOf(column));
}

/** Milliseconds since midnight. Spark 4.2 and later. */
export function time_to_millis(column: ColumnOrName): Column<number | null> {
  return call("time_to_millis", columnOf(column));
}

/** Seconds since midnight. Spark 4.2 and later. */
export function time_to_seconds(column: ColumnOrName): Column<number | null> {
  return call("time_to_seconds", columnOf(column));
}

/** A time of day cut to a unit. Spark 4.1 and later. */
export function time_trunc(
  unit: ColumnOrName,
  time: ColumnOrName,
): Column<Untyped> {
  return call("time_trunc", columnOf(unit), columnOf(time));
}

/** The timestamp so many microseconds after 1970. */
export function timestamp_micros(column: ColumnOrName): Column<Date | null> {
  return call("timestamp_micros", columnOf(column));
}

/** The timestamp so many milliseconds after 1970. */
export function timestamp_millis(column: ColumnOrName): Column<Date | null> {
  return call("timestamp_millis", columnOf(column));
}

/** The timestamp so many nanoseconds after 1970. Spark 4.3 and later. */
export function timestamp_nanos(column: ColumnOrName): Column<Date | null> {
  return call("timestamp_nanos", columnOf(column));
}

/** The timestamp so many seconds after 1970. */
export function timestamp_seconds(column: ColumnOrName): Column<Date | null> {
  return call("timestamp_seconds", columnOf(column));
}

/** The time of day of text. Spark 4.1 and later. */
export function to_time(
  column: ColumnOrName,
  format?: ColumnOrName,
): Column<Untyped> {
  return call(
    "to_time",
    columnOf(column),
    format === undefined ? undefined : columnOf(format),
  );
}

/** The timestamp of text, by a pattern such as `yyyy-MM-dd HH:mm:ss`. */
export function to_timestamp(
  column: ColumnOrName,
  format?: TextOrColumn,
): Column<Date | null> {
  return call(
    "to_timestamp",
    columnOf(column),
    format === undefined ? undefined : valueOf(format),
  );
}

/** The timestamp with the session's time zone, of text. */
export function to_timestamp_ltz(
  column: ColumnOrName,
  format?: ColumnOrName,
): Column<Date | null> {
  return call(
    "to_timestamp_ltz",
    columnOf(column),
    format === undefined ? undefined : columnOf(format),
  );
}

/** The local timestamp of text. */
export function to_timestamp_ntz(
  column: ColumnOrName,
  format?: ColumnOrName,
): Column<Date | null> {
  return call(
    "to_timestamp_ntz",
    columnOf(column),
    format === undefined ? undefined : columnOf(format),
  );
}

/** Seconds since 1970, of text. */
export function to_unix_timestamp(
  column: ColumnOrName,
  format?: ColumnOrName,
): Column<number | null> {
  return call(
    "to_unix_timestamp",
    columnOf(column),
    format === undefined ? undefined : columnOf(format),
  );
}

/** A local time of a zone, as UTC. */
export function to_utc_timestamp(
  timestamp: ColumnOrName,
  tz: unknown,
): Column<Date | null> {
  return call("to_utc_timestamp", columnOf(timestamp), valueOf(tz));
}

/** A date cut to its `year`, `quarter`, `month` or `week`. */
export function trunc(
  date: ColumnOrName,
  format: TextOrColumn,
): Column<Date | null> {
  return call("trunc", columnOf(date), valueOf(format));
}

/** As {@link make_timestamp}, or null for parts that make none. Spark 4.0 and later. */
export function try_make_timestamp(
  years: ColumnOrName,
  months: ColumnOrName,
  days: ColumnOrName,
  hours: ColumnOrName,
  mins: ColumnOrName,
  secs: ColumnOrName,
  timezone?: ColumnOrName,
): Column<Date | null>;
/** As {@link make_timestamp} of a date and a time of day, or null where they make none. Spark 4.1 and later. */
export function try_make_timestamp(
  date: ColumnOrName,
  time: ColumnOrName,
  timezone?: ColumnOrName,
): Column<Date | null>;
export function try_make_timestamp(
  ...parts: readonly (ColumnOrName | undefined)[]
): Column<Date | null> {
  return call("try_make_timestamp", ...parts.map(partOf));
}

/** As {@link make_timestamp_ltz}, or null for parts that make none. Spark 4.0 and later. */
export function try_make_timestamp_ltz(
  years: ColumnOrName,
  months: ColumnOrName,
  days: ColumnOrName,
  hours: ColumnOrName,
  mins: ColumnOrName,
  secs: ColumnOrName,
  timezone?: ColumnOrName,
): Column<Date | null> {
  return call(
    "try_make_timestamp_ltz",
    columnOf(years),
    columnOf(months),
    columnOf(days),
    columnOf(hours),
    columnOf(mins),
    columnOf(secs),
    timezone === undefined ? undefined : columnOf(timezone),
  );
}

/** As {@link make_timestamp_ntz}, or null for parts that make none. Spark 4.0 and later. */
export function try_make_timestamp_ntz(
  years: ColumnOrName,
  months: ColumnOrName,
  days: ColumnOrName,
  hours: ColumnOrName,
  mins: ColumnOrName,
  secs: ColumnOrName,
): Column<Date | null>;
/** As {@link make_timestamp_ntz} of a date and a time of day, or null where they make none. Spark 4.1 and later. */
export function try_make_timestamp_ntz(
  date: ColumnOrName,
  time: ColumnOrName,
): Column<Date | null>;
export function try_make_timestamp_ntz(
  ...parts: readonly (ColumnOrName | undefined)[]
): Column<Date | null> {
  return call("try_make_timestamp_ntz", ...parts.map(partOf));
}

/** As {@link to_time}, or null where the text is none. Spark 4.1 and later. */
export function try_to_time(
  column: ColumnOrName,
  format?: ColumnOrName,
): Column<Untyped> {
  return call(
    "try_to_time",
    columnOf(column),
    format === undefined ? undefined : columnOf(format),
  );
}

/** As {@link to_timestamp}, or null where the text is none. */
export function try_to_timestamp(
  column: ColumnOrName,
  format?: ColumnOrName,
): Column<Date | null> {
  return call(
    "try_to_timestamp",
    columnOf(column),
    format === undefined ? undefined : columnOf(format),
  );
}

/** Days since 1970-01-01. */
export function unix_date(column: ColumnOrName): Column<number | null> {
  return call("unix_date", columnOf(column));
}

/** Microseconds since 1970. */
export function unix_micros(column: ColumnOrName): Column<number | null> {
  return call("unix_micros", columnOf(column));
}

/** Milliseconds since 1970. */
export function unix_millis(column: ColumnOrName): Column<number | null> {
  return call("unix_millis", columnOf(column));
}

/** Nanoseconds since 1970. Spark 4.3 and later. */
export function unix_nanos(column: ColumnOrName): Column<Untyped> {
  return call("unix_nanos", columnOf(column));
}

/** Seconds since 1970. */
export function unix_seconds(column: ColumnOrName): Column<number | null> {
  return call("unix_seconds", columnOf(column));
}

/** Seconds since 1970, of text or a timestamp; of now when left out. */
export function unix_timestamp(
  column?: ColumnOrName,
  format?: TextOrColumn,
): Column<number | null> {
  return call(
    "unix_timestamp",
    column === undefined ? undefined : columnOf(column),
    format === undefined ? undefined : valueOf(format),
  );
}

/** The time of a window's last row. */
export function window_time(column: ColumnOrName): Column<Date | null> {
  return call("window_time", columnOf(column));
}

/** The start of the bucket, of equal ones, that holds a timestamp. Spark 4.2 and later. */
export function time_bucket(
  bucketSize: ColumnOrName,
  ts: ColumnOrName,
  origin?: ColumnOrName,
): Column<Date | null> {
  return call(
    "time_bucket",
    columnOf(bucketSize),
    columnOf(ts),
    origin === undefined ? undefined : columnOf(origin),
  );
}

function partOf(part: ColumnOrName | undefined): Expression | undefined {
  return part === undefined ? undefined : columnOf(part);
}
