// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Windows of time, units of a timestamp, and partitions of tables by time.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  staticCall,
  valueOf,
} from "./call.ts";

/** A window of time: from its start to before its end. */
export interface TimeWindow {
  /** The first moment of the window. */
  start: Date;
  /** The first moment after the window. */
  end: Date;
}

/**
 * The window of time that a row falls into; several where they overlap.
 *
 * @param timeColumn the row's time
 * @param windowDuration how long a window is, such as `10 minutes`
 * @param slideDuration how far apart windows start; as long as one when left out
 * @param startTime how far from 1970 UTC the first one starts
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 * import { count, window } from "@tspark/tspark/functions";
 *
 * const perHour = (events: DataFrame) => events.groupBy(window("time", "1 hour")).agg(count("*"));
 * ```
 */
export function window(
  timeColumn: ColumnOrName,
  windowDuration: string,
  slideDuration: string = windowDuration,
  startTime: string = "0 seconds",
): Column<TimeWindow, "window"> {
  return call(
    "window",
    columnOf(timeColumn),
    valueOf(windowDuration),
    valueOf(slideDuration),
    valueOf(startTime),
  ) as Column<TimeWindow, "window">;
}

/**
 * The session that a row falls into: it ends when nothing comes for a while.
 *
 * @param timeColumn the row's time
 * @param gapDuration how long nothing has to come, such as `5 minutes`, or a column of that
 */
export function session_window(
  timeColumn: ColumnOrName,
  gapDuration: string | Column<Untyped>,
): Column<TimeWindow, "session_window"> {
  return call(
    "session_window",
    columnOf(timeColumn),
    valueOf(gapDuration),
  ) as Column<TimeWindow, "session_window">;
}

/**
 * A timestamp so many units later. Spark 4.0 and later.
 *
 * @param unit such as `DAY` or `HOUR`
 * @param quantity how many
 * @param ts the timestamp
 */
export function timestamp_add(
  unit: string,
  quantity: ColumnOrName,
  ts: ColumnOrName,
): Column<Date | null> {
  return staticCall("timestamp_add", unit, columnOf(quantity), columnOf(ts));
}

/**
 * How many units lie between two timestamps. Spark 4.0 and later.
 *
 * @param unit such as `DAY` or `HOUR`
 * @param start the first
 * @param end the second
 */
export function timestamp_diff(
  unit: string,
  start: ColumnOrName,
  end: ColumnOrName,
): Column<number | null> {
  return staticCall("timestamp_diff", unit, columnOf(start), columnOf(end));
}

/**
 * A local time of one zone as that of another.
 *
 * @param sourceTz the zone of the time; the session's where it is null
 * @param targetTz the other zone
 * @param sourceTs the local time
 */
export function convert_timezone(
  sourceTz: ColumnOrName | null,
  targetTz: ColumnOrName,
  sourceTs: ColumnOrName,
): Column<Date | null> {
  const zones = sourceTz === null ? [targetTz] : [sourceTz, targetTz];
  return call("convert_timezone", ...zones.map(columnOf), columnOf(sourceTs));
}

/** Partitions of a table by year. */
export function years(column: ColumnOrName): Column<Untyped> {
  return staticCall("years", columnOf(column));
}

/** Partitions of a table by month. */
export function months(column: ColumnOrName): Column<Untyped> {
  return staticCall("months", columnOf(column));
}

/** Partitions of a table by day. */
export function days(column: ColumnOrName): Column<Untyped> {
  return staticCall("days", columnOf(column));
}

/** Partitions of a table by hour. */
export function hours(column: ColumnOrName): Column<Untyped> {
  return staticCall("hours", columnOf(column));
}

/** Partitions of a table by a hash: so many. */
export function bucket(
  numBuckets: number,
  column: ColumnOrName,
): Column<Untyped> {
  return staticCall("bucket", numBuckets, columnOf(column));
}
