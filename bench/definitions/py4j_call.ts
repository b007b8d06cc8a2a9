import type { JobDefinition } from "./definition.ts";

/** Round trips to the JVM, one after another. */
export const PY4J_CALL: JobDefinition = {
  name: "py4j_call",
  title: "20,000 calls of a Java method",
  timed: "warm",
  readsText: false,
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1.25 },
  expected: { any: "20000" },
};
