import type { JobDefinition } from "./definition.ts";

/** Rows of ten columns brought to the driver as a table. */
export const FRAME_TO_ARROW: JobDefinition = {
  name: "frame_to_arrow",
  title: "toArrow of rows of ten columns",
  timed: "warm",
  readsText: false,
  rows: { small: 100_000, full: 1_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1 },
  expected: {},
};
