// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Choices, nulls and comparisons.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Untyped } from "../typing/untyped.ts";
import { call, columnOf, type ColumnOrName } from "./call.ts";

/** The first value that is not null. */
export function coalesce(...columns: readonly ColumnOrName[]): Column<Untyped> {
  return call("coalesce", ...columns.map(columnOf));
}

/** Whether both are equal, or both null. */
export function equal_null(a: ColumnOrName, b: ColumnOrName): Column<boolean> {
  return call("equal_null", columnOf(a), columnOf(b));
}

/** The greatest value, nulls left out. */
export function greatest(...columns: readonly ColumnOrName[]): Column<Untyped> {
  return call("greatest", ...columns.map(columnOf));
}

/** The first value, or the second where that is null. */
export function ifnull<T = Untyped>(
  a: ColumnOrName<T>,
  b: ColumnOrName,
): Column<T> {
  return call("ifnull", columnOf(a), columnOf(b));
}

/** Whether the value is NaN. */
export function isnan(column: ColumnOrName): Column<boolean> {
  return call("isnan", columnOf(column));
}

/** Whether the value is not null. */
export function isnotnull(column: ColumnOrName): Column<boolean> {
  return call("isnotnull", columnOf(column));
}

/** Whether the value is null. */
export function isnull(column: ColumnOrName): Column<boolean> {
  return call("isnull", columnOf(column));
}

/** The least value, nulls left out. */
export function least(...columns: readonly ColumnOrName[]): Column<Untyped> {
  return call("least", ...columns.map(columnOf));
}

/** The first value, or the second where that is NaN. */
export function nanvl(a: ColumnOrName, b: ColumnOrName): Column<number | null> {
  return call("nanvl", columnOf(a), columnOf(b));
}

/** Null where both are equal, else the first value. */
export function nullif<T = Untyped>(
  a: ColumnOrName<T>,
  b: ColumnOrName,
): Column<T> {
  return call("nullif", columnOf(a), columnOf(b));
}

/** Null where the value is 0. Spark 4.0 and later. */
export function nullifzero<T = Untyped>(column: ColumnOrName<T>): Column<T> {
  return call("nullifzero", columnOf(column));
}

/** The same as {@link ifnull}. */
export function nvl<T = Untyped>(
  a: ColumnOrName<T>,
  b: ColumnOrName,
): Column<T> {
  return call("nvl", columnOf(a), columnOf(b));
}

/** The second value where the first is not null, else the third. */
export function nvl2(
  a: ColumnOrName,
  b: ColumnOrName,
  d: ColumnOrName,
): Column<Untyped> {
  return call("nvl2", columnOf(a), columnOf(b), columnOf(d));
}

/** 0 where the value is null. Spark 4.0 and later. */
export function zeroifnull<T = Untyped>(column: ColumnOrName<T>): Column<T> {
  return call("zeroifnull", columnOf(column));
}
