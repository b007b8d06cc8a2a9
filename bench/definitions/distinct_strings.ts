import { ENGINES, type JobDefinition } from "./definition.ts";

/** Strings of which four in five are repeats, counted once each. */
export const DISTINCT_STRINGS: JobDefinition = {
  name: "distinct_strings",
  program: "distinct_strings",
  title: "distinct of strings, one in five",
  timed: "warm",
  engines: ENGINES,
  readsText: false,
  records: { small: 500_000, full: 5_000_000 },
  expected: { small: "100000", full: "1000000" },
  target: { pyspark: 1 / 3, scala: 0.6 },
};
