import type { JobDefinition } from "./definition.ts";

/** The rows of 10,000 groups less their means, beside PySpark's applyInPandas. */
export const UDF_GROUPED_MAP: JobDefinition = {
  name: "udf_grouped_map",
  title: "groupBy → flatMapGroups → sum, beside applyInPandas",
  timed: "warm",
  readsText: false,
  rows: { small: 200_000, full: 2_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 3 },
  expected: {},
};
