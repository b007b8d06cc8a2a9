// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Variants: values of any shape, as JSON has them.
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

/** Whether the bytes of a variant are well-formed. Spark 4.2 and later. */
export function is_valid_variant(column: ColumnOrName): Column<boolean | null> {
  return call("is_valid_variant", columnOf(column));
}

/** Whether the variant is JSON's null. Spark 4.0 and later. */
export function is_variant_null(column: ColumnOrName): Column<boolean | null> {
  return call("is_variant_null", columnOf(column));
}

/** The variant of a text of JSON. Spark 4.0 and later. */
export function parse_json(column: ColumnOrName): Column<Untyped> {
  return call("parse_json", columnOf(column));
}

/** The variant's schema, in SQL's words. Spark 4.0 and later. */
export function schema_of_variant(column: ColumnOrName): Column<string | null> {
  return call("schema_of_variant", columnOf(column));
}

/** A struct, map or array as a variant. Spark 4.0 and later. */
export function to_variant_object(column: ColumnOrName): Column<Untyped> {
  return call("to_variant_object", columnOf(column));
}

/** As {@link parse_json}, or null where the text is none. Spark 4.0 and later. */
export function try_parse_json(column: ColumnOrName): Column<Untyped> {
  return call("try_parse_json", columnOf(column));
}

/** A part of a variant as a type, by a path such as `$.a[0]`. Spark 4.0 and later. */
export function variant_get(
  column: ColumnOrName,
  path: unknown,
  targetType: TextOrColumn,
): Column<Untyped> {
  return call(
    "variant_get",
    columnOf(column),
    valueOf(path),
    valueOf(targetType),
  );
}

/** As {@link variant_get}, or null where it has not that type. Spark 4.0 and later. */
export function try_variant_get(
  column: ColumnOrName,
  path: unknown,
  targetType: TextOrColumn,
): Column<Untyped> {
  return call(
    "try_variant_get",
    columnOf(column),
    valueOf(path),
    valueOf(targetType),
  );
}

/** The variant without the parts at paths. Spark 4.3 and later. */
export function variant_delete(
  column: ColumnOrName,
  ...names: readonly TextOrColumn[]
): Column<Untyped> {
  return call("variant_delete", columnOf(column), ...names.map(valueOf));
}

/** The variant with a value more, at a path. Spark 4.3 and later. */
export function variant_insert(
  column: ColumnOrName,
  path: unknown,
  value: unknown,
): Column<Untyped> {
  return call(
    "variant_insert",
    columnOf(column),
    valueOf(path),
    valueOf(value),
  );
}

/** As {@link variant_insert}, or null where it cannot be. Spark 4.3 and later. */
export function try_variant_insert(
  column: ColumnOrName,
  path: unknown,
  value: unknown,
): Column<Untyped> {
  return call(
    "try_variant_insert",
    columnOf(column),
    valueOf(path),
    valueOf(value),
  );
}

/** The variant with the value at a path replaced, or added. Spark 4.3 and later. */
export function variant_set(
  column: ColumnOrName,
  path: unknown,
  value: unknown,
  createIfMissing?: boolean,
): Column<Untyped> {
  return call(
    "variant_set",
    columnOf(column),
    valueOf(path),
    valueOf(value),
    createIfMissing === undefined ? undefined : valueOf(createIfMissing),
  );
}

/** As {@link variant_set}, or null where it cannot be. Spark 4.3 and later. */
export function try_variant_set(
  column: ColumnOrName,
  path: unknown,
  value: unknown,
  createIfMissing?: boolean,
): Column<Untyped> {
  return call(
    "try_variant_set",
    columnOf(column),
    valueOf(path),
    valueOf(value),
    createIfMissing === undefined ? undefined : valueOf(createIfMissing),
  );
}

/** The variant with one element more in the array at a path. Spark 4.3 and later. */
export function variant_array_append(
  column: ColumnOrName,
  path: unknown,
  value: unknown,
): Column<Untyped> {
  return call(
    "variant_array_append",
    columnOf(column),
    valueOf(path),
    valueOf(value),
  );
}

/** As {@link variant_array_append}, or null where it cannot be. Spark 4.3 and later. */
export function try_variant_array_append(
  column: ColumnOrName,
  path: unknown,
  value: unknown,
): Column<Untyped> {
  return call(
    "try_variant_array_append",
    columnOf(column),
    valueOf(path),
    valueOf(value),
  );
}

/** The variant without nulls, also in arrays unless told not to. Spark 4.3 and later. */
export function variant_strip_nulls(
  column: ColumnOrName,
  includeArrays?: boolean,
): Column<Untyped> {
  return call(
    "variant_strip_nulls",
    columnOf(column),
    includeArrays === undefined ? undefined : valueOf(includeArrays),
  );
}
