import type { JobDefinition } from "./definition.ts";

/** Pairs grouped by key, two to a group. */
export const GROUP_BY_KEY: JobDefinition = {
  name: "group_by_key",
  title: "groupByKey → sizes → sum",
  timed: "warm",
  readsText: false,
  rows: { small: 200_000, full: 2_000_000 },
  target: { pyspark: 4, scala: 1.2 },
  expected: { small: "200000", full: "2000000" },
};
