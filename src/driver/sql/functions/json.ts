// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * JSON, CSV and XML as text.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  optionsOf,
  schemaOf,
  type SchemaOrColumn,
  type TextOptions,
  type TextOrColumn,
  valueOf,
} from "./call.ts";

/** A part of a text of JSON, by a path such as `$.a[0]`. */
export function get_json_object(
  column: ColumnOrName,
  path: TextOrColumn,
): Column<string | null> {
  return call("get_json_object", columnOf(column), valueOf(path));
}

/** Number of elements of a JSON array. */
export function json_array_length(column: ColumnOrName): Column<number | null> {
  return call("json_array_length", columnOf(column));
}

/** The keys of a JSON object. */
export function json_object_keys(column: ColumnOrName): Column<Untyped> {
  return call("json_object_keys", columnOf(column));
}

/** The struct of a line of CSV. */
export function from_csv(
  column: ColumnOrName,
  schema: SchemaOrColumn,
  options?: TextOptions,
): Column<Untyped> {
  return call(
    "from_csv",
    columnOf(column),
    schemaOf(schema),
    options === undefined ? undefined : optionsOf(options),
  );
}

/** The value of a text of JSON, by a schema in SQL's words. */
export function from_json(
  column: ColumnOrName,
  schema: SchemaOrColumn,
  options?: TextOptions,
): Column<Untyped> {
  return call(
    "from_json",
    columnOf(column),
    schemaOf(schema),
    options === undefined ? undefined : optionsOf(options),
  );
}

/** The struct of a text of XML. Spark 4.0 and later. */
export function from_xml(
  column: ColumnOrName,
  schema: SchemaOrColumn,
  options?: TextOptions,
): Column<Untyped> {
  return call(
    "from_xml",
    columnOf(column),
    schemaOf(schema),
    options === undefined ? undefined : optionsOf(options),
  );
}

/** The schema of a line of CSV, in SQL's words. */
export function schema_of_csv(
  c: TextOrColumn,
  options?: TextOptions,
): Column<string | null> {
  return call(
    "schema_of_csv",
    valueOf(c),
    options === undefined ? undefined : optionsOf(options),
  );
}

/** The schema of a text of JSON, in SQL's words. */
export function schema_of_json(
  c: TextOrColumn,
  options?: TextOptions,
): Column<string | null> {
  return call(
    "schema_of_json",
    valueOf(c),
    options === undefined ? undefined : optionsOf(options),
  );
}

/** The schema of a text of XML, in SQL's words. Spark 4.0 and later. */
export function schema_of_xml(
  c: TextOrColumn,
  options?: TextOptions,
): Column<string | null> {
  return call(
    "schema_of_xml",
    valueOf(c),
    options === undefined ? undefined : optionsOf(options),
  );
}

/** A struct as a line of CSV. */
export function to_csv(
  column: ColumnOrName,
  options?: TextOptions,
): Column<string | null> {
  return call(
    "to_csv",
    columnOf(column),
    options === undefined ? undefined : optionsOf(options),
  );
}

/** A struct, map, array or variant as JSON. */
export function to_json(
  column: ColumnOrName,
  options?: TextOptions,
): Column<string | null> {
  return call(
    "to_json",
    columnOf(column),
    options === undefined ? undefined : optionsOf(options),
  );
}

/** A struct as XML. Spark 4.0 and later. */
export function to_xml(
  column: ColumnOrName,
  options?: TextOptions,
): Column<string | null> {
  return call(
    "to_xml",
    columnOf(column),
    options === undefined ? undefined : optionsOf(options),
  );
}

/** The texts at a path in XML. */
export function xpath(xml: ColumnOrName, path: ColumnOrName): Column<Untyped> {
  return call("xpath", columnOf(xml), columnOf(path));
}

/** Whether a path in XML finds something, or a condition holds. */
export function xpath_boolean(
  xml: ColumnOrName,
  path: ColumnOrName,
): Column<boolean | null> {
  return call("xpath_boolean", columnOf(xml), columnOf(path));
}

/** The number at a path in XML, as a double. */
export function xpath_double(
  xml: ColumnOrName,
  path: ColumnOrName,
): Column<number | null> {
  return call("xpath_double", columnOf(xml), columnOf(path));
}

/** The number at a path in XML, as a float. */
export function xpath_float(
  xml: ColumnOrName,
  path: ColumnOrName,
): Column<number | null> {
  return call("xpath_float", columnOf(xml), columnOf(path));
}

/** The number at a path in XML, as an int. */
export function xpath_int(
  xml: ColumnOrName,
  path: ColumnOrName,
): Column<number | null> {
  return call("xpath_int", columnOf(xml), columnOf(path));
}

/** The number at a path in XML, as a long. */
export function xpath_long(
  xml: ColumnOrName,
  path: ColumnOrName,
): Column<number | null> {
  return call("xpath_long", columnOf(xml), columnOf(path));
}

/** The same as {@link xpath_double}. */
export function xpath_number(
  xml: ColumnOrName,
  path: ColumnOrName,
): Column<number | null> {
  return call("xpath_number", columnOf(xml), columnOf(path));
}

/** The number at a path in XML, as a short. */
export function xpath_short(
  xml: ColumnOrName,
  path: ColumnOrName,
): Column<number | null> {
  return call("xpath_short", columnOf(xml), columnOf(path));
}

/** The text at a path in XML. */
export function xpath_string(
  xml: ColumnOrName,
  path: ColumnOrName,
): Column<string | null> {
  return call("xpath_string", columnOf(xml), columnOf(path));
}
