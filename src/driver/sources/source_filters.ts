/** A column of a filter: its name, and behind it those of fields within it. */
export type ColumnPath = readonly string[];

/** A filter that compares a column with a value. */
export interface ValueFilter<K extends string, V = unknown> {
  /** What it is. */
  readonly kind: K;
  /** The column. */
  readonly attribute: ColumnPath;
  /** The value: longs beyond 2^53 are bigint, decimals texts, dates and times `Date`. */
  readonly value: V;
}

/** Equal; null where either is null. */
export type EqualTo = ValueFilter<"EqualTo">;
/** Equal, or both null. */
export type EqualNullSafe = ValueFilter<"EqualNullSafe">;
/** Greater than the value. */
export type GreaterThan = ValueFilter<"GreaterThan">;
/** Greater than the value, or equal. */
export type GreaterThanOrEqual = ValueFilter<"GreaterThanOrEqual">;
/** Less than the value. */
export type LessThan = ValueFilter<"LessThan">;
/** Less than the value, or equal. */
export type LessThanOrEqual = ValueFilter<"LessThanOrEqual">;
/** One of the values. */
export type In = ValueFilter<"In", readonly unknown[]>;
/** A text that begins with the value. */
export type StringStartsWith = ValueFilter<"StringStartsWith", string>;
/** A text that ends with the value. */
export type StringEndsWith = ValueFilter<"StringEndsWith", string>;
/** A text that the value is in. */
export type StringContains = ValueFilter<"StringContains", string>;

/** Null. */
export interface IsNull {
  /** What it is. */
  readonly kind: "IsNull";
  /** The column. */
  readonly attribute: ColumnPath;
}

/** Not null. */
export interface IsNotNull {
  /** What it is. */
  readonly kind: "IsNotNull";
  /** The column. */
  readonly attribute: ColumnPath;
}

/** What another filter does not hold for. */
export interface Not {
  /** What it is. */
  readonly kind: "Not";
  /** The other filter. */
  readonly child: Exclude<Filter, Not>;
}

/**
 * A condition of a query that a source may apply itself. A row has to meet all
 * of those that a source is given.
 */
export type Filter =
  | EqualTo
  | EqualNullSafe
  | GreaterThan
  | GreaterThanOrEqual
  | LessThan
  | LessThanOrEqual
  | In
  | IsNull
  | IsNotNull
  | Not
  | StringStartsWith
  | StringEndsWith
  | StringContains;
