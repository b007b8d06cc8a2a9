import type { JobDefinition } from "./definition.ts";

/** A job whose tasks have one record each. */
export const TINY_TASKS: JobDefinition = {
  name: "tiny_tasks",
  title: "200 tiny tasks in one job (small: 40)",
  timed: "warm",
  readsText: false,
  rows: { small: 40, full: 200 },
  target: { pyspark: 5, scala: 2.0 },
  expected: { small: "40", full: "200" },
};
