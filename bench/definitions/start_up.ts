import { type JobDefinition, NO_RECORDS } from "./definition.ts";

/** Start of the program, session and first worker, to the first result. */
export const START_UP: JobDefinition = {
  name: "start_up",
  program: "start_up",
  title: "start of the program to its first result",
  timed: "start",
  // A spark-shell compiles all jobs at its start: no time to compare with.
  engines: ["tspark", "pyspark"],
  readsText: false,
  records: NO_RECORDS,
  // 2 + 3 + … + 101
  expected: { small: "5150", full: "5150" },
  target: {},
};
