import type { JobDefinition } from "./definition.ts";

/** Bytes sent once to an executor, read by four tasks. */
export const BROADCAST_BYTES: JobDefinition = {
  name: "broadcast_bytes",
  title: "broadcast of bytes to four tasks",
  timed: "warm",
  readsText: false,
  rows: { small: 10_000_000, full: 100_000_000 },
  expected: { small: "40000000", full: "400000000" },
};
