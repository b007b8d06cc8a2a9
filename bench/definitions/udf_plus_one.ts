import type { JobDefinition } from "./definition.ts";

/** One added to each long by a row function, beside PySpark's pickled UDF. */
export const UDF_PLUS_ONE: JobDefinition = {
  name: "udf_plus_one",
  title: "row function x + 1 → sum, beside the pickled UDF",
  timed: "warm",
  readsText: false,
  rows: { small: 500_000, full: 5_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 4 },
  expected: {},
};
