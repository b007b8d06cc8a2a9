import type { DataType } from "./data_type.ts";

/** Whether the values of a type are numbers, decimals among them; Spark's `NumericType`. */
export function isNumeric({ kind }: DataType): boolean {
  return NUMERIC.has(kind);
}

const NUMERIC: ReadonlySet<DataType["kind"]> = new Set([
  "byte",
  "short",
  "integer",
  "long",
  "float",
  "double",
  "decimal",
]);
