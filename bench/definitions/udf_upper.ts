import type { JobDefinition } from "./definition.ts";

/** Each line in upper case by a row function, beside PySpark's pickled UDF. */
export const UDF_UPPER: JobDefinition = {
  name: "udf_upper",
  title: "cached text → row function upper case → sum of bytes",
  timed: "warm",
  readsText: true,
  engines: ["tspark", "pyspark"],
  target: { pyspark: 2 },
  expected: {},
};
