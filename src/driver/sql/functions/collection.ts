// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Arrays, maps and structs.
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
  type TextOrColumn,
  valueOf,
} from "./call.ts";

/** An array of values. */
export function array(...columns: readonly ColumnOrName[]): Column<Untyped> {
  return call("array", ...columns.map(columnOf));
}

/** The array with one element more at the end. */
export function array_append<T = Untyped>(
  column: ColumnOrName<T>,
  value: unknown,
): Column<T> {
  return call("array_append", columnOf(column), valueOf(value));
}

/** The array without nulls. */
export function array_compact<T = Untyped>(column: ColumnOrName<T>): Column<T> {
  return call("array_compact", columnOf(column));
}

/** Whether the array holds a value. */
export function array_contains(
  column: ColumnOrName,
  value: unknown,
): Column<boolean | null> {
  return call("array_contains", columnOf(column), valueOf(value));
}

/** The array without repetitions. */
export function array_distinct<T = Untyped>(
  column: ColumnOrName<T>,
): Column<T> {
  return call("array_distinct", columnOf(column));
}

/** The elements that the second array does not have, without repetitions. */
export function array_except<T = Untyped>(
  a: ColumnOrName<T>,
  b: ColumnOrName,
): Column<T> {
  return call("array_except", columnOf(a), columnOf(b));
}

/** The array with one element more, at a place from 1. */
export function array_insert<T = Untyped>(
  column: ColumnOrName<T>,
  pos: ColumnOrName,
  value: unknown,
): Column<T> {
  return call("array_insert", columnOf(column), columnOf(pos), valueOf(value));
}

/** The elements that both arrays have, without repetitions. */
export function array_intersect<T = Untyped>(
  a: ColumnOrName<T>,
  b: ColumnOrName,
): Column<T> {
  return call("array_intersect", columnOf(a), columnOf(b));
}

/** The elements joined into one text. */
export function array_join(
  column: ColumnOrName,
  delimiter: TextOrColumn,
  nullReplacement?: TextOrColumn,
): Column<string | null> {
  return call(
    "array_join",
    columnOf(column),
    valueOf(delimiter),
    nullReplacement === undefined ? undefined : valueOf(nullReplacement),
  );
}

/** The greatest element. */
export function array_max(column: ColumnOrName): Column<Untyped> {
  return call("array_max", columnOf(column));
}

/** The least element. */
export function array_min(column: ColumnOrName): Column<Untyped> {
  return call("array_min", columnOf(column));
}

/** The place of the first such element, from 1; 0 where there is none. */
export function array_position(
  column: ColumnOrName,
  value: unknown,
): Column<number | null> {
  return call("array_position", columnOf(column), valueOf(value));
}

/** The array with one element more at the start. */
export function array_prepend<T = Untyped>(
  column: ColumnOrName<T>,
  value: unknown,
): Column<T> {
  return call("array_prepend", columnOf(column), valueOf(value));
}

/** The array without such elements. */
export function array_remove<T = Untyped>(
  column: ColumnOrName<T>,
  element: unknown,
): Column<T> {
  return call("array_remove", columnOf(column), valueOf(element));
}

/** An array of the value, so many times. */
export function array_repeat<T = Untyped>(
  column: ColumnOrName<T>,
  count: ColumnOrName,
): Column<Exclude<T, null>[]> {
  return call("array_repeat", columnOf(column), columnOf(count));
}

/** Number of elements. */
export function array_size(column: ColumnOrName): Column<number | null> {
  return call("array_size", columnOf(column));
}

/** The elements of both arrays, without repetitions. */
export function array_union<T = Untyped>(
  a: ColumnOrName<T>,
  b: ColumnOrName,
): Column<T> {
  return call("array_union", columnOf(a), columnOf(b));
}

/** Whether both arrays have an element in common. */
export function arrays_overlap(
  a: ColumnOrName,
  b: ColumnOrName,
): Column<boolean | null> {
  return call("arrays_overlap", columnOf(a), columnOf(b));
}

/** Arrays as one array of structs, element by element. */
export function arrays_zip(
  ...columns: readonly ColumnOrName[]
): Column<Untyped> {
  return call("arrays_zip", ...columns.map(columnOf));
}

/** Number of elements of an array or map. */
export function cardinality(column: ColumnOrName): Column<number | null> {
  return call("cardinality", columnOf(column));
}

/** Texts, bytes or arrays joined. */
export function concat(...columns: readonly ColumnOrName[]): Column<Untyped> {
  return call("concat", ...columns.map(columnOf));
}

/** An array's element by its place from 1, or a map's value by its key. */
export function element_at(
  column: ColumnOrName,
  extraction: unknown,
): Column<Untyped> {
  return call("element_at", columnOf(column), valueOf(extraction));
}

/** An array of arrays as one array. */
export function flatten(column: ColumnOrName): Column<Untyped> {
  return call("flatten", columnOf(column));
}

/** An array's element by its place from 0; null where there is none. */
export function get(
  column: ColumnOrName,
  index: ColumnOrName,
): Column<Untyped> {
  return call("get", columnOf(column), columnOf(index));
}

/** Maps joined. */
export function map_concat(
  ...columns: readonly ColumnOrName[]
): Column<Untyped> {
  return call("map_concat", ...columns.map(columnOf));
}

/** Whether the map has a key. */
export function map_contains_key(
  column: ColumnOrName,
  key: unknown,
): Column<boolean | null> {
  return call("map_contains_key", columnOf(column), valueOf(key));
}

/** The map as an array of {key, value}. */
export function map_entries(column: ColumnOrName): Column<Untyped> {
  return call("map_entries", columnOf(column));
}

/** A map of an array of keys and one of values. */
export function map_from_arrays(
  keys: ColumnOrName,
  values: ColumnOrName,
): Column<Untyped> {
  return call("map_from_arrays", columnOf(keys), columnOf(values));
}

/** A map of an array of {key, value}. */
export function map_from_entries(column: ColumnOrName): Column<Untyped> {
  return call("map_from_entries", columnOf(column));
}

/** The map's keys, as an array. */
export function map_keys(column: ColumnOrName): Column<Untyped> {
  return call("map_keys", columnOf(column));
}

/** The map's values, as an array. */
export function map_values(column: ColumnOrName): Column<Untyped> {
  return call("map_values", columnOf(column));
}

/** The values from one to another, as an array. */
export function sequence(
  start: ColumnOrName,
  stop: ColumnOrName,
  step?: ColumnOrName,
): Column<Untyped> {
  return call(
    "sequence",
    columnOf(start),
    columnOf(stop),
    step === undefined ? undefined : columnOf(step),
  );
}

/** The array in random order; repeatable with a seed, which takes Spark 4.0. */
export function shuffle<T = Untyped>(
  column: ColumnOrName<T>,
  seed?: NumberOrColumn,
): Column<T> {
  return call(
    "shuffle",
    columnOf(column),
    seed === undefined ? undefined : valueOf(seed),
  );
}

/** Number of elements of an array or map. */
export function size(column: ColumnOrName): Column<number | null> {
  return call("size", columnOf(column));
}

/** A part of the array, from a place from 1 on. */
export function slice<T = Untyped>(
  column: ColumnOrName<T>,
  start: ColumnOrName,
  length: ColumnOrName,
): Column<T> {
  return call("slice", columnOf(column), columnOf(start), columnOf(length));
}

/** The array in order, nulls first where ascending. */
export function sort_array<T = Untyped>(
  column: ColumnOrName<T>,
  asc?: boolean,
): Column<T> {
  return call(
    "sort_array",
    columnOf(column),
    asc === undefined ? undefined : valueOf(asc),
  );
}

/** A map of text such as `a:1,b:2`. */
export function str_to_map(
  column: ColumnOrName,
  pairDelim?: ColumnOrName,
  keyValueDelim?: ColumnOrName,
): Column<Untyped> {
  return call(
    "str_to_map",
    columnOf(column),
    pairDelim === undefined ? undefined : columnOf(pairDelim),
    keyValueDelim === undefined ? undefined : columnOf(keyValueDelim),
  );
}

/** A struct of columns. */
export function struct(...columns: readonly ColumnOrName[]): Column<Untyped> {
  return call("struct", ...columns.map(columnOf));
}

/** As {@link element_at}, or null where there is none. */
export function try_element_at(
  column: ColumnOrName,
  extraction: unknown,
): Column<Untyped> {
  return call("try_element_at", columnOf(column), valueOf(extraction));
}

/** A struct of names and values in turn. */
export function named_struct(
  ...columns: readonly ColumnOrName[]
): Column<Untyped> {
  return call("named_struct", ...columns.map(columnOf));
}
