import { ENGINES, type JobDefinition } from "./definition.ts";

/** Two sets of pairs over the same keys, joined; every match is read. */
export const JOIN_PAIRS: JobDefinition = {
  name: "join_pairs",
  program: "join_pairs",
  title: "join of pairs, one match a key",
  timed: "warm",
  engines: ENGINES,
  readsText: false,
  records: { small: 200_000, full: 2_000_000 },
  expected: { small: "X", full: "X" },
  target: { pyspark: 1 / 6, scala: 1 },
};
