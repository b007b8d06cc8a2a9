// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Functions that take functions over columns: what these are given stands for
 * an array's elements, or a map's keys and values.
 *
 * @module
 */
import { Column } from "../column.ts";
import { type Expression, lambda } from "../expression/expression.ts";
import { toExpression } from "../expression/to_expression.ts";
import type { Untyped } from "../typing/untyped.ts";
import { call, columnOf, type ColumnOrName } from "./call.ts";

/** A column that a function is given. */
export type Given = Column<Untyped>;
/** What a function over columns returns: a column, or a value. */
export type Result =
  | Column<Untyped>
  | string
  | number
  | bigint
  | boolean
  | null;

/**
 * What a function makes of each element of an array.
 *
 * @param column the array
 * @param f function of the element, and of its place from 0 where it takes two
 *
 * @example
 * ```ts
 * import { transform } from "@tspark/tspark/functions";
 *
 * const doubled = transform("numbers", (n) => n.times(2));
 * ```
 */
export function transform(
  column: ColumnOrName,
  f: (element: Given, index: Given) => Result,
): Column<Untyped> {
  return call("transform", columnOf(column), lambdaOf(f, "xi"));
}

/** The elements of an array for which a condition holds; the function may take the place from 0 as well. */
export function filter<T = Untyped>(
  column: ColumnOrName<T>,
  f: (element: Given, index: Given) => Result,
): Column<T> {
  return call("filter", columnOf(column), lambdaOf(f, "xi"));
}

/** Whether a condition holds for an element of an array. */
export function exists(
  column: ColumnOrName,
  f: (element: Given) => Result,
): Column<boolean | null> {
  return call("exists", columnOf(column), lambdaOf(f, "x"));
}

/** Whether a condition holds for every element of an array. */
export function forall(
  column: ColumnOrName,
  f: (element: Given) => Result,
): Column<boolean | null> {
  return call("forall", columnOf(column), lambdaOf(f, "x"));
}

/**
 * One value of all elements of an array.
 *
 * @param column the array
 * @param initialValue what it starts with
 * @param merge function of what there is so far and an element
 * @param finish function of the last, where the result is not that itself
 */
export function aggregate(
  column: ColumnOrName,
  initialValue: Result,
  merge: (state: Given, element: Given) => Result,
  finish?: (state: Given) => Result,
): Column<Untyped> {
  return call(
    "aggregate",
    columnOf(column),
    toExpression(initialValue),
    lambdaOf(merge, "ax"),
    finish === undefined ? undefined : lambdaOf(finish, "a"),
  );
}

/** The same as {@link aggregate}. */
export function reduce(
  column: ColumnOrName,
  initialValue: Result,
  merge: (state: Given, element: Given) => Result,
  finish?: (state: Given) => Result,
): Column<Untyped> {
  return aggregate(column, initialValue, merge, finish);
}

/** What a function makes of the elements of two arrays at the same place; null stands for missing ones. */
export function zip_with(
  left: ColumnOrName,
  right: ColumnOrName,
  f: (left: Given, right: Given) => Result,
): Column<Untyped> {
  return call("zip_with", columnOf(left), columnOf(right), lambdaOf(f, "xy"));
}

/** The map with other keys. */
export function transform_keys(
  column: ColumnOrName,
  f: (key: Given, value: Given) => Result,
): Column<Untyped> {
  return call("transform_keys", columnOf(column), lambdaOf(f, "kv"));
}

/** The map with other values. */
export function transform_values(
  column: ColumnOrName,
  f: (key: Given, value: Given) => Result,
): Column<Untyped> {
  return call("transform_values", columnOf(column), lambdaOf(f, "kv"));
}

/** The entries of a map for which a condition holds. */
export function map_filter<T = Untyped>(
  column: ColumnOrName<T>,
  f: (key: Given, value: Given) => Result,
): Column<T> {
  return call("map_filter", columnOf(column), lambdaOf(f, "kv"));
}

/** What a function makes of the values that two maps have for each key; null stands for missing ones. */
export function map_zip_with(
  left: ColumnOrName,
  right: ColumnOrName,
  f: (key: Given, left: Given, right: Given) => Result,
): Column<Untyped> {
  return call(
    "map_zip_with",
    columnOf(left),
    columnOf(right),
    lambdaOf(f, "kxy"),
  );
}

/**
 * The array in order, nulls last.
 *
 * @param column the array
 * @param comparator tells of two elements which comes first: a negative number for the left one, a positive for the right one, 0 for neither; their own order when left out
 */
export function array_sort<T = Untyped>(
  column: ColumnOrName<T>,
  comparator?: (left: Given, right: Given) => Result,
): Column<T> {
  return comparator === undefined
    ? call("array_sort", columnOf(column))
    : call("array_sort", columnOf(column), lambdaOf(comparator, "xy"));
}

/** A function over columns as Spark takes it: as many of its parameters as it names, one at least. */
function lambdaOf(
  f: (...given: Given[]) => Result,
  names: string,
): Expression {
  return lambda(
    names.slice(0, Math.max(1, Math.min(f.length, names.length))),
    (variables) =>
      toExpression(f(...variables.map((each) => new Column<Untyped>(each)))),
  );
}
