import { type JobDefinition, NO_RECORDS } from "./definition.ts";

/** Start of the program and of Spark, to a session that answers. */
export const SESSION_START: JobDefinition = {
  name: "session_start",
  program: "start_up",
  title: "start of the program to its session",
  timed: "session",
  // A spark-shell compiles all jobs at its start: no time to compare with.
  engines: ["tspark", "pyspark"],
  readsText: false,
  records: NO_RECORDS,
  // 2 + 3 + … + 101
  expected: { small: "5150", full: "5150" },
  target: { pyspark: 0.8 },
};
