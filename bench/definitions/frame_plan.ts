import type { JobDefinition } from "./definition.ts";

/** A plan with an expression for each of many columns, made and analyzed. */
export const FRAME_PLAN: JobDefinition = {
  name: "frame_plan",
  title: "a plan of 1,000 columns",
  timed: "warm",
  readsText: false,
  rows: { small: 1_000, full: 1_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1 / 0.7 },
  expected: { any: "1000" },
};
