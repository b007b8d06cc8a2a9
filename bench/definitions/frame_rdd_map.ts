import type { JobDefinition } from "./definition.ts";

/** A function over the rows of a frame. */
export const FRAME_RDD_MAP: JobDefinition = {
  name: "frame_rdd_map",
  title: "df.rdd.map over rows → sum",
  timed: "warm",
  readsText: false,
  rows: { small: 500_000, full: 5_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 4 },
  expected: {},
};
