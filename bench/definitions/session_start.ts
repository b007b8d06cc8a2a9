import type { JobDefinition } from "./definition.ts";

/** Start of the program and of Spark, to a session that answers. */
export const SESSION_START: JobDefinition = {
  name: "session_start",
  program: "start_up",
  title: "start of the program to its session",
  timed: "session",
  readsText: false,
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1.25 },
  expected: { any: "5150" },
};
