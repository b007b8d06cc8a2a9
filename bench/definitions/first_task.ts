import type { JobDefinition } from "./definition.ts";

/** A first result, from the call in a session that has run nothing. */
export const FIRST_TASK: JobDefinition = {
  name: "first_task",
  program: "start_up",
  title: "first job of a new session",
  timed: "first",
  readsText: false,
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1.25 },
  expected: { any: "5150" },
};
