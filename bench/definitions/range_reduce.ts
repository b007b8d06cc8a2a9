import type { JobDefinition } from "./definition.ts";

/** Numbers added up by their remainder modulo 1,000. */
export const RANGE_REDUCE: JobDefinition = {
  name: "range_reduce",
  title: "range → map → reduceByKey → count",
  timed: "warm",
  readsText: false,
  rows: { small: 1_000_000, full: 10_000_000 },
  target: { pyspark: 4, scala: 1.0 },
  expected: { any: "1000" },
};
