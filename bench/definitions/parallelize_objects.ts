import type { JobDefinition } from "./definition.ts";

/** Objects of the driver's own, brought to the workers. */
export const PARALLELIZE_OBJECTS: JobDefinition = {
  name: "parallelize_objects",
  program: "parallelize_objects",
  title: "parallelize small objects, count",
  timed: "warm",
  engines: ["tspark", "pyspark"],
  readsText: false,
  records: { small: 100_000, full: 1_000_000 },
  expected: { small: "100000", full: "1000000" },
  target: { pyspark: 1 / 1.5 },
};
