/**
 * What functions are made of: arguments as expressions, and one call.
 *
 * @module
 */
import { Column } from "../column.ts";
import type { StructType } from "../../../types/data_type.ts";
import * as expression from "../expression/expression.ts";
import type { Expression } from "../expression/expression.ts";
import { columnOrName, toExpression } from "../expression/to_expression.ts";
import { functionSince } from "../spark_versions.ts";
import type { Untyped } from "../typing/untyped.ts";

/** A column: by its name, as it is, or a value that is no text. */
export type ColumnOrName<T = Untyped> =
  | string
  | Column<T>
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | null;

/** A text as it is, or a column of texts. */
export type TextOrColumn = string | Column<Untyped>;

/** A number as it is, or a column of numbers. */
export type NumberOrColumn = number | bigint | Column<Untyped>;

/** A schema in SQL's words, as a type, or as a column such as `schema_of_json` gives. */
export type SchemaOrColumn = string | StructType | Column<Untyped>;

/** Options of a format, by their names in Spark. */
export type TextOptions = Readonly<Record<string, string | number | boolean>>;

/**
 * A call of a function by its name in SQL.
 *
 * @param name the function's name
 * @param args its arguments; those left out at the end are not passed
 */
export function call<T>(
  name: string,
  ...args: readonly (Expression | undefined)[]
): Column<T> {
  const all = given(name, args);
  return new Column(
    expression.call(name, all, functionSince(name, all.length)),
  );
}

/** A call of a method of `org.apache.spark.sql.functions`. */
export function staticCall<T>(
  name: string,
  ...args: Parameters<typeof expression.staticCall>[1]
): Column<T> {
  return new Column(
    expression.staticCall(name, args, functionSince(name, args.length)),
  );
}

/** A column by its name, or as it is; any other value as a literal. */
export function columnOf(column: ColumnOrName): Expression {
  return typeof column === "string"
    ? columnOrName(column)
    : toExpression(column);
}

/** A value as a literal, or a column as it is. */
export function valueOf(value: unknown): Expression {
  return toExpression(value);
}

/** A word of SQL's grammar, such as the unit of `timestamp_add`. */
export function sqlWord(word: string): Expression {
  return toExpression(word);
}

/** A schema as an argument of `from_json` and its kin. */
export function schemaOf(schema: SchemaOrColumn): Expression {
  if (typeof schema === "string") return toExpression(schema);
  return "fields" in schema
    ? toExpression(schema.toDDL())
    : toExpression(schema);
}

/** Options as a map of texts. */
export function optionsOf(options: TextOptions): Expression {
  const entries = Object.entries(options);
  return toExpression(
    new Map(entries.map(([name, value]) => [name, String(value)])),
  );
}

/**
 * The arguments up to the last that was given.
 *
 * @throws TypeError for one left out before another
 */
function given(
  name: string,
  args: readonly (Expression | undefined)[],
): Expression[] {
  const last = args.findLastIndex((arg) => arg !== undefined);
  return args.slice(0, last + 1).map((arg, index) => {
    if (arg !== undefined) return arg;
    throw new TypeError(
      `Cannot call ${name}() without its argument ${
        index + 1
      }: a later one is given; give all before it`,
    );
  });
}
