import type { JobDefinition } from "./definition.ts";

/** Pairs of strings sorted by their keys. */
export const SORT_STRINGS: JobDefinition = {
  name: "sort_strings",
  title: "sortByKey of string pairs → count",
  timed: "warm",
  readsText: false,
  rows: { small: 200_000, full: 2_000_000 },
  target: { pyspark: 2.5, scala: 1.0 },
  expected: { small: "200000", full: "2000000" },
};
