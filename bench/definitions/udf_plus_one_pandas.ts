import type { JobDefinition } from "./definition.ts";

/** One added to each long by a row function, beside PySpark's pandas UDF. */
export const UDF_PLUS_ONE_PANDAS: JobDefinition = {
  name: "udf_plus_one_pandas",
  title: "row function x + 1 → sum, beside the pandas UDF",
  timed: "warm",
  readsText: false,
  rows: { small: 500_000, full: 5_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1 },
  expected: {},
};
