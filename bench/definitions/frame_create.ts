import type { JobDefinition } from "./definition.ts";

/** Objects of the driver as a frame, beside tuples in PySpark. */
export const FRAME_CREATE: JobDefinition = {
  name: "frame_create",
  title: "createDataFrame of objects → count",
  timed: "warm",
  readsText: false,
  rows: { small: 100_000, full: 1_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 3 },
  expected: { small: "100000", full: "1000000" },
};
