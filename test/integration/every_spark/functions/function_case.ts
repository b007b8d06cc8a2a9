import type { Column } from "../../../../mod.ts";

/** A call of ours, and the text that it has to equal in SQL. */
export type FunctionCase = readonly [
  name: string,
  ours: Column<unknown, string>,
  sql: string,
];
