import { ENGINES, type JobDefinition } from "./definition.ts";

/** Tasks that do nothing: what Spark and a worker take for each. */
export const TINY_TASKS: JobDefinition = {
  name: "tiny_tasks",
  program: "tiny_tasks",
  title: "tasks of one record each",
  timed: "warm",
  engines: ENGINES,
  readsText: false,
  records: { small: 40, full: 200 },
  expected: { small: "X", full: "X" },
  target: { pyspark: 1 / 5, scala: 2 },
};
