// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Spark's functions over columns, under the names that they have in SQL.
 *
 * @module
 */
import { Column, type ColumnOr } from "../column.ts";
import { firstBranch } from "../expression/case_expression.ts";
import { call, columnName } from "../expression/expression.ts";
import {
  columnOrName,
  EXPRESSION,
  toExpression,
} from "../expression/to_expression.ts";
import type { Untyped } from "../typing/untyped.ts";

/** A column by its name. */
export function col<const N extends string>(name: N): Column<Untyped, N> {
  return new Column(columnName(name));
}

/** A value as a column. */
export function lit<T>(value: T): Column<T> {
  return new Column(toExpression(value));
}

/** An expression in SQL. */
export function expr(text: string): Column<Untyped> {
  return new Column({ kind: "sql", text });
}

/** The first branch of a conditional column. */
export function when<T>(
  condition: Column<boolean> | Column<boolean | null>,
  value: ColumnOr<T>,
): Column<T | null> {
  return new Column(firstBranch(condition[EXPRESSION], toExpression(value)));
}

/** A function of SQL by its name. */
export function call_function(
  name: string,
  ...args: readonly (string | Column<Untyped>)[]
): Column<Untyped> {
  return new Column(call(name, args.map(columnOrName)));
}
