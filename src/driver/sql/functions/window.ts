// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Window functions: what a row is among the rows of its window.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  type NumberOrColumn,
  valueOf,
} from "./call.ts";

/** The share of rows up to this one, in the window's order. */
export function cume_dist(): Column<number> {
  return call("cume_dist");
}

/** The rank, without gaps after ties. */
export function dense_rank(): Column<number> {
  return call("dense_rank");
}

/** The value so many rows before, `default` where there is none. */
export function lag<T = Untyped>(
  column: ColumnOrName<T>,
  offset: NumberOrColumn = 1,
  defaultValue?: unknown,
): Column<T> {
  return call(
    "lag",
    columnOf(column),
    valueOf(offset),
    defaultValue === undefined ? undefined : valueOf(defaultValue),
  );
}

/** The value so many rows after, `default` where there is none. */
export function lead<T = Untyped>(
  column: ColumnOrName<T>,
  offset: NumberOrColumn = 1,
  defaultValue?: unknown,
): Column<T> {
  return call(
    "lead",
    columnOf(column),
    valueOf(offset),
    defaultValue === undefined ? undefined : valueOf(defaultValue),
  );
}

/** The number of the tile, of so many, that the row falls into. */
export function ntile(n: NumberOrColumn): Column<number> {
  return call("ntile", valueOf(n));
}

/** The rank as a share, from 0 to 1. */
export function percent_rank(): Column<number> {
  return call("percent_rank");
}

/** The rank, with gaps after ties. */
export function rank(): Column<number> {
  return call("rank");
}

/** The row's number, from 1. */
export function row_number(): Column<number> {
  return call("row_number");
}

/** How much a counter grew since the row before, also over resets. Spark 4.3 and later. */
export function counter_diff(
  value: ColumnOrName,
  startTime?: ColumnOrName,
): Column<number | null> {
  return call(
    "counter_diff",
    columnOf(value),
    startTime === undefined ? undefined : columnOf(startTime),
  );
}
