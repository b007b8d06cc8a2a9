// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Dates, times, timestamps and intervals.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  type NumberOrColumn,
  type TextOrColumn,
  valueOf,
} from "./call.ts";

/** The date so many months later. */
export function add_months(
  start: ColumnOrName,
  months: ColumnOrName,
): Column<Date | null> {
  return call("add_months", columnOf(start), columnOf(months));
}

/** The same as {@link current_date}. */
export function curdate(): Column<Date | null> {
  return call("curdate");
}

/** The query's date. */
export function current_date(): Column<Date | null> {
  return call("current_date");
}

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

/** The date so many days later. */
export function date_add(
  start: ColumnOrName,
  days: ColumnOrName,
): Column<Date | null> {
  return call("date_add", columnOf(start), columnOf(days));
}

/** Days between two dates. */
export function date_diff(
  end: ColumnOrName,
  start: ColumnOrName,
): Column<number | null> {
  return call("date_diff", columnOf(end), columnOf(start));
}

/** A date or time as text, by a pattern such as `yyyy-MM-dd`. */
export function date_format(
  column: ColumnOrName,
  format: TextOrColumn,
): Column<string | null> {
  return call("date_format", columnOf(column), valueOf(format));
}

/** The date so many days after 1970-01-01. */
export function date_from_unix_date(days: ColumnOrName): Column<Date | null> {
  return call("date_from_unix_date", columnOf(days));
}

/** A part of a date, time or interval, by name: `YEAR`, `HOUR`, …. */
export function date_part(
  field: ColumnOrName,
  source: ColumnOrName,
): Column<Untyped> {
  return call("date_part", columnOf(field), columnOf(source));
}

/** The date so many days earlier. */
export function date_sub(
  start: ColumnOrName,
  days: ColumnOrName,
): Column<Date | null> {
  return call("date_sub", columnOf(start), columnOf(days));
}

/** A timestamp cut to its `year`, `month`, `day`, `hour`, …. */
export function date_trunc(
  format: TextOrColumn,
  timestamp: ColumnOrName,
): Column<Date | null> {
  return call("date_trunc", valueOf(format), columnOf(timestamp));
}

/** The same as {@link date_add}. */
export function dateadd(
  start: ColumnOrName,
  days: ColumnOrName,
): Column<Date | null> {
  return call("dateadd", columnOf(start), columnOf(days));
}

/** The same as {@link date_diff}. */
export function datediff(
  end: ColumnOrName,
  start: ColumnOrName,
): Column<number | null> {
  return call("datediff", columnOf(end), columnOf(start));
}

/** The same as {@link date_part}. */
export function datepart(
  field: ColumnOrName,
  source: ColumnOrName,
): Column<Untyped> {
  return call("datepart", columnOf(field), columnOf(source));
}

/** The day of the month, from 1. */
export function day(column: ColumnOrName): Column<number | null> {
  return call("day", columnOf(column));
}

/** The day's name, in three letters. Spark 4.0 and later. */
export function dayname(column: ColumnOrName): Column<string | null> {
  return call("dayname", columnOf(column));
}

/** The same as {@link day}. */
export function dayofmonth(column: ColumnOrName): Column<number | null> {
  return call("dayofmonth", columnOf(column));
}

/** The day of the week: 1 for Sunday to 7 for Saturday. */
export function dayofweek(column: ColumnOrName): Column<number | null> {
  return call("dayofweek", columnOf(column));
}

/** The day of the year, from 1. */
export function dayofyear(column: ColumnOrName): Column<number | null> {
  return call("dayofyear", columnOf(column));
}

/** The same as {@link date_part}. */
export function extract(
  field: ColumnOrName,
  source: ColumnOrName,
): Column<Untyped> {
  return call("extract", columnOf(field), columnOf(source));
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

/** The last day of the month. */
export function last_day(column: ColumnOrName): Column<Date | null> {
  return call("last_day", columnOf(column));
}

/** When the query began, as a local time. */
export function localtimestamp(): Column<Date | null> {
  return call("localtimestamp");
}

/** A date of its parts. */
export function make_date(
  year: ColumnOrName,
  month: ColumnOrName,
  day: ColumnOrName,
): Column<Date | null> {
  return call("make_date", columnOf(year), columnOf(month), columnOf(day));
}

/** An interval of days to seconds, of its parts. */
export function make_dt_interval(
  days?: ColumnOrName,
  hours?: ColumnOrName,
  mins?: ColumnOrName,
  secs?: ColumnOrName,
): Column<Untyped> {
  return call(
    "make_dt_interval",
    days === undefined ? undefined : columnOf(days),
    hours === undefined ? undefined : columnOf(hours),
    mins === undefined ? undefined : columnOf(mins),
    secs === undefined ? undefined : columnOf(secs),
  );
}

/** A calendar interval of its parts. */
export function make_interval(
  years?: ColumnOrName,
  months?: ColumnOrName,
  weeks?: ColumnOrName,
  days?: ColumnOrName,
  hours?: ColumnOrName,
  mins?: ColumnOrName,
  secs?: ColumnOrName,
): Column<Untyped> {
  return call(
    "make_interval",
    years === undefined ? undefined : columnOf(years),
    months === undefined ? undefined : columnOf(months),
    weeks === undefined ? undefined : columnOf(weeks),
    days === undefined ? undefined : columnOf(days),
    hours === undefined ? undefined : columnOf(hours),
    mins === undefined ? undefined : columnOf(mins),
    secs === undefined ? undefined : columnOf(secs),
  );
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
): Column<Date | null> {
  return call(
    "make_timestamp",
    columnOf(years),
    columnOf(months),
    columnOf(days),
    columnOf(hours),
    columnOf(mins),
    columnOf(secs),
    timezone === undefined ? undefined : columnOf(timezone),
  );
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
): Column<Date | null> {
  return call(
    "make_timestamp_ntz",
    columnOf(years),
    columnOf(months),
    columnOf(days),
    columnOf(hours),
    columnOf(mins),
    columnOf(secs),
  );
}

/** An interval of years and months, of its parts. */
export function make_ym_interval(
  years?: ColumnOrName,
  months?: ColumnOrName,
): Column<Untyped> {
  return call(
    "make_ym_interval",
    years === undefined ? undefined : columnOf(years),
    months === undefined ? undefined : columnOf(months),
  );
}

/** The minute, from 0 to 59. */
export function minute(column: ColumnOrName): Column<number | null> {
  return call("minute", columnOf(column));
}

/** The month, from 1 to 12. */
export function month(column: ColumnOrName): Column<number | null> {
  return call("month", columnOf(column));
}

/** The month's name, in three letters. Spark 4.0 and later. */
export function monthname(column: ColumnOrName): Column<string | null> {
  return call("monthname", columnOf(column));
}

/** Months between two dates, rounded to 8 digits unless told not to. */
export function months_between(
  a: ColumnOrName,
  b: ColumnOrName,
  roundOff?: boolean,
): Column<number | null> {
  return call(
    "months_between",
    columnOf(a),
    columnOf(b),
    roundOff === undefined ? undefined : valueOf(roundOff),
  );
}

/** The first date after this one on a day of the week, such as `Mon`. */
export function next_day(
  date: ColumnOrName,
  dayOfWeek: TextOrColumn,
): Column<Date | null> {
  return call("next_day", columnOf(date), valueOf(dayOfWeek));
}

/** The same as {@link current_timestamp}. */
export function now(): Column<Date | null> {
  return call("now");
}

/** The quarter, from 1 to 4. */
export function quarter(column: ColumnOrName): Column<number | null> {
  return call("quarter", columnOf(column));
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

/** The date of text, by a pattern such as `yyyy-MM-dd`. */
export function to_date(
  column: ColumnOrName,
  format?: TextOrColumn,
): Column<Date | null> {
  return call(
    "to_date",
    columnOf(column),
    format === undefined ? undefined : valueOf(format),
  );
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

/** As {@link make_interval}, or null on overflow. Spark 4.0 and later. */
export function try_make_interval(
  years?: ColumnOrName,
  months?: ColumnOrName,
  weeks?: ColumnOrName,
  days?: ColumnOrName,
  hours?: ColumnOrName,
  mins?: ColumnOrName,
  secs?: ColumnOrName,
): Column<Untyped> {
  return call(
    "try_make_interval",
    years === undefined ? undefined : columnOf(years),
    months === undefined ? undefined : columnOf(months),
    weeks === undefined ? undefined : columnOf(weeks),
    days === undefined ? undefined : columnOf(days),
    hours === undefined ? undefined : columnOf(hours),
    mins === undefined ? undefined : columnOf(mins),
    secs === undefined ? undefined : columnOf(secs),
  );
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
): Column<Date | null> {
  return call(
    "try_make_timestamp",
    columnOf(years),
    columnOf(months),
    columnOf(days),
    columnOf(hours),
    columnOf(mins),
    columnOf(secs),
    timezone === undefined ? undefined : columnOf(timezone),
  );
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
): Column<Date | null> {
  return call(
    "try_make_timestamp_ntz",
    columnOf(years),
    columnOf(months),
    columnOf(days),
    columnOf(hours),
    columnOf(mins),
    columnOf(secs),
  );
}

/** As {@link to_date}, or null where the text is none. Spark 4.0 and later. */
export function try_to_date(
  column: ColumnOrName,
  format?: TextOrColumn,
): Column<Date | null> {
  return call(
    "try_to_date",
    columnOf(column),
    format === undefined ? undefined : valueOf(format),
  );
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

/** The day of the week: 0 for Monday to 6 for Sunday. */
export function weekday(column: ColumnOrName): Column<number | null> {
  return call("weekday", columnOf(column));
}

/** The week of the year, by ISO 8601. */
export function weekofyear(column: ColumnOrName): Column<number | null> {
  return call("weekofyear", columnOf(column));
}

/** The year. */
export function year(column: ColumnOrName): Column<number | null> {
  return call("year", columnOf(column));
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
