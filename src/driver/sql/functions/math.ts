// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Numbers: arithmetic, rounding, powers, trigonometry, bits.
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

/** The absolute value. */
export function abs<T = Untyped>(column: ColumnOrName<T>): Column<T> {
  return call("abs", columnOf(column));
}

/** The inverse cosine, in radians. */
export function acos(column: ColumnOrName): Column<number | null> {
  return call("acos", columnOf(column));
}

/** The inverse hyperbolic cosine. */
export function acosh(column: ColumnOrName): Column<number | null> {
  return call("acosh", columnOf(column));
}

/** The inverse sine, in radians. */
export function asin(column: ColumnOrName): Column<number | null> {
  return call("asin", columnOf(column));
}

/** The inverse hyperbolic sine. */
export function asinh(column: ColumnOrName): Column<number | null> {
  return call("asinh", columnOf(column));
}

/** The inverse tangent, in radians. */
export function atan(column: ColumnOrName): Column<number | null> {
  return call("atan", columnOf(column));
}

/** The angle in radians between the positive x axis and the point. */
export function atan2(y: ColumnOrName, x: ColumnOrName): Column<number | null> {
  return call("atan2", columnOf(y), columnOf(x));
}

/** The inverse hyperbolic tangent. */
export function atanh(column: ColumnOrName): Column<number | null> {
  return call("atanh", columnOf(column));
}

/** The binary digits of an integer, as text. */
export function bin(column: ColumnOrName): Column<string | null> {
  return call("bin", columnOf(column));
}

/** How many bits are set. */
export function bit_count(column: ColumnOrName): Column<number | null> {
  return call("bit_count", columnOf(column));
}

/** The bit at a place, from 0 at the right: 0 or 1. */
export function bit_get(
  column: ColumnOrName,
  pos: ColumnOrName,
): Column<number | null> {
  return call("bit_get", columnOf(column), columnOf(pos));
}

/** The same as {@link bit_get}. */
export function getbit(
  column: ColumnOrName,
  pos: ColumnOrName,
): Column<number | null> {
  return call("getbit", columnOf(column), columnOf(pos));
}

/** Rounded to so many decimal places, halves to the even digit. */
export function bround<T = Untyped>(
  column: ColumnOrName<T>,
  scale?: NumberOrColumn,
): Column<T> {
  return call(
    "bround",
    columnOf(column),
    scale === undefined ? undefined : valueOf(scale),
  );
}

/** The cube root. */
export function cbrt(column: ColumnOrName): Column<number | null> {
  return call("cbrt", columnOf(column));
}

/** The least number of so many decimal places that is not less; whole when left out. */
export function ceil(
  column: ColumnOrName,
  scale?: NumberOrColumn,
): Column<number | null> {
  return call(
    "ceil",
    columnOf(column),
    scale === undefined ? undefined : valueOf(scale),
  );
}

/** The same as {@link ceil}. */
export function ceiling(
  column: ColumnOrName,
  scale?: NumberOrColumn,
): Column<number | null> {
  return call(
    "ceiling",
    columnOf(column),
    scale === undefined ? undefined : valueOf(scale),
  );
}

/** A number's digits in another base, as text. */
export function conv(
  column: ColumnOrName,
  fromBase: NumberOrColumn,
  toBase: NumberOrColumn,
): Column<string | null> {
  return call("conv", columnOf(column), valueOf(fromBase), valueOf(toBase));
}

/** The cosine of an angle in radians. */
export function cos(column: ColumnOrName): Column<number | null> {
  return call("cos", columnOf(column));
}

/** The hyperbolic cosine. */
export function cosh(column: ColumnOrName): Column<number | null> {
  return call("cosh", columnOf(column));
}

/** The cotangent of an angle in radians. */
export function cot(column: ColumnOrName): Column<number | null> {
  return call("cot", columnOf(column));
}

/** The cosecant of an angle in radians. */
export function csc(column: ColumnOrName): Column<number | null> {
  return call("csc", columnOf(column));
}

/** An angle in degrees, of one in radians. */
export function degrees(column: ColumnOrName): Column<number | null> {
  return call("degrees", columnOf(column));
}

/** Euler's number. */
export function e(): Column<number> {
  return call("e");
}

/** Euler's number to this power. */
export function exp(column: ColumnOrName): Column<number | null> {
  return call("exp", columnOf(column));
}

/** Euler's number to this power, less 1; exact for small values. */
export function expm1(column: ColumnOrName): Column<number | null> {
  return call("expm1", columnOf(column));
}

/** The factorial, of 0 to 20. */
export function factorial(column: ColumnOrName): Column<number | null> {
  return call("factorial", columnOf(column));
}

/** The greatest number of so many decimal places that is not greater; whole when left out. */
export function floor(
  column: ColumnOrName,
  scale?: NumberOrColumn,
): Column<number | null> {
  return call(
    "floor",
    columnOf(column),
    scale === undefined ? undefined : valueOf(scale),
  );
}

/** Hexadecimal digits of an integer, text or bytes. */
export function hex(column: ColumnOrName): Column<string | null> {
  return call("hex", columnOf(column));
}

/** The length of the hypotenuse over two sides. */
export function hypot(a: ColumnOrName, b: ColumnOrName): Column<number | null> {
  return call("hypot", columnOf(a), columnOf(b));
}

/** The natural logarithm. */
export function ln(column: ColumnOrName): Column<number | null> {
  return call("ln", columnOf(column));
}

/** The logarithm to base 10. */
export function log10(column: ColumnOrName): Column<number | null> {
  return call("log10", columnOf(column));
}

/** The natural logarithm of 1 more than the value; exact for small values. */
export function log1p(column: ColumnOrName): Column<number | null> {
  return call("log1p", columnOf(column));
}

/** The logarithm to base 2. */
export function log2(column: ColumnOrName): Column<number | null> {
  return call("log2", columnOf(column));
}

/** The value with the other sign. */
export function negative<T = Untyped>(column: ColumnOrName<T>): Column<T> {
  return call("negative", columnOf(column));
}

/** The ratio of a circle's circumference to its diameter. */
export function pi(): Column<number> {
  return call("pi");
}

/** The remainder, never negative for a positive divisor. */
export function pmod<T = Untyped>(
  dividend: ColumnOrName<T>,
  divisor: ColumnOrName,
): Column<T> {
  return call("pmod", columnOf(dividend), columnOf(divisor));
}

/** The value itself. */
export function positive<T = Untyped>(column: ColumnOrName<T>): Column<T> {
  return call("positive", columnOf(column));
}

/** One value to the power of another. */
export function pow(
  base: ColumnOrName,
  exponent: ColumnOrName,
): Column<number | null> {
  return call("pow", columnOf(base), columnOf(exponent));
}

/** The same as {@link pow}. */
export function power(
  base: ColumnOrName,
  exponent: ColumnOrName,
): Column<number | null> {
  return call("power", columnOf(base), columnOf(exponent));
}

/** An angle in radians, of one in degrees. */
export function radians(column: ColumnOrName): Column<number | null> {
  return call("radians", columnOf(column));
}

/** The nearest whole number, as a double, halves to the even one. */
export function rint(column: ColumnOrName): Column<number | null> {
  return call("rint", columnOf(column));
}

/** Rounded to so many decimal places, halves away from 0; whole when left out. */
export function round<T = Untyped>(
  column: ColumnOrName<T>,
  scale?: NumberOrColumn,
): Column<T> {
  return call(
    "round",
    columnOf(column),
    scale === undefined ? undefined : valueOf(scale),
  );
}

/** The secant of an angle in radians. */
export function sec(column: ColumnOrName): Column<number | null> {
  return call("sec", columnOf(column));
}

/** The bits moved to the left. */
export function shiftleft<T = Untyped>(
  column: ColumnOrName<T>,
  numBits: NumberOrColumn,
): Column<T> {
  return call("shiftleft", columnOf(column), valueOf(numBits));
}

/** The bits moved to the right, the sign kept. */
export function shiftright<T = Untyped>(
  column: ColumnOrName<T>,
  numBits: NumberOrColumn,
): Column<T> {
  return call("shiftright", columnOf(column), valueOf(numBits));
}

/** The bits moved to the right, zeros from the left. */
export function shiftrightunsigned<T = Untyped>(
  column: ColumnOrName<T>,
  numBits: NumberOrColumn,
): Column<T> {
  return call("shiftrightunsigned", columnOf(column), valueOf(numBits));
}

/** -1, 0 or 1, as the value is. */
export function sign(column: ColumnOrName): Column<number | null> {
  return call("sign", columnOf(column));
}

/** The same as {@link sign}. */
export function signum(column: ColumnOrName): Column<number | null> {
  return call("signum", columnOf(column));
}

/** The sine of an angle in radians. */
export function sin(column: ColumnOrName): Column<number | null> {
  return call("sin", columnOf(column));
}

/** The hyperbolic sine. */
export function sinh(column: ColumnOrName): Column<number | null> {
  return call("sinh", columnOf(column));
}

/** The square root. */
export function sqrt(column: ColumnOrName): Column<number | null> {
  return call("sqrt", columnOf(column));
}

/** The tangent of an angle in radians. */
export function tan(column: ColumnOrName): Column<number | null> {
  return call("tan", columnOf(column));
}

/** The hyperbolic tangent. */
export function tanh(column: ColumnOrName): Column<number | null> {
  return call("tanh", columnOf(column));
}

/** The sum, or null on overflow. */
export function try_add<T = Untyped>(
  left: ColumnOrName<T>,
  right: ColumnOrName,
): Column<T> {
  return call("try_add", columnOf(left), columnOf(right));
}

/** The quotient, or null when divided by 0. */
export function try_divide(
  left: ColumnOrName,
  right: ColumnOrName,
): Column<number | null> {
  return call("try_divide", columnOf(left), columnOf(right));
}

/** The remainder, or null when divided by 0. Spark 4.0 and later. */
export function try_mod<T = Untyped>(
  left: ColumnOrName<T>,
  right: ColumnOrName,
): Column<T> {
  return call("try_mod", columnOf(left), columnOf(right));
}

/** The product, or null on overflow. */
export function try_multiply<T = Untyped>(
  left: ColumnOrName<T>,
  right: ColumnOrName,
): Column<T> {
  return call("try_multiply", columnOf(left), columnOf(right));
}

/** The difference, or null on overflow. */
export function try_subtract<T = Untyped>(
  left: ColumnOrName<T>,
  right: ColumnOrName,
): Column<T> {
  return call("try_subtract", columnOf(left), columnOf(right));
}

/** The bytes of hexadecimal digits. */
export function unhex(column: ColumnOrName): Column<Uint8Array | null> {
  return call("unhex", columnOf(column));
}

/** The number of the bucket, of equal ones between two bounds, that holds the value. */
export function width_bucket(
  v: ColumnOrName,
  min: ColumnOrName,
  max: ColumnOrName,
  numBucket: ColumnOrName,
): Column<number | null> {
  return call(
    "width_bucket",
    columnOf(v),
    columnOf(min),
    columnOf(max),
    columnOf(numBucket),
  );
}

/** A random number between two bounds. Spark 4.0 and later. */
export function uniform(
  min: NumberOrColumn,
  max: NumberOrColumn,
  seed?: NumberOrColumn,
): Column<number | null> {
  return call(
    "uniform",
    valueOf(min),
    valueOf(max),
    seed === undefined ? undefined : valueOf(seed),
  );
}
