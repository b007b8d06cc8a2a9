// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * What a query knows of itself, and the rest.
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

/** Null where a condition holds, else an error. */
export function assert_true(
  column: ColumnOrName,
  errMsg?: TextOrColumn,
): Column<Untyped> {
  return call(
    "assert_true",
    columnOf(column),
    errMsg === undefined ? undefined : valueOf(errMsg),
  );
}

/** The bit for a value within its bitmap. */
export function bitmap_bit_position(
  column: ColumnOrName,
): Column<number | null> {
  return call("bitmap_bit_position", columnOf(column));
}

/** The number of the bitmap for a value. */
export function bitmap_bucket_number(
  column: ColumnOrName,
): Column<number | null> {
  return call("bitmap_bucket_number", columnOf(column));
}

/** How many bits a bitmap has set. */
export function bitmap_count(column: ColumnOrName): Column<number | null> {
  return call("bitmap_count", columnOf(column));
}

/** The session's catalog. */
export function current_catalog(): Column<string | null> {
  return call("current_catalog");
}

/** The session's database. */
export function current_database(): Column<string | null> {
  return call("current_database");
}

/** The session's path of schemas. Spark 4.2 and later. */
export function current_path(): Column<string | null> {
  return call("current_path");
}

/** The same as {@link current_database}. */
export function current_schema(): Column<string | null> {
  return call("current_schema");
}

/** Who runs the query. */
export function current_user(): Column<string | null> {
  return call("current_user");
}

/** Length of the block that the row was read from, in bytes. */
export function input_file_block_length(): Column<number | null> {
  return call("input_file_block_length");
}

/** Where the block that the row was read from starts, in bytes. */
export function input_file_block_start(): Column<number | null> {
  return call("input_file_block_start");
}

/** The file that the row was read from. */
export function input_file_name(): Column<string | null> {
  return call("input_file_name");
}

/** What a static method of Java's returns, by class, method and arguments. */
export function java_method(
  ...columns: readonly ColumnOrName[]
): Column<string | null> {
  return call("java_method", ...columns.map(columnOf));
}

/** A number of its own for each row, growing within a partition. */
export function monotonically_increasing_id(): Column<number> {
  return call("monotonically_increasing_id");
}

/** An error with this text, when the row is computed. */
export function raise_error(errMsg: unknown): Column<Untyped> {
  return call("raise_error", valueOf(errMsg));
}

/** A random number from 0 to 1. */
export function rand(seed?: NumberOrColumn): Column<number> {
  return call("rand", seed === undefined ? undefined : valueOf(seed));
}

/** The same as {@link rand}. */
export function random(seed?: NumberOrColumn): Column<number> {
  return call("random", seed === undefined ? undefined : valueOf(seed));
}

/** A random number of the normal distribution. */
export function randn(seed?: NumberOrColumn): Column<number> {
  return call("randn", seed === undefined ? undefined : valueOf(seed));
}

/** The same as {@link java_method}. */
export function reflect(
  ...columns: readonly ColumnOrName[]
): Column<string | null> {
  return call("reflect", ...columns.map(columnOf));
}

/** The same as {@link current_user}. Spark 4.0 and later. */
export function session_user(): Column<string | null> {
  return call("session_user");
}

/** The number of the row's partition. */
export function spark_partition_id(): Column<number> {
  return call("spark_partition_id");
}

/** As {@link java_method}, or null where it throws. Spark 4.0 and later. */
export function try_reflect(
  ...columns: readonly ColumnOrName[]
): Column<string | null> {
  return call("try_reflect", ...columns.map(columnOf));
}

/** The same as {@link current_user}. */
export function user(): Column<string | null> {
  return call("user");
}

/** A random UUID; repeatable with a seed, which takes Spark 4.1. */
export function uuid(seed?: NumberOrColumn): Column<string | null> {
  return call("uuid", seed === undefined ? undefined : valueOf(seed));
}

/** The version of Spark. */
export function version(): Column<string | null> {
  return call("version");
}

/** A geometry or geography in well-known binary form. Spark 4.1 and later. */
export function st_asbinary(
  geo: ColumnOrName,
  endianness?: ColumnOrName,
): Column<Uint8Array | null> {
  return call(
    "st_asbinary",
    columnOf(geo),
    endianness === undefined ? undefined : columnOf(endianness),
  );
}

/** The geography of well-known binary form. Spark 4.1 and later. */
export function st_geogfromwkb(wkb: ColumnOrName): Column<Untyped> {
  return call("st_geogfromwkb", columnOf(wkb));
}

/** The geometry of well-known binary form. Spark 4.1 and later. */
export function st_geomfromwkb(
  wkb: ColumnOrName,
  srid?: ColumnOrName,
): Column<Untyped> {
  return call(
    "st_geomfromwkb",
    columnOf(wkb),
    srid === undefined ? undefined : columnOf(srid),
  );
}

/** The same shape in another reference system. Spark 4.1 and later. */
export function st_setsrid(
  geo: ColumnOrName,
  srid: ColumnOrName,
): Column<Untyped> {
  return call("st_setsrid", columnOf(geo), columnOf(srid));
}

/** The number of the reference system. Spark 4.1 and later. */
export function st_srid(geo: ColumnOrName): Column<number | null> {
  return call("st_srid", columnOf(geo));
}

/** The cosine of the angle between two vectors. Spark 4.2 and later. */
export function vector_cosine_similarity(
  left: ColumnOrName,
  right: ColumnOrName,
): Column<number | null> {
  return call("vector_cosine_similarity", columnOf(left), columnOf(right));
}

/** The inner product of two vectors. Spark 4.2 and later. */
export function vector_inner_product(
  left: ColumnOrName,
  right: ColumnOrName,
): Column<number | null> {
  return call("vector_inner_product", columnOf(left), columnOf(right));
}

/** The distance of two vectors. Spark 4.2 and later. */
export function vector_l2_distance(
  left: ColumnOrName,
  right: ColumnOrName,
): Column<number | null> {
  return call("vector_l2_distance", columnOf(left), columnOf(right));
}

/** The length of a vector, of degree 2 unless told. Spark 4.2 and later. */
export function vector_norm(
  column: ColumnOrName,
  degree?: ColumnOrName,
): Column<number | null> {
  return call(
    "vector_norm",
    columnOf(column),
    degree === undefined ? undefined : columnOf(degree),
  );
}

/** The vector of length 1 in the same direction. Spark 4.2 and later. */
export function vector_normalize(
  column: ColumnOrName,
  degree?: ColumnOrName,
): Column<Untyped> {
  return call(
    "vector_normalize",
    columnOf(column),
    degree === undefined ? undefined : columnOf(degree),
  );
}
