import type { JobDefinition } from "./definition.ts";

/** A function that waits for 20 ms, 64 calls at a time in each of two tasks. */
export const UDF_ASYNC: JobDefinition = {
  name: "udf_async",
  title: "asynchronous row function of 20 ms, 64 at a time, 2 tasks",
  timed: "warm",
  readsText: false,
  rows: { small: 2_000, full: 20_000 },
  engines: ["tspark"],
  expected: {},
};
