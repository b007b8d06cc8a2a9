import { SparkError } from "../../common/errors.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import { type DataType, sqlText } from "../../types/spark_types.ts";
import { addBranch, setOtherwise } from "./expression/case_expression.ts";
import { fieldNames, sortOrder } from "./expression/column_parts.ts";
import {
  call,
  type Expression,
  operation,
  staticCall,
} from "./expression/expression.ts";
import { printExpression } from "./expression/print_expression.ts";
import {
  EXPRESSION,
  expressionOf,
  toExpression,
} from "./expression/to_expression.ts";
import { type HasRelation, RELATION } from "./frame_relation.ts";
import { type Argument, seq } from "./plan/argument.ts";
import type { NoDecimal } from "../../types/type_settings.ts";
import type { VALUE_TYPE } from "../../types/typed.ts";
import type { COLUMN_NAME } from "./typing/column_like.ts";
import type { Untyped } from "./typing/untyped.ts";
import { windowOf, type WindowSpec } from "./window_spec.ts";

/**
 * What may stand beside a column of these values: a value, or another such
 * column. The text of a decimal is none: Spark would make both sides doubles,
 * which lose digits. Write `lit("12.50", "decimal(10,2)")` in its place.
 */
export type Operand<T> = (T & NoDecimal) | null | Column<T | null>;

/** A value, or a column of such values. */
export type ColumnOr<T> = T | Column<T> | Column<T | null>;

/**
 * A value computed from each row: a column of a DataFrame, or an expression
 * over some. `T` is the type of its values, `N` the name that it has as a
 * column.
 *
 * JavaScript's operators do not work on it: `a + 1`, `a < 2` and `a == 1`
 * throw an error that names the method to use. `===`, `!`, `&&` and `if`
 * cannot be intercepted: use `eq`, `not`, `and` and `when`.
 *
 * @example
 * ```ts
 * import { col } from "@tspark/tspark/functions";
 *
 * const next = col("age").plus(1).as("next");
 * console.log(String(next)); // (age + 1) AS next
 * ```
 */
export class Column<out T = unknown, out N extends string = string> {
  /** @internal */
  readonly [EXPRESSION]: Expression;
  /**
   * Holds the type of the values; never set.
   *
   * @internal
   */
  declare readonly [VALUE_TYPE]?: T;
  /**
   * Holds the column's name; never set.
   *
   * @internal
   */
  declare readonly [COLUMN_NAME]?: N;

  /** @internal */
  constructor(expression: Expression) {
    this[EXPRESSION] = expression;
  }

  // Arithmetic

  /** The sum of both. */
  plus(other: Operand<T>): Column<T> {
    return this.#with("plus", other);
  }

  /** The difference of both. */
  minus(other: Operand<T>): Column<T> {
    return this.#with("minus", other);
  }

  /** The product of both. */
  times(other: Operand<T>): Column<T> {
    return this.#with("multiply", other);
  }

  /** The quotient of both, as Spark divides: a double, or a decimal of decimals. */
  divide(other: Operand<T>): Column<T> {
    return this.#with("divide", other);
  }

  /** The remainder of the division, with the sign of the dividend. */
  mod(other: Operand<T>): Column<T> {
    return this.#with("mod", other);
  }

  /** This value to the power of another, as a double. */
  pow(other: Operand<T>): Column<T> {
    return new Column(call("power", [this[EXPRESSION], toExpression(other)]));
  }

  /** The value with the other sign. */
  negate(): Column<T> {
    return new Column(staticCall("negate", [this[EXPRESSION]]));
  }

  // Comparison

  /** Whether both are equal; null where one of them is. */
  eq(other: Operand<T>): Column<boolean | null> {
    return this.#with("equalTo", other);
  }

  /** Whether both differ; null where one of them is. */
  ne(other: Operand<T>): Column<boolean | null> {
    return this.#with("notEqual", other);
  }

  /** Whether this is greater; null where one of them is. */
  gt(other: Operand<T>): Column<boolean | null> {
    return this.#with("gt", other);
  }

  /** Whether this is greater or equal; null where one of them is. */
  ge(other: Operand<T>): Column<boolean | null> {
    return this.#with("geq", other);
  }

  /** Whether this is less; null where one of them is. */
  lt(other: Operand<T>): Column<boolean | null> {
    return this.#with("lt", other);
  }

  /** Whether this is less or equal; null where one of them is. */
  le(other: Operand<T>): Column<boolean | null> {
    return this.#with("leq", other);
  }

  /** Whether both are equal, or both null; never null itself. */
  eqNullSafe(other: Operand<T>): Column<boolean> {
    return this.#with("eqNullSafe", other);
  }

  /** Whether the value lies between two others, both included. */
  between(lower: Operand<T>, upper: Operand<T>): Column<boolean | null> {
    return this.#with("between", lower, upper);
  }

  /**
   * Whether the value is one of these.
   *
   * @param values the values, one by one or as one array; or a frame of one column, which takes Spark 4.1
   */
  isin(
    ...values:
      | readonly Operand<T>[]
      | readonly [readonly Operand<T>[]]
      | readonly [HasRelation]
  ): Column<boolean | null> {
    const [frame] = values;
    if (isFrame(frame)) return this.#operation("isin", frame[RELATION]);
    const all = values.length === 1 && Array.isArray(values[0])
      ? values[0] as readonly unknown[]
      : values;
    return this.#operation("isin", seq(all.map(toExpression)));
  }

  /** Whether the value is null. */
  isNull(): Column<boolean> {
    return this.#operation("isNull");
  }

  /** Whether the value is not null. */
  isNotNull(): Column<boolean> {
    return this.#operation("isNotNull");
  }

  /** Whether the value is NaN. */
  isNaN(): Column<boolean> {
    return this.#operation("isNaN");
  }

  // Logic and bits

  /** Whether both hold. */
  and(other: ColumnOr<boolean>): Column<boolean | null> {
    return this.#with("and", other);
  }

  /** Whether one of them holds, or both. */
  or(other: ColumnOr<boolean>): Column<boolean | null> {
    return this.#with("or", other);
  }

  /** Whether this does not hold. */
  not(): Column<T> {
    return new Column(staticCall("not", [this[EXPRESSION]]));
  }

  /** The bits that both have. */
  bitwiseAnd(other: Operand<T>): Column<T> {
    return this.#with("bitwiseAND", other);
  }

  /** The bits that one of them has, or both. */
  bitwiseOr(other: Operand<T>): Column<T> {
    return this.#with("bitwiseOR", other);
  }

  /** The bits that exactly one of them has. */
  bitwiseXor(other: Operand<T>): Column<T> {
    return this.#with("bitwiseXOR", other);
  }

  // Text

  /**
   * Whether the text matches an SQL pattern: `%` for any characters, `_` for one.
   *
   * @param pattern the pattern
   */
  like(pattern: ColumnOr<string>): Column<boolean | null> {
    return this.#pattern("like", pattern);
  }

  /** As {@link Column.like}, whatever the case. */
  ilike(pattern: ColumnOr<string>): Column<boolean | null> {
    return this.#pattern("ilike", pattern);
  }

  /**
   * Whether a regular expression matches somewhere in the text.
   *
   * @param pattern in Java's syntax
   */
  rlike(pattern: ColumnOr<string>): Column<boolean | null> {
    return this.#pattern("rlike", pattern);
  }

  /** Whether the text contains another. */
  contains(other: ColumnOr<string>): Column<boolean | null> {
    return this.#with("contains", other);
  }

  /** Whether the text starts with another. */
  startsWith(other: ColumnOr<string>): Column<boolean | null> {
    return this.#with("startsWith", other);
  }

  /** Whether the text ends with another. */
  endsWith(other: ColumnOr<string>): Column<boolean | null> {
    return this.#with("endsWith", other);
  }

  /**
   * A part of the text, or of bytes.
   *
   * @param start the first character, from 1; from the end where negative
   * @param length how many characters, at most
   */
  substr(start: ColumnOr<number>, length: ColumnOr<number>): Column<T> {
    const bounds = [toExpression(start), toExpression(length)];
    return new Column(call("substring", [this[EXPRESSION], ...bounds]));
  }

  // Types and names

  /**
   * The value as another type; where that is impossible an error in ANSI mode,
   * which is Spark 4's, and null in the other.
   *
   * @param type in SQL's words, such as `int` or `array<string>`, or as a type
   */
  cast(type: string | DataType): Column<Untyped> {
    return this.#operation("cast", typeArgument(type));
  }

  /** The same as {@link Column.cast}. */
  astype(type: string | DataType): Column<Untyped> {
    return this.cast(type);
  }

  /** The value as another type, null where that is impossible. Spark 4.0 and later. */
  try_cast(type: string | DataType): Column<Untyped> {
    return this.#operation("try_cast", typeArgument(type));
  }

  /**
   * The column under another name, or the columns of a generator under several.
   *
   * @param names the name; one for each column of a generator such as `explode`
   */
  as<const M extends string>(name: M, options?: AliasOptions): Column<T, M>;
  /** A generator's columns under several names, one for each. */
  as(...names: readonly string[]): Column<T>;
  as(...args: readonly (string | AliasOptions | undefined)[]): Column<T> {
    const names = args.filter((arg) => typeof arg === "string");
    const options = args.find((arg) => typeof arg === "object");
    const metadata = options?.metadata;
    return new Column({
      kind: "alias",
      child: this[EXPRESSION],
      names,
      metadata: metadata === undefined ? null : JSON.stringify(metadata),
    });
  }

  /** The same as {@link Column.as}. */
  alias<const M extends string>(name: M, options?: AliasOptions): Column<T, M>;
  /** A generator's columns under several names, one for each. */
  alias(...names: readonly string[]): Column<T>;
  alias(...args: readonly (string | AliasOptions | undefined)[]): Column<T> {
    return this.as(...args as [string]);
  }

  /** The same as {@link Column.as} with one name. */
  name<const M extends string>(name: M): Column<T, M> {
    return this.as(name);
  }

  // Parts of a value

  /**
   * An element of an array, by its place from 0, or a map's value.
   *
   * @param key the place or key
   */
  getItem(key: unknown): Column<Untyped> {
    return this.#with("getItem", key);
  }

  /**
   * A field of a struct.
   *
   * @param name the field's name
   */
  getField(name: string): Column<Untyped> {
    return this.#operation("getField", name);
  }

  /**
   * The struct with a field added or replaced.
   *
   * @param name the field's name, which may lead into nested structs by dots
   * @param value its value
   */
  withField(name: string, value: Column<Untyped>): Column<Untyped> {
    return this.#operation("withField", name, expressionOf(value));
  }

  /**
   * The struct without these fields.
   *
   * @param names the fields' names, which may lead into nested structs by dots
   */
  dropFields(...names: readonly string[]): Column<Untyped> {
    return this.#operation("dropFields", fieldNames(names));
  }

  // Order

  /** Ascending order, nulls first. */
  asc(): Column<T, N> {
    return new Column(sortOrder(this[EXPRESSION], "asc"));
  }

  /** Ascending order, nulls first. */
  asc_nulls_first(): Column<T, N> {
    return new Column(sortOrder(this[EXPRESSION], "asc_nulls_first"));
  }

  /** Ascending order, nulls last. */
  asc_nulls_last(): Column<T, N> {
    return new Column(sortOrder(this[EXPRESSION], "asc_nulls_last"));
  }

  /** Descending order, nulls last. */
  desc(): Column<T, N> {
    return new Column(sortOrder(this[EXPRESSION], "desc"));
  }

  /** Descending order, nulls first. */
  desc_nulls_first(): Column<T, N> {
    return new Column(sortOrder(this[EXPRESSION], "desc_nulls_first"));
  }

  /** Descending order, nulls last. */
  desc_nulls_last(): Column<T, N> {
    return new Column(sortOrder(this[EXPRESSION], "desc_nulls_last"));
  }

  // Conditions and windows

  /**
   * One more branch of a column made by `when()`.
   *
   * @param condition the branch's condition
   * @param value its value
   * @throws SparkError `COLUMN_NOT_CONDITIONAL` for another column, and after `otherwise()`
   */
  when<U>(
    condition: Column<boolean> | Column<boolean | null>,
    value: ColumnOr<U>,
  ): Column<T | U> {
    const branch = [expressionOf(condition), toExpression(value)] as const;
    return new Column(addBranch(this[EXPRESSION], branch));
  }

  /**
   * The value of a column made by `when()` where no condition holds.
   *
   * @param value the value; null where `otherwise` is never called
   * @throws SparkError `COLUMN_NOT_CONDITIONAL` for another column, and the second time
   */
  otherwise<U>(value: ColumnOr<U>): Column<NonNullable<T> | U> {
    return new Column(setOtherwise(this[EXPRESSION], toExpression(value)));
  }

  /**
   * An aggregate or window function over the rows of a window.
   *
   * @param window which rows
   * @throws TypeError for what is no window
   */
  over(window: WindowSpec): Column<T> {
    return new Column({
      kind: "over",
      child: this[EXPRESSION],
      window: windowOf(window),
    });
  }

  /** The column of the query around a subquery. Spark 4.0 and later. */
  outer(): Column<T, N> {
    return this.#operation("outer");
  }

  /**
   * What a function makes of the column.
   *
   * @param f function of the column
   */
  transform<C extends Column<Untyped, string>>(
    f: (column: Column<T, N>) => C,
  ): C {
    return f(this);
  }

  /** The expression, as Spark would name the column. */
  toString(): string {
    return printExpression(this[EXPRESSION]);
  }

  /** What `JSON.stringify` writes: the expression. */
  toJSON(): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for("Deno.customInspect")](): string {
    return `Column<'${this}'>`;
  }

  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Column<'${this}'>`;
  }

  /**
   * Refuses JavaScript's operators.
   *
   * @throws SparkError `COLUMN_IN_OPERATOR`
   * @internal
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new SparkError(
      "COLUMN_IN_OPERATOR",
      `Cannot use the column "${this}" with a JavaScript operator: it is an expression for Spark, not a value; use its methods plus, minus, times, divide, mod, eq, ne, gt, ge, lt, le, and, or, not`,
      { column: this.toString() },
    );
  }

  /**
   * Why a column stays out of functions.
   *
   * @internal
   */
  [REFUSE_CAPTURE](): string {
    return "a Column cannot be used inside a function that runs on the workers: it is an expression of the driver's; pass it to the function as an argument of a UDF";
  }

  #operation<U, M extends string>(
    method: string,
    ...args: readonly Argument[]
  ): Column<U, M> {
    return new Column<U, M>(operation(this[EXPRESSION], method, args));
  }

  #with<U>(method: string, ...values: readonly unknown[]): Column<U> {
    return this.#operation(method, ...values.map(toExpression));
  }

  /** A pattern by value is a method's argument, one by column a function's. */
  #pattern<U>(method: string, pattern: ColumnOr<string>): Column<U> {
    return typeof pattern === "string"
      ? this.#operation(method, pattern)
      : new Column(call(method, [this[EXPRESSION], toExpression(pattern)]));
  }
}

/** What a name may bring along. */
export interface AliasOptions {
  /** The column's metadata. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

function isFrame(value: unknown): value is HasRelation {
  return typeof value === "object" && value !== null && RELATION in value;
}

function typeArgument(type: string | DataType): Argument {
  return typeof type === "string" ? type : sqlText(type);
}
