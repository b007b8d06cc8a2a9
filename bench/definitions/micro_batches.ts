import type { JobDefinition } from "./definition.ts";

/** Micro-batches of one row each through a row function: what a batch costs beside its rows. */
export const MICRO_BATCHES: JobDefinition = {
  name: "micro_batches",
  title: "micro-batches of one row with a row function",
  timed: "warm",
  readsText: false,
  rows: { small: 20, full: 100 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1 },
  expected: {},
};
