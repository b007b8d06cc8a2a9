import type { JobDefinition } from "./definition.ts";

/** Start of the program, session and first worker, to the first result. */
export const START_UP: JobDefinition = {
  name: "start_up",
  title: "start of the program to its first result",
  timed: "fresh",
  readsText: false,
  // A spark-shell compiles all jobs at its start: no time to compare with.
  engines: ["tspark", "pyspark"],
  // 2 + 3 + … + 101
  expected: { any: "5150" },
};
