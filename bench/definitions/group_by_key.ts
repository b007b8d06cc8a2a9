import { ENGINES, type JobDefinition } from "./definition.ts";

/** Pairs grouped under half as many keys; every group is read. */
export const GROUP_BY_KEY: JobDefinition = {
  name: "group_by_key",
  program: "group_by_key",
  title: "groupByKey of pairs, two a key",
  timed: "warm",
  engines: ENGINES,
  readsText: false,
  records: { small: 200_000, full: 2_000_000 },
  expected: { small: "X", full: "X" },
  target: { pyspark: 1 / 4, scala: 1.2 },
};
