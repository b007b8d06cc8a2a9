import type { JobDefinition } from "./definition.ts";

/** Nested objects through functions, where no compact form of records applies. */
export const OBJECTS_MAP_FILTER: JobDefinition = {
  name: "objects_map_filter",
  program: "objects_map_filter",
  title: "parallelize nested objects, map, filter",
  timed: "warm",
  engines: ["tspark", "pyspark"],
  readsText: false,
  records: { small: 100_000, full: 1_000_000 },
  expected: { small: "X", full: "X" },
  target: { pyspark: 1 / 1.5 },
};
