// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Dates and intervals.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
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

/** The last day of the month. */
export function last_day(column: ColumnOrName): Column<Date | null> {
  return call("last_day", columnOf(column));
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

/** The quarter, from 1 to 4. */
export function quarter(column: ColumnOrName): Column<number | null> {
  return call("quarter", columnOf(column));
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

/** As {@link to_date}, or null where the text is none. Spark 4.1 and later. */
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
