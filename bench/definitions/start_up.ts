import type { JobDefinition } from "./definition.ts";

/** Start of the program, session and first worker, to the first result. */
export const START_UP: JobDefinition = {
  name: "start_up",
  title: "start of the program to its first result",
  timed: "fresh",
  readsText: false,
  // 2 + 3 + … + 101
  target: { pyspark: 1.25 },
  expected: { any: "5150" },
};
