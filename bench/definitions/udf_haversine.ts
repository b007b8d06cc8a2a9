import type { JobDefinition } from "./definition.ts";

/** Great-circle distances by a row function, beside PySpark's pandas UDF with numpy. */
export const UDF_HAVERSINE: JobDefinition = {
  name: "udf_haversine",
  title:
    "cached points → row function haversine of 4 doubles → sum, beside the pandas UDF",
  timed: "warm",
  readsText: false,
  rows: { small: 500_000, full: 5_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1 },
  expected: {},
};
