import type { JobDefinition } from "./definition.ts";

/** The medians of 10,000 groups, beside PySpark's pandas aggregate. */
export const UDF_GROUPED_MEDIAN: JobDefinition = {
  name: "udf_grouped_median",
  title:
    "groupBy → aggregate function median → sum, beside the pandas aggregate",
  timed: "warm",
  readsText: false,
  rows: { small: 200_000, full: 2_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 2 },
  expected: {},
};
