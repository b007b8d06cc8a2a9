// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Aggregates: one value of many rows, in `agg()` and over windows.
 *
 * @module
 */
import type { Decimal } from "../../../types/type_settings.ts";
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

/** What an average of these values is: a decimal of decimals, untyped of a column whose type nobody declared. */
export type Average<T> = 0 extends 1 & T ? Untyped
  : [Exclude<T, null>] extends [Decimal] ? Decimal | null
  : number | null;

/** Some value of the group. */
export function any_value<T = Untyped>(
  column: ColumnOrName<T>,
  ignoreNulls?: boolean,
): Column<T> {
  return call(
    "any_value",
    columnOf(column),
    ignoreNulls === undefined ? undefined : valueOf(ignoreNulls),
  );
}

/** About how many different values there are, within a relative error of 0.05 unless told. */
export function approx_count_distinct(
  column: ColumnOrName,
  rsd?: NumberOrColumn,
): Column<number> {
  return call(
    "approx_count_distinct",
    columnOf(column),
    rsd === undefined ? undefined : valueOf(rsd),
  );
}

/** Values below which given shares of the values lie, about; the larger the accuracy, the closer. */
export function approx_percentile(
  column: ColumnOrName,
  percentage: unknown,
  accuracy?: NumberOrColumn,
): Column<Untyped> {
  return call(
    "approx_percentile",
    columnOf(column),
    valueOf(percentage),
    accuracy === undefined ? undefined : valueOf(accuracy),
  );
}

/** The values as an array, nulls left out. */
export function array_agg<T = Untyped>(
  column: ColumnOrName<T>,
): Column<Exclude<T, null>[]> {
  return call("array_agg", columnOf(column));
}

/** The average. */
export function avg<T = Untyped>(
  column: ColumnOrName<T>,
): Column<Average<T>> {
  return call("avg", columnOf(column));
}

/** The bits that all values have. */
export function bit_and(column: ColumnOrName): Column<number | null> {
  return call("bit_and", columnOf(column));
}

/** The bits that any value has. */
export function bit_or(column: ColumnOrName): Column<number | null> {
  return call("bit_or", columnOf(column));
}

/** The bits that an odd number of values have. */
export function bit_xor(column: ColumnOrName): Column<number | null> {
  return call("bit_xor", columnOf(column));
}

/** Whether all values are true. */
export function bool_and(column: ColumnOrName): Column<boolean | null> {
  return call("bool_and", columnOf(column));
}

/** Whether any value is true. */
export function bool_or(column: ColumnOrName): Column<boolean | null> {
  return call("bool_or", columnOf(column));
}

/** The values as an array, nulls left out. */
export function collect_list<T = Untyped>(
  column: ColumnOrName<T>,
): Column<Exclude<T, null>[]> {
  return call("collect_list", columnOf(column));
}

/** The different values as an array, nulls left out. */
export function collect_set<T = Untyped>(
  column: ColumnOrName<T>,
): Column<Exclude<T, null>[]> {
  return call("collect_set", columnOf(column));
}

/** The different elements of arrays. Spark 4.3 and later. */
export function collect_union(column: ColumnOrName): Column<Untyped> {
  return call("collect_union", columnOf(column));
}

/** Pearson's correlation of two columns. */
export function corr(a: ColumnOrName, b: ColumnOrName): Column<number | null> {
  return call("corr", columnOf(a), columnOf(b));
}

/** How many rows hold. */
export function count_if(column: ColumnOrName): Column<number> {
  return call("count_if", columnOf(column));
}

/** A count-min sketch of the values, as bytes. */
export function count_min_sketch(
  column: ColumnOrName,
  eps: NumberOrColumn,
  confidence: NumberOrColumn,
  seed?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "count_min_sketch",
    columnOf(column),
    valueOf(eps),
    valueOf(confidence),
    seed === undefined ? undefined : valueOf(seed),
  );
}

/** The covariance of a population. */
export function covar_pop(
  a: ColumnOrName,
  b: ColumnOrName,
): Column<number | null> {
  return call("covar_pop", columnOf(a), columnOf(b));
}

/** The covariance of a sample. */
export function covar_samp(
  a: ColumnOrName,
  b: ColumnOrName,
): Column<number | null> {
  return call("covar_samp", columnOf(a), columnOf(b));
}

/** The same as {@link bool_and}. */
export function every(column: ColumnOrName): Column<boolean | null> {
  return call("every", columnOf(column));
}

/** The first value of the group. */
export function first_value<T = Untyped>(
  column: ColumnOrName<T>,
  ignoreNulls?: boolean,
): Column<T> {
  return call(
    "first_value",
    columnOf(column),
    ignoreNulls === undefined ? undefined : valueOf(ignoreNulls),
  );
}

/** Whether a column is aggregated away in this row of `cube` or `rollup`: 1, else 0. */
export function grouping(column: ColumnOrName): Column<number | null> {
  return call("grouping", columnOf(column));
}

/** Which columns are aggregated away in this row of `cube` or `rollup`, as the bits of a number. */
export function grouping_id(
  ...columns: readonly ColumnOrName[]
): Column<number | null> {
  return call("grouping_id", ...columns.map(columnOf));
}

/** A histogram with so many bins, as an array of {x, y}. */
export function histogram_numeric(
  column: ColumnOrName,
  nBins: NumberOrColumn,
): Column<Untyped> {
  return call("histogram_numeric", columnOf(column), valueOf(nBins));
}

/** The kurtosis. */
export function kurtosis(column: ColumnOrName): Column<number | null> {
  return call("kurtosis", columnOf(column));
}

/** The last value of the group. */
export function last_value<T = Untyped>(
  column: ColumnOrName<T>,
  ignoreNulls?: boolean,
): Column<T> {
  return call(
    "last_value",
    columnOf(column),
    ignoreNulls === undefined ? undefined : valueOf(ignoreNulls),
  );
}

/** The values joined into one text. Spark 4.0 and later. */
export function listagg(
  column: ColumnOrName,
  delimiter?: TextOrColumn,
): Column<string | null> {
  return call(
    "listagg",
    columnOf(column),
    delimiter === undefined ? undefined : valueOf(delimiter),
  );
}

/** The greatest value. */
export function max<T = Untyped>(column: ColumnOrName<T>): Column<T | null> {
  return call("max", columnOf(column));
}

/** The value where another column is greatest; the so many best as an array with `k`, which takes Spark 4.2. */
export function max_by(
  column: ColumnOrName,
  ord: ColumnOrName,
  k?: NumberOrColumn,
): Column<Untyped> {
  return call(
    "max_by",
    columnOf(column),
    columnOf(ord),
    k === undefined ? undefined : valueOf(k),
  );
}

/** The same as {@link avg}. */
export function mean<T = Untyped>(
  column: ColumnOrName<T>,
): Column<Average<T>> {
  return call("mean", columnOf(column));
}

/** The median. */
export function median(column: ColumnOrName): Column<number | null> {
  return call("median", columnOf(column));
}

/** The least value. */
export function min<T = Untyped>(column: ColumnOrName<T>): Column<T | null> {
  return call("min", columnOf(column));
}

/** The value where another column is least; the so many best as an array with `k`, which takes Spark 4.2. */
export function min_by(
  column: ColumnOrName,
  ord: ColumnOrName,
  k?: NumberOrColumn,
): Column<Untyped> {
  return call(
    "min_by",
    columnOf(column),
    columnOf(ord),
    k === undefined ? undefined : valueOf(k),
  );
}

/** The most frequent value; the least of several where `deterministic` is true, which takes Spark 4.0. */
export function mode<T = Untyped>(
  column: ColumnOrName<T>,
  deterministic?: boolean,
): Column<T> {
  return call(
    "mode",
    columnOf(column),
    deterministic === undefined ? undefined : valueOf(deterministic),
  );
}

/** The exact value below which a share of the values lies. */
export function percentile(
  column: ColumnOrName,
  percentage: unknown,
  frequency?: unknown,
): Column<Untyped> {
  return call(
    "percentile",
    columnOf(column),
    valueOf(percentage),
    frequency === undefined ? undefined : valueOf(frequency),
  );
}

/** The same as {@link approx_percentile}. */
export function percentile_approx(
  column: ColumnOrName,
  percentage: unknown,
  accuracy?: NumberOrColumn,
): Column<Untyped> {
  return call(
    "percentile_approx",
    columnOf(column),
    valueOf(percentage),
    accuracy === undefined ? undefined : valueOf(accuracy),
  );
}

/** The average of `x`, of rows where neither is null. */
export function regr_avgx(
  y: ColumnOrName,
  x: ColumnOrName,
): Column<number | null> {
  return call("regr_avgx", columnOf(y), columnOf(x));
}

/** The average of `y`, of rows where neither is null. */
export function regr_avgy(
  y: ColumnOrName,
  x: ColumnOrName,
): Column<number | null> {
  return call("regr_avgy", columnOf(y), columnOf(x));
}

/** Number of rows where neither is null. */
export function regr_count(y: ColumnOrName, x: ColumnOrName): Column<number> {
  return call("regr_count", columnOf(y), columnOf(x));
}

/** Where the regression line meets the y axis. */
export function regr_intercept(
  y: ColumnOrName,
  x: ColumnOrName,
): Column<number | null> {
  return call("regr_intercept", columnOf(y), columnOf(x));
}

/** How well the regression line fits, from 0 to 1. */
export function regr_r2(
  y: ColumnOrName,
  x: ColumnOrName,
): Column<number | null> {
  return call("regr_r2", columnOf(y), columnOf(x));
}

/** The slope of the regression line. */
export function regr_slope(
  y: ColumnOrName,
  x: ColumnOrName,
): Column<number | null> {
  return call("regr_slope", columnOf(y), columnOf(x));
}

/** The sum of squares of `x`. */
export function regr_sxx(
  y: ColumnOrName,
  x: ColumnOrName,
): Column<number | null> {
  return call("regr_sxx", columnOf(y), columnOf(x));
}

/** The sum of products of `x` and `y`. */
export function regr_sxy(
  y: ColumnOrName,
  x: ColumnOrName,
): Column<number | null> {
  return call("regr_sxy", columnOf(y), columnOf(x));
}

/** The sum of squares of `y`. */
export function regr_syy(
  y: ColumnOrName,
  x: ColumnOrName,
): Column<number | null> {
  return call("regr_syy", columnOf(y), columnOf(x));
}

/** The skewness. */
export function skewness(column: ColumnOrName): Column<number | null> {
  return call("skewness", columnOf(column));
}

/** The same as {@link bool_or}. */
export function some(column: ColumnOrName): Column<boolean | null> {
  return call("some", columnOf(column));
}

/** The standard deviation of a sample. */
export function std(column: ColumnOrName): Column<number | null> {
  return call("std", columnOf(column));
}

/** The standard deviation of a sample. */
export function stddev(column: ColumnOrName): Column<number | null> {
  return call("stddev", columnOf(column));
}

/** The standard deviation of a population. */
export function stddev_pop(column: ColumnOrName): Column<number | null> {
  return call("stddev_pop", columnOf(column));
}

/** The standard deviation of a sample. */
export function stddev_samp(column: ColumnOrName): Column<number | null> {
  return call("stddev_samp", columnOf(column));
}

/** The same as {@link listagg}. Spark 4.0 and later. */
export function string_agg(
  column: ColumnOrName,
  delimiter?: TextOrColumn,
): Column<string | null> {
  return call(
    "string_agg",
    columnOf(column),
    delimiter === undefined ? undefined : valueOf(delimiter),
  );
}

/** The sum. */
export function sum<T = Untyped>(column: ColumnOrName<T>): Column<T | null> {
  return call("sum", columnOf(column));
}

/** The average, or null on overflow. */
export function try_avg<T = Untyped>(
  column: ColumnOrName<T>,
): Column<Average<T>> {
  return call("try_avg", columnOf(column));
}

/** The sum, or null on overflow. */
export function try_sum<T = Untyped>(
  column: ColumnOrName<T>,
): Column<T | null> {
  return call("try_sum", columnOf(column));
}

/** The variance of a population. */
export function var_pop(column: ColumnOrName): Column<number | null> {
  return call("var_pop", columnOf(column));
}

/** The variance of a sample. */
export function var_samp(column: ColumnOrName): Column<number | null> {
  return call("var_samp", columnOf(column));
}

/** The variance of a sample. */
export function variance(column: ColumnOrName): Column<number | null> {
  return call("variance", columnOf(column));
}

/** The schema that holds all variants of the group, in SQL's words. Spark 4.0 and later. */
export function schema_of_variant_agg(
  column: ColumnOrName,
): Column<string | null> {
  return call("schema_of_variant_agg", columnOf(column));
}

/** A bitmap of positions. */
export function bitmap_construct_agg(
  column: ColumnOrName,
): Column<Uint8Array | null> {
  return call("bitmap_construct_agg", columnOf(column));
}

/** The union of bitmaps. */
export function bitmap_or_agg(column: ColumnOrName): Column<Uint8Array | null> {
  return call("bitmap_or_agg", columnOf(column));
}

/** The intersection of bitmaps. Spark 4.1 and later. */
export function bitmap_and_agg(
  column: ColumnOrName,
): Column<Uint8Array | null> {
  return call("bitmap_and_agg", columnOf(column));
}

/** The average of vectors, element by element. Spark 4.2 and later. */
export function vector_avg(column: ColumnOrName): Column<Untyped> {
  return call("vector_avg", columnOf(column));
}

/** The sum of vectors, element by element. Spark 4.2 and later. */
export function vector_sum(column: ColumnOrName): Column<Untyped> {
  return call("vector_sum", columnOf(column));
}
