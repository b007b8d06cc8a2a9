import type { JobDefinition } from "./definition.ts";

/** Pairs of string and number brought to the driver. */
export const COLLECT_PAIRS: JobDefinition = {
  name: "collect_pairs",
  title: "collect of pairs",
  timed: "warm",
  readsText: false,
  rows: { small: 100_000, full: 1_000_000 },
  target: { pyspark: 1.5, scala: 0.5 },
  expected: { small: "100000", full: "1000000" },
};
