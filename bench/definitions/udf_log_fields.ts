import type { JobDefinition } from "./definition.ts";

/** Fields of log lines by a regular expression into a struct, beside PySpark's pickled UDF. */
export const UDF_LOG_FIELDS: JobDefinition = {
  name: "udf_log_fields",
  title: "row function regular expression → struct → sum",
  timed: "warm",
  readsText: false,
  rows: { small: 200_000, full: 2_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 4 },
  expected: {},
};
