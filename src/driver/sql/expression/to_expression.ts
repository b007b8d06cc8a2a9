/**
 * JavaScript values as expressions.
 *
 * @module
 */
import type { Argument } from "../plan/argument.ts";
import { describeValue } from "../../../common/describe_value.ts";
import { call, columnName, type Expression, literal } from "./expression.ts";

/** Where a Column keeps its expression; not exported to users. */
export const EXPRESSION: unique symbol = Symbol("tspark.expression");

/** What has an expression: a Column. */
export interface HasExpression {
  /** @internal */
  readonly [EXPRESSION]: Expression;
}

/** Whether a value is a Column. */
export function hasExpression(value: unknown): value is HasExpression {
  return typeof value === "object" && value !== null && EXPRESSION in value;
}

/**
 * A column by its name, or a Column as it is.
 *
 * @throws TypeError for anything else
 */
export function columnOrName(value: HasExpression | string): Expression {
  return typeof value === "string" ? columnName(value) : expressionOf(value);
}

/**
 * A Column as it is.
 *
 * @throws TypeError for anything else, which a program may give that nobody compiles
 */
export function expressionOf(value: HasExpression): Expression {
  if (hasExpression(value)) return value[EXPRESSION];
  const given: unknown = value;
  throw new TypeError(
    `Cannot use ${describeValue(given)} as a column: ${
      typeof given === "boolean"
        ? "===, !==, && and || of JavaScript give no column; write eq(), ne(), and(), or()"
        : given === undefined
        ? 'nothing was given; name a column by col("name"), and have a callback in braces return one'
        : "it is no Column; make one by col() of a name, or by lit() of a value"
    }`,
  );
}

/**
 * A Column as it is, and any other value as a literal: null, booleans, numbers
 * (whole ones as int or bigint, others as double), bigint (bigint, or
 * decimal(38,0) beyond 64 bits), text, `Uint8Array`, `Date`, `Temporal`
 * values, and arrays, Maps and plain objects of these as array, map and struct.
 *
 * @param value the value
 * @throws TypeError for a value without a form in Spark
 * @throws RangeError for a bigint of more than 38 digits, and an invalid date
 */
export function toExpression(value: unknown): Expression {
  switch (typeof value) {
    case "boolean":
    case "number":
    case "string":
      return literal(value);
    case "bigint":
      return literal(checkedBigint(value));
    case "object":
      return value === null ? literal(null) : objectToExpression(value);
    default:
      throw noForm(value);
  }
}

function objectToExpression(value: object): Expression {
  if (hasExpression(value)) return value[EXPRESSION];
  if (value instanceof Uint8Array) return literal(value.slice());
  if (value instanceof Date) return literal(dateLiteral(value));
  if (Array.isArray(value)) return call("array", value.map(toExpression));
  if (value instanceof Map) {
    return call(
      "map",
      [...value].flatMap((
        [key, item],
      ) => [toExpression(key), toExpression(item)]),
    );
  }
  const temporal = temporalLiteral(value);
  if (temporal !== null) return temporal;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw noForm(value);
  return call(
    "named_struct",
    Object.entries(value).flatMap(([name, item]) => [
      literal(name),
      toExpression(item),
    ]),
  );
}

/** Temporal's types by their tags: a program may bring a polyfill of them. */
function temporalLiteral(value: object): Expression | null {
  switch (Object.prototype.toString.call(value)) {
    case "[object Temporal.Instant]":
    case "[object Temporal.ZonedDateTime]": {
      const { epochNanoseconds } = value as { epochNanoseconds: bigint };
      if (epochNanoseconds % 1000n !== 0n) throw tooFine("a timestamp", value);
      return literal({ type: "timestamp", micros: epochNanoseconds / 1000n });
    }
    case "[object Temporal.PlainDate]":
      return literal({ type: "date", text: isoText(value as Dated) });
    case "[object Temporal.PlainDateTime]": {
      const { nanosecond } = value as Fine;
      if (nanosecond !== 0) throw tooFine("a timestamp", value);
      return literal({ type: "timestamp_ntz", text: isoText(value as Dated) });
    }
    case "[object Temporal.PlainTime]":
      if ((value as Fine).nanosecond !== 0) throw tooFine("a time", value);
      return literal({ type: "time", text: String(value) });
    case "[object Temporal.Duration]":
      return literal(durationLiteral(value as DurationFields));
    default:
      return null;
  }
}

/** A part of a value of Temporal. */
interface Fine {
  readonly nanosecond: number;
}

/** A value of Temporal that has a calendar. */
interface Dated {
  withCalendar(calendar: string): object;
}

/** A date as Spark reads it: in the calendar that it has. */
function isoText(value: Dated): string {
  return String(value.withCalendar("iso8601"));
}

function tooFine(type: string, value: object): RangeError {
  return new RangeError(
    `Cannot make ${type} of "${value}": Spark's has microseconds; round it`,
  );
}

interface DurationFields {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly nanoseconds: number;
}

function durationLiteral(
  value: DurationFields,
): { type: "duration" | "period"; text: string } {
  const hasMonths = value.years !== 0 || value.months !== 0;
  const text = String(value);
  if (value.nanoseconds !== 0) throw tooFine("an interval", value);
  if (!hasMonths) return { type: "duration", text: withoutWeeks(text, value) };
  const hasTime = value.weeks !== 0 || value.days !== 0 || text.includes("T");
  if (!hasTime) return { type: "period", text };
  throw new TypeError(
    `Cannot make an interval of "${text}": Spark's are of years and months, or of days to seconds; give one of the two`,
  );
}

/** Java reads no weeks in a duration. */
function withoutWeeks(
  text: string,
  { weeks, days }: DurationFields,
): string {
  if (weeks === 0) return text;
  const [, time] = text.split("T");
  const sign = text.startsWith("-") ? "-" : "";
  return `${sign}P${Math.abs(7 * weeks + days)}D${
    time === undefined ? "" : `T${time}`
  }`;
}

function dateLiteral(date: Date): { type: "timestamp"; micros: bigint } {
  const ms = date.getTime();
  if (Number.isNaN(ms)) {
    throw new RangeError(
      "Cannot make a timestamp of an invalid Date: give a date that exists",
    );
  }
  return { type: "timestamp", micros: BigInt(ms) * 1000n };
}

function checkedBigint(value: bigint): bigint {
  const digits = String(value < 0n ? -value : value).length;
  if (digits <= 38) return value;
  throw new RangeError(
    `Cannot make a decimal of "${value}": it has ${digits} digits, and Spark's decimals have 38 at most; give it as text`,
  );
}

function noForm(value: unknown): TypeError {
  return new TypeError(
    `Cannot make a column of ${
      describeValue(value)
    }: it has no form in Spark; give null, a boolean, a number, a bigint, a string, bytes, a date, an array, a Map or a plain object`,
  );
}

/**
 * A value as an argument that the JVM takes as it is, where a method wants
 * values and no columns.
 *
 * @param value a value that {@link toExpression} takes as one literal
 * @throws TypeError for lists, maps and objects
 */
export function literalValueOf(value: unknown): Argument {
  const expression = toExpression(value);
  if (expression.kind !== "literal") {
    if (hasExpression(value)) return expression;
    throw noForm(value);
  }
  const plain = expression.value;
  if (typeof plain === "bigint") return { kind: "long", value: plain };
  if (
    plain === null || typeof plain !== "object" || plain instanceof Uint8Array
  ) return plain;
  return expression;
}
