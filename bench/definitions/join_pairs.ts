import type { JobDefinition } from "./definition.ts";

/** Two RDDs of pairs with the same keys joined. */
export const JOIN_PAIRS: JobDefinition = {
  name: "join_pairs",
  title: "join of two RDDs of pairs → count",
  timed: "warm",
  readsText: false,
  rows: { small: 200_000, full: 2_000_000 },
  target: { pyspark: 6, scala: 1.0 },
  expected: { small: "200000", full: "2000000" },
};
