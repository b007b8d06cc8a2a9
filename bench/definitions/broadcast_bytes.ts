import { ENGINES, type JobDefinition } from "./definition.ts";

/** Bytes of the driver's own, brought to every worker once. */
export const BROADCAST_BYTES: JobDefinition = {
  name: "broadcast_bytes",
  program: "broadcast_bytes",
  title: "broadcast of bytes, read in four tasks",
  timed: "warm",
  engines: ENGINES,
  readsText: false,
  records: { small: 10_000_000, full: 100_000_000 },
  expected: { small: "X", full: "X" },
  target: {},
};
