import { ENGINES, type JobDefinition } from "./definition.ts";

/** Numbers summed under a thousand keys: all work is before the shuffle. */
export const RANGE_REDUCE_BY_KEY: JobDefinition = {
  name: "range_reduce_by_key",
  program: "range_reduce_by_key",
  title: "range, map to pairs, reduceByKey",
  timed: "warm",
  engines: ENGINES,
  readsText: false,
  records: { small: 1_000_000, full: 10_000_000 },
  expected: { small: "X", full: "X" },
  target: { pyspark: 1 / 4, scala: 1 },
};
