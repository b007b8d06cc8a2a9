import type { JobDefinition } from "./definition.ts";

/** The lengths of all lines, summed up. */
export const MAP_SUM: JobDefinition = {
  name: "map_sum",
  title: "textFile → map(length) → sum",
  timed: "warm",
  readsText: true,
  target: { pyspark: 2 },
  expected: { small: "11630199", full: "116191951" },
};
