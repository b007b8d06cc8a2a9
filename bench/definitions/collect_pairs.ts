import { ENGINES, type JobDefinition } from "./definition.ts";

/** Pairs of a string and a number, brought to the driver. */
export const COLLECT_PAIRS: JobDefinition = {
  name: "collect_pairs",
  program: "collect_pairs",
  title: "collect of pairs",
  timed: "warm",
  engines: ENGINES,
  readsText: false,
  records: { small: 100_000, full: 1_000_000 },
  expected: { small: "X", full: "X" },
  target: { pyspark: 1 / 1.5, scala: 0.5 },
};
