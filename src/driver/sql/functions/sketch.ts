// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * HyperLogLog and KLL sketches: small summaries that answer roughly, and can be merged.
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

/** A HyperLogLog sketch of the different values. */
export function hll_sketch_agg(
  column: ColumnOrName,
  lgConfigK?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "hll_sketch_agg",
    columnOf(column),
    lgConfigK === undefined ? undefined : valueOf(lgConfigK),
  );
}

/** About how many different values a HyperLogLog sketch saw. */
export function hll_sketch_estimate(
  column: ColumnOrName,
): Column<number | null> {
  return call("hll_sketch_estimate", columnOf(column));
}

/** Two HyperLogLog sketches as one. */
export function hll_union(
  a: ColumnOrName,
  b: ColumnOrName,
  allowDifferentLgConfigK?: boolean,
): Column<Uint8Array | null> {
  return call(
    "hll_union",
    columnOf(a),
    columnOf(b),
    allowDifferentLgConfigK === undefined
      ? undefined
      : valueOf(allowDifferentLgConfigK),
  );
}

/** HyperLogLog sketches as one. */
export function hll_union_agg(
  column: ColumnOrName,
  allowDifferentLgConfigK?: boolean,
): Column<Uint8Array | null> {
  return call(
    "hll_union_agg",
    columnOf(column),
    allowDifferentLgConfigK === undefined
      ? undefined
      : valueOf(allowDifferentLgConfigK),
  );
}

/** KLL sketches of longs as one. Spark 4.1 and later. */
export function kll_merge_agg_bigint(
  column: ColumnOrName,
  k?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "kll_merge_agg_bigint",
    columnOf(column),
    k === undefined ? undefined : valueOf(k),
  );
}

/** KLL sketches of doubles as one. Spark 4.1 and later. */
export function kll_merge_agg_double(
  column: ColumnOrName,
  k?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "kll_merge_agg_double",
    columnOf(column),
    k === undefined ? undefined : valueOf(k),
  );
}

/** KLL sketches of floats as one. Spark 4.1 and later. */
export function kll_merge_agg_float(
  column: ColumnOrName,
  k?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "kll_merge_agg_float",
    columnOf(column),
    k === undefined ? undefined : valueOf(k),
  );
}

/** A KLL sketch of longs, for quantiles. Spark 4.1 and later. */
export function kll_sketch_agg_bigint(
  column: ColumnOrName,
  k?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "kll_sketch_agg_bigint",
    columnOf(column),
    k === undefined ? undefined : valueOf(k),
  );
}

/** A KLL sketch of doubles, for quantiles. Spark 4.1 and later. */
export function kll_sketch_agg_double(
  column: ColumnOrName,
  k?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "kll_sketch_agg_double",
    columnOf(column),
    k === undefined ? undefined : valueOf(k),
  );
}

/** A KLL sketch of floats, for quantiles. Spark 4.1 and later. */
export function kll_sketch_agg_float(
  column: ColumnOrName,
  k?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "kll_sketch_agg_float",
    columnOf(column),
    k === undefined ? undefined : valueOf(k),
  );
}

/** How many values a KLL sketch of longs saw. Spark 4.1 and later. */
export function kll_sketch_get_n_bigint(
  column: ColumnOrName,
): Column<number | null> {
  return call("kll_sketch_get_n_bigint", columnOf(column));
}

/** How many values a KLL sketch of doubles saw. Spark 4.1 and later. */
export function kll_sketch_get_n_double(
  column: ColumnOrName,
): Column<number | null> {
  return call("kll_sketch_get_n_double", columnOf(column));
}

/** How many values a KLL sketch of floats saw. Spark 4.1 and later. */
export function kll_sketch_get_n_float(
  column: ColumnOrName,
): Column<number | null> {
  return call("kll_sketch_get_n_float", columnOf(column));
}

/** The long below which a share of the values lies. Spark 4.1 and later. */
export function kll_sketch_get_quantile_bigint(
  sketch: ColumnOrName,
  rank: ColumnOrName,
): Column<Untyped> {
  return call(
    "kll_sketch_get_quantile_bigint",
    columnOf(sketch),
    columnOf(rank),
  );
}

/** The double below which a share of the values lies. Spark 4.1 and later. */
export function kll_sketch_get_quantile_double(
  sketch: ColumnOrName,
  rank: ColumnOrName,
): Column<Untyped> {
  return call(
    "kll_sketch_get_quantile_double",
    columnOf(sketch),
    columnOf(rank),
  );
}

/** The float below which a share of the values lies. Spark 4.1 and later. */
export function kll_sketch_get_quantile_float(
  sketch: ColumnOrName,
  rank: ColumnOrName,
): Column<Untyped> {
  return call(
    "kll_sketch_get_quantile_float",
    columnOf(sketch),
    columnOf(rank),
  );
}

/** The share of values below a long. Spark 4.1 and later. */
export function kll_sketch_get_rank_bigint(
  sketch: ColumnOrName,
  quantile: ColumnOrName,
): Column<Untyped> {
  return call(
    "kll_sketch_get_rank_bigint",
    columnOf(sketch),
    columnOf(quantile),
  );
}

/** The share of values below a double. Spark 4.1 and later. */
export function kll_sketch_get_rank_double(
  sketch: ColumnOrName,
  quantile: ColumnOrName,
): Column<Untyped> {
  return call(
    "kll_sketch_get_rank_double",
    columnOf(sketch),
    columnOf(quantile),
  );
}

/** The share of values below a float. Spark 4.1 and later. */
export function kll_sketch_get_rank_float(
  sketch: ColumnOrName,
  quantile: ColumnOrName,
): Column<Untyped> {
  return call(
    "kll_sketch_get_rank_float",
    columnOf(sketch),
    columnOf(quantile),
  );
}

/** Two KLL sketches of longs as one. Spark 4.1 and later. */
export function kll_sketch_merge_bigint(
  left: ColumnOrName,
  right: ColumnOrName,
): Column<Uint8Array | null> {
  return call("kll_sketch_merge_bigint", columnOf(left), columnOf(right));
}

/** Two KLL sketches of doubles as one. Spark 4.1 and later. */
export function kll_sketch_merge_double(
  left: ColumnOrName,
  right: ColumnOrName,
): Column<Uint8Array | null> {
  return call("kll_sketch_merge_double", columnOf(left), columnOf(right));
}

/** Two KLL sketches of floats as one. Spark 4.1 and later. */
export function kll_sketch_merge_float(
  left: ColumnOrName,
  right: ColumnOrName,
): Column<Uint8Array | null> {
  return call("kll_sketch_merge_float", columnOf(left), columnOf(right));
}

/** A KLL sketch of longs, for people. Spark 4.1 and later. */
export function kll_sketch_to_string_bigint(
  column: ColumnOrName,
): Column<string | null> {
  return call("kll_sketch_to_string_bigint", columnOf(column));
}

/** A KLL sketch of doubles, for people. Spark 4.1 and later. */
export function kll_sketch_to_string_double(
  column: ColumnOrName,
): Column<string | null> {
  return call("kll_sketch_to_string_double", columnOf(column));
}

/** A KLL sketch of floats, for people. Spark 4.1 and later. */
export function kll_sketch_to_string_float(
  column: ColumnOrName,
): Column<string | null> {
  return call("kll_sketch_to_string_float", columnOf(column));
}
