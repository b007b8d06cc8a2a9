// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Aggregates that SQL writes with words of their own: `DISTINCT`, `IGNORE NULLS`, `*`.
 *
 * @module
 */
import type { Column } from "../column.ts";
import { toExpression } from "../expression/to_expression.ts";
import { seq } from "../plan/argument.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  staticCall,
  valueOf,
} from "./call.ts";

/**
 * How many rows have a value.
 *
 * @param column the column; `*` for all rows
 */
export function count(column: ColumnOrName): Column<number> {
  return call("count", column === "*" ? toExpression(1) : columnOf(column));
}

/** How many different combinations of values there are, nulls left out. */
export function count_distinct(
  column: ColumnOrName,
  ...columns: readonly ColumnOrName[]
): Column<number> {
  return staticCall(
    "count_distinct",
    columnOf(column),
    seq(columns.map(columnOf)),
  );
}

/** The same as {@link count_distinct}. */
export function countDistinct(
  column: ColumnOrName,
  ...columns: readonly ColumnOrName[]
): Column<number> {
  return count_distinct(column, ...columns);
}

/** The sum of the different values. */
export function sum_distinct<T = Untyped>(
  column: ColumnOrName<T>,
): Column<T | null> {
  return staticCall("sum_distinct", columnOf(column));
}

/** The product of the values, as a double. */
export function product(column: ColumnOrName): Column<number | null> {
  return staticCall("product", columnOf(column));
}

/**
 * The first value of the group.
 *
 * @param column the column
 * @param ignoreNulls whether nulls do not count; false by default
 */
export function first<T = Untyped>(
  column: ColumnOrName<T>,
  ignoreNulls: boolean = false,
): Column<T> {
  return call("first", columnOf(column), valueOf(ignoreNulls));
}

/**
 * The last value of the group.
 *
 * @param column the column
 * @param ignoreNulls whether nulls do not count; false by default
 */
export function last<T = Untyped>(
  column: ColumnOrName<T>,
  ignoreNulls: boolean = false,
): Column<T> {
  return call("last", columnOf(column), valueOf(ignoreNulls));
}

/**
 * The value of one of the rows up to this one, over a window.
 *
 * @param column the column
 * @param offset which row of the window's frame, from 1
 * @param ignoreNulls whether nulls do not count; false by default
 */
export function nth_value<T = Untyped>(
  column: ColumnOrName<T>,
  offset: number,
  ignoreNulls: boolean = false,
): Column<T | null> {
  return staticCall("nth_value", columnOf(column), offset, ignoreNulls);
}

/** The different values joined into one text. Spark 4.0 and later. */
export function listagg_distinct(
  column: ColumnOrName,
  delimiter: string = "",
): Column<string | null> {
  return staticCall(
    "listagg_distinct",
    columnOf(column),
    toExpression(delimiter),
  );
}

/** The same as {@link listagg_distinct}. Spark 4.0 and later. */
export function string_agg_distinct(
  column: ColumnOrName,
  delimiter: string = "",
): Column<string | null> {
  return staticCall(
    "string_agg_distinct",
    columnOf(column),
    toExpression(delimiter),
  );
}
