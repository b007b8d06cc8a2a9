import type { JobDefinition } from "./definition.ts";

/** Round trips between the driver and the JVM. */
export const PY4J_CALL: JobDefinition = {
  name: "py4j_call",
  program: "py4j_call",
  title: "calls of a static method, one by one",
  timed: "warm",
  engines: ["tspark", "pyspark"],
  readsText: false,
  records: { small: 2_000, full: 20_000 },
  expected: { small: "X", full: "X" },
  target: { pyspark: 0.8 },
};
