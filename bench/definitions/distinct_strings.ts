import type { JobDefinition } from "./definition.ts";

/** Strings of which each occurs five times. */
export const DISTINCT_STRINGS: JobDefinition = {
  name: "distinct_strings",
  title: "distinct of strings → count",
  timed: "warm",
  readsText: false,
  rows: { small: 500_000, full: 5_000_000 },
  target: { pyspark: 3, scala: 0.6 },
  expected: { small: "100000", full: "1000000" },
};
