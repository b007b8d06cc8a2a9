// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Columns, values, expressions, conditions, sort orders, and functions by name.
 *
 * @module
 */
import type { ValueOfDdlType } from "../../../types/ddl_shape.ts";
import type { Decimal } from "../../../types/type_settings.ts";
import { Column, type ColumnOr } from "../column.ts";
import type { DataFrame } from "../data_frame.ts";
import { firstBranch } from "../expression/case_expression.ts";
import * as expression from "../expression/expression.ts";
import { type SortOrder, sortOrder } from "../expression/column_parts.ts";
import { expressionOf, toExpression } from "../expression/to_expression.ts";
import type { LastName } from "../typing/name.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  staticCall,
  type TextOrColumn,
  valueOf,
} from "./call.ts";

/**
 * A column by its name.
 *
 * @param name the name, or a path such as `address.city`; in backticks where a dot belongs to it
 */
export function col<const N extends string>(
  name: N,
): Column<Untyped, LastName<N>> {
  return new Column(expression.columnName(name));
}

/** The same as {@link col}. */
export function column<const N extends string>(
  name: N,
): Column<Untyped, LastName<N>> {
  return col(name);
}

/**
 * A value as a column: null, booleans, numbers (whole ones as int or bigint,
 * others as double), bigint (bigint, or decimal(38,0) beyond 64 bits), texts,
 * `Uint8Array`, `Date`, `Temporal` values, and arrays, Maps and plain objects
 * of these; a Column stays as it is.
 *
 * @param value the value
 * @param type its type in SQL's words where that is not its own, such as `decimal(10,2)` for the text `"1.50"`
 * @throws TypeError for a value without a form in Spark
 */
export function lit<const D extends string>(
  value: unknown,
  type: D,
): Column<TypedLiteral<D>>;
/** A value as a column, of its own type. */
export function lit<T>(value: T): Column<Literal<T>>;
export function lit(value: unknown, type?: string): Column<unknown> {
  const made = new Column(toExpression(value));
  return type === undefined ? made : made.cast(type);
}

/** What a value is as a literal: a decimal without its type is a text for Spark. */
export type Literal<T> = 0 extends 1 & T ? T
  : [T] extends [null] ? T
  : [T] extends [Decimal | null] ? string
  : T;

/** What values of a type in SQL's words are. */
export type TypedLiteral<D extends string> = unknown extends ValueOfDdlType<D>
  ? Untyped
  : ValueOfDdlType<D>;

/** An expression in SQL. */
export function expr(text: string): Column<Untyped> {
  return new Column({ kind: "sql", text });
}

/**
 * The first branch of a conditional column: more follow by `when()` and
 * `otherwise()` of the column.
 *
 * @param condition the branch's condition
 * @param value its value
 *
 * @example
 * ```ts
 * import { col, when } from "@tspark/tspark/functions";
 *
 * const size = when(col("n").gt(100), "large").when(col("n").gt(10), "medium").otherwise("small");
 * ```
 */
export function when<T>(
  condition: Column<boolean> | Column<boolean | null>,
  value: ColumnOr<T>,
): Column<T | null> {
  return new Column(firstBranch(expressionOf(condition), toExpression(value)));
}

/** Ascending order, nulls first. */
export function asc(column: ColumnOrName): Column<Untyped> {
  return ordered(column, "asc");
}

/** Ascending order, nulls first. */
export function asc_nulls_first(column: ColumnOrName): Column<Untyped> {
  return ordered(column, "asc_nulls_first");
}

/** Ascending order, nulls last. */
export function asc_nulls_last(column: ColumnOrName): Column<Untyped> {
  return ordered(column, "asc_nulls_last");
}

/** Descending order, nulls last. */
export function desc(column: ColumnOrName): Column<Untyped> {
  return ordered(column, "desc");
}

/** Descending order, nulls first. */
export function desc_nulls_first(column: ColumnOrName): Column<Untyped> {
  return ordered(column, "desc_nulls_first");
}

/** Descending order, nulls last. */
export function desc_nulls_last(column: ColumnOrName): Column<Untyped> {
  return ordered(column, "desc_nulls_last");
}

/** Whether the condition does not hold. */
export function not(column: ColumnOrName): Column<boolean | null> {
  return staticCall("not", columnOf(column));
}

/** The value with the other sign. */
export function negate<T = Untyped>(column: ColumnOrName<T>): Column<T> {
  return staticCall("negate", columnOf(column));
}

/** The bits the other way round. */
export function bitwise_not<T = Untyped>(column: ColumnOrName<T>): Column<T> {
  return staticCall("bitwise_not", columnOf(column));
}

/**
 * A function of SQL by its name, built in or registered.
 *
 * @param name the function's name
 * @param args columns, by name or as they are
 */
export function call_function(
  name: string,
  ...args: readonly ColumnOrName[]
): Column<Untyped> {
  return new Column(expression.call(name, args.map(columnOf)));
}

/** The same as {@link call_function}, for registered functions. */
export function call_udf(
  name: string,
  ...args: readonly ColumnOrName[]
): Column<Untyped> {
  return new Column(expression.call(name, args.map(columnOf)));
}

/** Tells Spark that a frame is small enough for every executor to have all of it. */
export function broadcast<S extends object>(df: DataFrame<S>): DataFrame<S> {
  return df.hint("broadcast");
}

/** The value's type in SQL's words. */
function typeOf(column: ColumnOrName): Column<string> {
  return call("typeof", columnOf(column));
}
export { typeOf as typeof };

/** The text under a collation, such as `UNICODE_CI`. Spark 4.0 and later. */
export function collate(
  column: ColumnOrName,
  collation: string,
): Column<string | null> {
  return call("collate", columnOf(column), valueOf(collation));
}

/** The value of a user-defined type as it is stored. */
export function unwrap_udt(column: ColumnOrName): Column<Untyped> {
  return staticCall("unwrap_udt", columnOf(column));
}

/**
 * The logarithm to a base.
 *
 * @param base the base; Euler's number when only a value is given
 * @param value the value
 */
export function log(
  base: number | ColumnOrName,
  value?: ColumnOrName,
): Column<number | null> {
  return value === undefined
    ? call("ln", columnOf(base))
    : call("log", columnOf(base), columnOf(value));
}

/** Without spaces, or other characters, at both ends. */
export function trim(
  column: ColumnOrName,
  characters?: TextOrColumn,
): Column<string | null> {
  return trimmed("trim", column, characters);
}

/** Without spaces, or other characters, on the left. */
export function ltrim(
  column: ColumnOrName,
  characters?: TextOrColumn,
): Column<string | null> {
  return trimmed("ltrim", column, characters);
}

/** Without spaces, or other characters, on the right. */
export function rtrim(
  column: ColumnOrName,
  characters?: TextOrColumn,
): Column<string | null> {
  return trimmed("rtrim", column, characters);
}

/** A map of keys and values in turn. */
export function create_map(
  ...columns: readonly ColumnOrName[]
): Column<Untyped> {
  return call("map", ...columns.map(columnOf));
}

function ordered(column: ColumnOrName, order: SortOrder): Column<Untyped> {
  return new Column(sortOrder(columnOf(column), order));
}

/** SQL's functions take the characters first. */
function trimmed(
  name: string,
  column: ColumnOrName,
  characters: TextOrColumn | undefined,
): Column<string | null> {
  return characters === undefined
    ? call(name, columnOf(column))
    : call(name, valueOf(characters), columnOf(column));
}
