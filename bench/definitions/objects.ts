import type { JobDefinition } from "./definition.ts";

/** Nested objects that go to the JVM and come back. */
export const OBJECTS: JobDefinition = {
  name: "objects",
  title: "nested objects, kept in the JVM → map → filter → count",
  timed: "warm",
  readsText: false,
  rows: { small: 100_000, full: 1_000_000 },
  engines: ["tspark", "pyspark"],
  target: { pyspark: 1.5 },
  expected: { small: "50000", full: "500000" },
};
