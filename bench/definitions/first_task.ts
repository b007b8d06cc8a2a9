import { type JobDefinition, NO_RECORDS } from "./definition.ts";

/** The first job of a session: it starts the workers. */
export const FIRST_TASK: JobDefinition = {
  name: "first_task",
  program: "start_up",
  title: "first result in a new session",
  timed: "first",
  // A spark-shell compiles all jobs at its start: no time to compare with.
  engines: ["tspark", "pyspark"],
  readsText: false,
  records: NO_RECORDS,
  // 2 + 3 + … + 101
  expected: { small: "5150", full: "5150" },
  target: { pyspark: 0.8 },
};
