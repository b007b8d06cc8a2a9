import type { JobDefinition } from "./definition.ts";

/** Rows of ten columns brought to the driver, each one an object. */
export const FRAME_COLLECT: JobDefinition = {
  name: "frame_collect",
  title: "collect of rows of ten columns",
  timed: "warm",
  readsText: false,
  rows: { small: 100_000, full: 1_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 8 },
  expected: {},
};
