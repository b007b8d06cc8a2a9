import type { JobDefinition } from "./definition.ts";

/** One added to each long by a row function, beside PySpark's UDF over Arrow. */
export const UDF_PLUS_ONE_ARROW: JobDefinition = {
  name: "udf_plus_one_arrow",
  title: "row function x + 1 → sum, beside the UDF over Arrow",
  timed: "warm",
  readsText: false,
  rows: { small: 500_000, full: 5_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 2 },
  expected: {},
};
