import type { JobDefinition } from "./definition.ts";

/** Rows of a data source that is a generator, beside PySpark's. Spark 4.0 and later. */
export const SOURCE_ROWS: JobDefinition = {
  name: "source_rows",
  title: "data source: rows of a generator → sums",
  timed: "warm",
  readsText: false,
  rows: { small: 500_000, full: 5_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 3 },
  expected: {},
};
