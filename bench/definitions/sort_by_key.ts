import { ENGINES, type JobDefinition } from "./definition.ts";

/** Pairs of strings in mixed order, sorted. */
export const SORT_BY_KEY: JobDefinition = {
  name: "sort_by_key",
  program: "sort_by_key",
  title: "sortByKey of string pairs, count",
  timed: "warm",
  engines: ENGINES,
  readsText: false,
  records: { small: 200_000, full: 2_000_000 },
  expected: { small: "200000", full: "2000000" },
  target: { pyspark: 1 / 2.5, scala: 1 },
};
