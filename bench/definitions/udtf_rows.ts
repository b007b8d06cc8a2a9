import type { JobDefinition } from "./definition.ts";

/** Five rows of each by a table function, beside PySpark's. */
export const UDTF_ROWS: JobDefinition = {
  name: "udtf_rows",
  title: "table function of 5 rows for each, by a lateral join → sum",
  timed: "warm",
  readsText: false,
  rows: { small: 100_000, full: 1_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 3 },
  expected: {},
};
