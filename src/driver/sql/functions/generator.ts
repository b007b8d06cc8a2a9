// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Functions that make rows: one row for each element.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  type TextOrColumn,
  valueOf,
} from "./call.ts";

/** A row for each element of an array, or entry of a map. */
export function explode(column: ColumnOrName): Column<Untyped> {
  return call("explode", columnOf(column));
}

/** As {@link explode}, and one row of null where there is none. */
export function explode_outer(column: ColumnOrName): Column<Untyped> {
  return call("explode_outer", columnOf(column));
}

/** A row for each struct of an array, a column for each field. */
export function inline(column: ColumnOrName): Column<Untyped> {
  return call("inline", columnOf(column));
}

/** As {@link inline}, and one row of nulls where there is none. */
export function inline_outer(column: ColumnOrName): Column<Untyped> {
  return call("inline_outer", columnOf(column));
}

/** As {@link explode}, with the place from 0. */
export function posexplode(column: ColumnOrName): Column<Untyped> {
  return call("posexplode", columnOf(column));
}

/** As {@link posexplode}, and one row of nulls where there is none. */
export function posexplode_outer(column: ColumnOrName): Column<Untyped> {
  return call("posexplode_outer", columnOf(column));
}

/** So many rows of the values that follow. */
export function stack(...columns: readonly ColumnOrName[]): Column<Untyped> {
  return call("stack", ...columns.map(columnOf));
}

/** Fields of a text of JSON, a column for each. */
export function json_tuple(
  column: ColumnOrName,
  ...names: readonly TextOrColumn[]
): Column<Untyped> {
  return call("json_tuple", columnOf(column), ...names.map(valueOf));
}
