import { ENGINES, type JobDefinition, NO_RECORDS } from "./definition.ts";

/** Lengths of the text's lines, summed: hardly more than the way to a worker. */
export const MAP_SUM: JobDefinition = {
  name: "map_sum",
  program: "map_sum",
  title: "textFile(p, 4), sum of line lengths",
  timed: "warm",
  engines: ENGINES,
  readsText: true,
  records: NO_RECORDS,
  // The texts' bytes without the line ends.
  expected: { small: "11630199", full: "116191951" },
  target: { pyspark: 1 / 2 },
};
