import { functions as F } from "../../../../mod.ts";
import type { FunctionCase } from "./function_case.ts";

/** Timestamps, times of day, time zones. */
export const TIMESTAMP: readonly FunctionCase[] = [
  [
    "convert_timezone",
    F.convert_timezone(F.lit("UTC"), F.lit("Asia/Tokyo"), "ntz"),
    "convert_timezone('UTC', 'Asia/Tokyo', ntz)",
  ],
  [
    "convert_timezone",
    F.convert_timezone(null, F.lit("Asia/Tokyo"), "ntz"),
    "convert_timezone('Asia/Tokyo', ntz)",
  ],
  ["current_time", F.current_time(0), "current_time(0)"],
  ["current_timestamp", F.current_timestamp(), "current_timestamp()"],
  ["current_timezone", F.current_timezone(), "current_timezone()"],
  ["from_unixtime", F.from_unixtime("l"), "from_unixtime(l)"],
  ["from_unixtime", F.from_unixtime("l", "ss"), "from_unixtime(l, 'ss')"],
  [
    "from_utc_timestamp",
    F.from_utc_timestamp("ts", "Asia/Tokyo"),
    "from_utc_timestamp(ts, 'Asia/Tokyo')",
  ],
  ["hour", F.hour("ts"), "hour(ts)"],
  ["localtimestamp", F.localtimestamp(), "localtimestamp()"],
  [
    "make_time",
    F.make_time(6, "j", F.expr("30.5")),
    "make_time(6, j, 30.5)",
  ],
  [
    "make_timestamp",
    F.make_timestamp(2024, "j", 3, 4, 5, F.expr("6.5")),
    "make_timestamp(2024, j, 3, 4, 5, 6.5)",
  ],
  [
    "make_timestamp",
    F.make_timestamp(2024, "j", 3, 4, 5, F.expr("6.5"), F.lit("Asia/Tokyo")),
    "make_timestamp(2024, j, 3, 4, 5, 6.5, 'Asia/Tokyo')",
  ],
  [
    "make_timestamp_ltz",
    F.make_timestamp_ltz(2024, "j", 3, 4, 5, F.expr("6.5")),
    "make_timestamp_ltz(2024, j, 3, 4, 5, 6.5)",
  ],
  [
    "make_timestamp_ltz",
    F.make_timestamp_ltz(2024, "j", 3, 4, 5, F.expr("6.5"), F.lit("UTC")),
    "make_timestamp_ltz(2024, j, 3, 4, 5, 6.5, 'UTC')",
  ],
  [
    "make_timestamp_ntz",
    F.make_timestamp_ntz(2024, "j", 3, 4, 5, F.expr("6.5")),
    "make_timestamp_ntz(2024, j, 3, 4, 5, 6.5)",
  ],
  [
    "make_timestamp",
    F.make_timestamp("dt", F.expr("TIME'01:02:03'")),
    "make_timestamp(dt, TIME'01:02:03')",
  ],
  [
    "make_timestamp",
    F.make_timestamp("dt", F.expr("TIME'01:02:03'"), F.lit("Asia/Tokyo")),
    "make_timestamp(dt, TIME'01:02:03', 'Asia/Tokyo')",
  ],
  [
    "make_timestamp_ntz",
    F.make_timestamp_ntz("dt", F.expr("TIME'01:02:03'")),
    "make_timestamp_ntz(dt, TIME'01:02:03')",
  ],
  [
    "try_make_timestamp",
    F.try_make_timestamp("dt", F.expr("TIME'01:02:03'")),
    "try_make_timestamp(dt, TIME'01:02:03')",
  ],
  [
    "try_make_timestamp",
    F.try_make_timestamp("dt", F.expr("TIME'01:02:03'"), F.lit("Asia/Tokyo")),
    "try_make_timestamp(dt, TIME'01:02:03', 'Asia/Tokyo')",
  ],
  [
    "try_make_timestamp_ntz",
    F.try_make_timestamp_ntz("dt", F.expr("TIME'01:02:03'")),
    "try_make_timestamp_ntz(dt, TIME'01:02:03')",
  ],
  ["minute", F.minute("ts"), "minute(ts)"],
  ["now", F.now(), "now()"],
  ["second", F.second("ts"), "second(ts)"],
  [
    "time_bucket",
    F.time_bucket(F.expr("INTERVAL '15' MINUTE"), "ts"),
    "time_bucket(INTERVAL '15' MINUTE, ts)",
  ],
  [
    "time_diff",
    F.time_diff(
      F.lit("MINUTE"),
      F.expr("TIME'01:02:03'"),
      F.expr("TIME'02:00:00'"),
    ),
    "time_diff('MINUTE', TIME'01:02:03', TIME'02:00:00')",
  ],
  ["time_from_micros", F.time_from_micros("l"), "time_from_micros(l)"],
  ["time_from_millis", F.time_from_millis("l"), "time_from_millis(l)"],
  ["time_from_seconds", F.time_from_seconds("l"), "time_from_seconds(l)"],
  [
    "time_to_micros",
    F.time_to_micros(F.expr("TIME'01:02:03'")),
    "time_to_micros(TIME'01:02:03')",
  ],
  [
    "time_to_millis",
    F.time_to_millis(F.expr("TIME'01:02:03'")),
    "time_to_millis(TIME'01:02:03')",
  ],
  [
    "time_to_seconds",
    F.time_to_seconds(F.expr("TIME'01:02:03'")),
    "time_to_seconds(TIME'01:02:03')",
  ],
  [
    "time_trunc",
    F.time_trunc(F.lit("HOUR"), F.expr("TIME'01:02:03'")),
    "time_trunc('HOUR', TIME'01:02:03')",
  ],
  [
    "timestamp_add",
    F.timestamp_add("DAY", "j", "ts"),
    "timestampadd(DAY, j, ts)",
  ],
  [
    "timestamp_diff",
    F.timestamp_diff("HOUR", "ts", F.expr("ts + INTERVAL 3 HOURS")),
    "timestampdiff(HOUR, ts, ts + INTERVAL 3 HOURS)",
  ],
  ["timestamp_micros", F.timestamp_micros("l"), "timestamp_micros(l)"],
  ["timestamp_millis", F.timestamp_millis("l"), "timestamp_millis(l)"],
  ["timestamp_nanos", F.timestamp_nanos("l"), "timestamp_nanos(l)"],
  ["timestamp_seconds", F.timestamp_seconds("l"), "timestamp_seconds(l)"],
  ["to_time", F.to_time(F.lit("01:02:03")), "to_time('01:02:03')"],
  [
    "to_time",
    F.to_time(F.lit("01.02"), F.lit("HH.mm")),
    "to_time('01.02', 'HH.mm')",
  ],
  ["to_timestamp", F.to_timestamp("when"), "to_timestamp(when)"],
  [
    "to_timestamp",
    F.to_timestamp(F.lit("5/2024"), "M/yyyy"),
    "to_timestamp('5/2024', 'M/yyyy')",
  ],
  ["to_timestamp_ltz", F.to_timestamp_ltz("when"), "to_timestamp_ltz(when)"],
  [
    "to_timestamp_ltz",
    F.to_timestamp_ltz(F.lit("5/2024"), F.lit("M/yyyy")),
    "to_timestamp_ltz('5/2024', 'M/yyyy')",
  ],
  ["to_timestamp_ntz", F.to_timestamp_ntz("when"), "to_timestamp_ntz(when)"],
  [
    "to_timestamp_ntz",
    F.to_timestamp_ntz(F.lit("5/2024"), F.lit("M/yyyy")),
    "to_timestamp_ntz('5/2024', 'M/yyyy')",
  ],
  ["to_unix_timestamp", F.to_unix_timestamp("ts"), "to_unix_timestamp(ts)"],
  [
    "to_unix_timestamp",
    F.to_unix_timestamp(F.lit("5/2024"), F.lit("M/yyyy")),
    "to_unix_timestamp('5/2024', 'M/yyyy')",
  ],
  [
    "to_utc_timestamp",
    F.to_utc_timestamp("ts", "Asia/Tokyo"),
    "to_utc_timestamp(ts, 'Asia/Tokyo')",
  ],
  [
    "try_make_timestamp",
    F.try_make_timestamp(2024, "i", 3, 4, 5, F.expr("6.5"), F.lit("UTC")),
    "try_make_timestamp(2024, i, 3, 4, 5, 6.5, 'UTC')",
  ],
  [
    "try_make_timestamp_ltz",
    F.try_make_timestamp_ltz(2024, "i", 3, 4, 5, F.expr("6.5"), F.lit("UTC")),
    "try_make_timestamp_ltz(2024, i, 3, 4, 5, 6.5, 'UTC')",
  ],
  [
    "try_make_timestamp_ntz",
    F.try_make_timestamp_ntz(2024, "i", 3, 4, 5, F.expr("6.5")),
    "try_make_timestamp_ntz(2024, i, 3, 4, 5, 6.5)",
  ],
  ["try_to_time", F.try_to_time("s"), "try_to_time(s)"],
  [
    "try_to_time",
    F.try_to_time(F.lit("01.02"), F.lit("HH.mm")),
    "try_to_time('01.02', 'HH.mm')",
  ],
  ["try_to_timestamp", F.try_to_timestamp("s"), "try_to_timestamp(s)"],
  [
    "try_to_timestamp",
    F.try_to_timestamp(F.lit("5/2024"), F.lit("M/yyyy")),
    "try_to_timestamp('5/2024', 'M/yyyy')",
  ],
  ["unix_micros", F.unix_micros("ts"), "unix_micros(ts)"],
  ["unix_millis", F.unix_millis("ts"), "unix_millis(ts)"],
  [
    "unix_nanos",
    F.unix_nanos(F.timestamp_nanos("l")),
    "unix_nanos(timestamp_nanos(l))",
  ],
  ["unix_seconds", F.unix_seconds("ts"), "unix_seconds(ts)"],
  ["unix_timestamp", F.unix_timestamp(), "unix_timestamp()"],
  ["unix_timestamp", F.unix_timestamp("ts"), "unix_timestamp(ts)"],
  [
    "unix_timestamp",
    F.unix_timestamp(F.lit("5/2024"), "M/yyyy"),
    "unix_timestamp('5/2024', 'M/yyyy')",
  ],
];
