import { type Argument, seq } from "../plan/argument.ts";
import { type Expression, operation } from "./expression.ts";

/** A sort order, by the name of its method in Spark's `Column`. */
export type SortOrder =
  | "asc"
  | "asc_nulls_first"
  | "asc_nulls_last"
  | "desc"
  | "desc_nulls_first"
  | "desc_nulls_last";

/** An expression as a sort key. */
export function sortOrder(child: Expression, order: SortOrder): Expression {
  return operation(child, order);
}

/** Names of fields as variable arguments of the JVM. */
export function fieldNames(names: readonly string[]): Argument {
  return seq(names);
}
