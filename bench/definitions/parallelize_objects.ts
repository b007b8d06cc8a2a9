import type { JobDefinition } from "./definition.ts";

/** Objects of the driver brought to the workers. */
export const PARALLELIZE_OBJECTS: JobDefinition = {
  name: "parallelize_objects",
  title: "parallelize of small objects → count",
  timed: "warm",
  readsText: false,
  rows: { small: 100_000, full: 1_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1.5 },
  expected: { small: "100000", full: "1000000" },
};
