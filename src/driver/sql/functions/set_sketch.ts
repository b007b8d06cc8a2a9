// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Theta and tuple sketches: small summaries of sets.
 *
 * @module
 */
import type { Column } from "../column.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  type NumberOrColumn,
  type TextOrColumn,
  valueOf,
} from "./call.ts";

/** The values of one theta sketch that another has not seen. Spark 4.1 and later. */
export function theta_difference(
  a: ColumnOrName,
  b: ColumnOrName,
): Column<Uint8Array | null> {
  return call("theta_difference", columnOf(a), columnOf(b));
}

/** The values that two theta sketches have seen. Spark 4.1 and later. */
export function theta_intersection(
  a: ColumnOrName,
  b: ColumnOrName,
): Column<Uint8Array | null> {
  return call("theta_intersection", columnOf(a), columnOf(b));
}

/** The values that all theta sketches have seen. Spark 4.1 and later. */
export function theta_intersection_agg(
  column: ColumnOrName,
): Column<Uint8Array | null> {
  return call("theta_intersection_agg", columnOf(column));
}

/** A theta sketch of the different values. Spark 4.1 and later. */
export function theta_sketch_agg(
  column: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "theta_sketch_agg",
    columnOf(column),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
  );
}

/** About how many different values a theta sketch saw. Spark 4.1 and later. */
export function theta_sketch_estimate(
  column: ColumnOrName,
): Column<number | null> {
  return call("theta_sketch_estimate", columnOf(column));
}

/** Two theta sketches as one. Spark 4.1 and later. */
export function theta_union(
  a: ColumnOrName,
  b: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "theta_union",
    columnOf(a),
    columnOf(b),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
  );
}

/** Theta sketches as one. Spark 4.1 and later. */
export function theta_union_agg(
  column: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
): Column<Uint8Array | null> {
  return call(
    "theta_union_agg",
    columnOf(column),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
  );
}

/** The keys of one tuple sketch of doubles that another has not seen. Spark 4.2 and later. */
export function tuple_difference_double(
  a: ColumnOrName,
  b: ColumnOrName,
): Column<Uint8Array | null> {
  return call("tuple_difference_double", columnOf(a), columnOf(b));
}

/** The keys of one tuple sketch of integers that another has not seen. Spark 4.2 and later. */
export function tuple_difference_integer(
  a: ColumnOrName,
  b: ColumnOrName,
): Column<Uint8Array | null> {
  return call("tuple_difference_integer", columnOf(a), columnOf(b));
}

/** The keys of a tuple sketch of doubles that a theta sketch has not seen. Spark 4.2 and later. */
export function tuple_difference_theta_double(
  a: ColumnOrName,
  b: ColumnOrName,
): Column<Uint8Array | null> {
  return call("tuple_difference_theta_double", columnOf(a), columnOf(b));
}

/** The keys of a tuple sketch of integers that a theta sketch has not seen. Spark 4.2 and later. */
export function tuple_difference_theta_integer(
  a: ColumnOrName,
  b: ColumnOrName,
): Column<Uint8Array | null> {
  return call("tuple_difference_theta_integer", columnOf(a), columnOf(b));
}

/** The keys that all tuple sketches of doubles have seen. Spark 4.2 and later. */
export function tuple_intersection_agg_double(
  column: ColumnOrName,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_intersection_agg_double",
    columnOf(column),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** The keys that all tuple sketches of integers have seen. Spark 4.2 and later. */
export function tuple_intersection_agg_integer(
  column: ColumnOrName,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_intersection_agg_integer",
    columnOf(column),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** The keys that two tuple sketches of doubles have seen. Spark 4.2 and later. */
export function tuple_intersection_double(
  a: ColumnOrName,
  b: ColumnOrName,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_intersection_double",
    columnOf(a),
    columnOf(b),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** The keys that two tuple sketches of integers have seen. Spark 4.2 and later. */
export function tuple_intersection_integer(
  a: ColumnOrName,
  b: ColumnOrName,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_intersection_integer",
    columnOf(a),
    columnOf(b),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** The keys that a tuple sketch of doubles and a theta sketch have seen. Spark 4.2 and later. */
export function tuple_intersection_theta_double(
  a: ColumnOrName,
  b: ColumnOrName,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_intersection_theta_double",
    columnOf(a),
    columnOf(b),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** The keys that a tuple sketch of integers and a theta sketch have seen. Spark 4.2 and later. */
export function tuple_intersection_theta_integer(
  a: ColumnOrName,
  b: ColumnOrName,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_intersection_theta_integer",
    columnOf(a),
    columnOf(b),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** A tuple sketch: different keys, with a double for each. Spark 4.2 and later. */
export function tuple_sketch_agg_double(
  key: ColumnOrName,
  summary: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_sketch_agg_double",
    columnOf(key),
    columnOf(summary),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** A tuple sketch: different keys, with an integer for each. Spark 4.2 and later. */
export function tuple_sketch_agg_integer(
  key: ColumnOrName,
  summary: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_sketch_agg_integer",
    columnOf(key),
    columnOf(summary),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** About how many different keys a tuple sketch of doubles saw. Spark 4.2 and later. */
export function tuple_sketch_estimate_double(
  column: ColumnOrName,
): Column<number | null> {
  return call("tuple_sketch_estimate_double", columnOf(column));
}

/** About how many different keys a tuple sketch of integers saw. Spark 4.2 and later. */
export function tuple_sketch_estimate_integer(
  column: ColumnOrName,
): Column<number | null> {
  return call("tuple_sketch_estimate_integer", columnOf(column));
}

/** The doubles of a tuple sketch's keys together. Spark 4.2 and later. */
export function tuple_sketch_summary_double(
  column: ColumnOrName,
  mode?: TextOrColumn,
): Column<number | null> {
  return call(
    "tuple_sketch_summary_double",
    columnOf(column),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** The integers of a tuple sketch's keys together. Spark 4.2 and later. */
export function tuple_sketch_summary_integer(
  column: ColumnOrName,
  mode?: TextOrColumn,
): Column<number | null> {
  return call(
    "tuple_sketch_summary_integer",
    columnOf(column),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** The share of keys that a tuple sketch of doubles has kept. Spark 4.2 and later. */
export function tuple_sketch_theta_double(
  column: ColumnOrName,
): Column<number | null> {
  return call("tuple_sketch_theta_double", columnOf(column));
}

/** The share of keys that a tuple sketch of integers has kept. Spark 4.2 and later. */
export function tuple_sketch_theta_integer(
  column: ColumnOrName,
): Column<number | null> {
  return call("tuple_sketch_theta_integer", columnOf(column));
}

/** Tuple sketches of doubles as one. Spark 4.2 and later. */
export function tuple_union_agg_double(
  column: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_union_agg_double",
    columnOf(column),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** Tuple sketches of integers as one. Spark 4.2 and later. */
export function tuple_union_agg_integer(
  column: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_union_agg_integer",
    columnOf(column),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** Two tuple sketches of doubles as one. Spark 4.2 and later. */
export function tuple_union_double(
  a: ColumnOrName,
  b: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_union_double",
    columnOf(a),
    columnOf(b),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** Two tuple sketches of integers as one. Spark 4.2 and later. */
export function tuple_union_integer(
  a: ColumnOrName,
  b: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_union_integer",
    columnOf(a),
    columnOf(b),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** A tuple sketch of doubles and a theta sketch as one. Spark 4.2 and later. */
export function tuple_union_theta_double(
  a: ColumnOrName,
  b: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_union_theta_double",
    columnOf(a),
    columnOf(b),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
    mode === undefined ? undefined : valueOf(mode),
  );
}

/** A tuple sketch of integers and a theta sketch as one. Spark 4.2 and later. */
export function tuple_union_theta_integer(
  a: ColumnOrName,
  b: ColumnOrName,
  lgNomEntries?: NumberOrColumn,
  mode?: TextOrColumn,
): Column<Uint8Array | null> {
  return call(
    "tuple_union_theta_integer",
    columnOf(a),
    columnOf(b),
    lgNomEntries === undefined ? undefined : valueOf(lgNomEntries),
    mode === undefined ? undefined : valueOf(mode),
  );
}
