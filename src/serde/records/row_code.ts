/**
 * Makes objects out of columns by code that is written once for each list of
 * names, so that V8 sees one literal: all rows have one hidden class, and
 * making one costs little more than its memory.
 *
 * @module
 */
import { compile } from "../../common/compile.ts";
import { SparkError } from "../../common/errors.ts";

/**
 * Makes an object of each row.
 *
 * @param columns the values, an array for each column
 * @param length number of rows
 */
export type MakeRows<S extends object = Record<string, unknown>> = (
  columns: readonly ArrayLike<unknown>[],
  length: number,
) => S[];

const MOST_IN_LITERAL = 120; // beyond 128 V8 makes a literal a dictionary

/**
 * What makes plain objects of columns: their properties are the columns in
 * order, a column `__proto__` among them.
 *
 * @param names of the columns, in order
 * @throws SparkError `COLUMN_NAME_TWICE` when two are equal
 */
export function plainRows<S extends object>(
  names: readonly string[],
): MakeRows<S> {
  const twice = findTwice(names);
  if (twice !== null) throw nameTwice(names, twice);
  const code = names.length <= MOST_IN_LITERAL
    ? literalCode(names)
    : constructorCode(names);
  const make = compile<MakeRows<S>>(code);
  warm((columns) => make(columns, 1), names.length);
  return make;
}

/** Two places with one name; null where all names differ. */
export function findTwice(
  names: readonly string[],
): readonly [first: number, second: number] | null {
  const places = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const before = places.get(name);
    if (before !== undefined) return [before, at];
    places.set(name, at);
  }
  return null;
}

/**
 * The error of two columns with one name.
 *
 * @param names of the columns, in order
 * @param places of the two
 * @param origins where each comes from, if that is known
 */
export function nameTwice(
  names: readonly string[],
  [first, second]: readonly [number, number],
  origins: readonly [string, string] | null = null,
): SparkError {
  const name = names[first] as string;
  const [one, other] = origins === null
    ? [`${first}`, `${second}`]
    : [`${first} (${origins[0]})`, `${second} (${origins[1]})`];
  return new SparkError(
    "COLUMN_NAME_TWICE",
    `Cannot make objects of rows: columns ${one} and ${other} are both named "${name}"; rename one, drop one, or use toArrow(), which keeps both`,
    { name, first, second },
  );
}

/**
 * The statements that assign all values of an array to `this`.
 *
 * @param names of the properties, in order
 */
export function assignments(names: readonly string[]): string {
  return names.map((name, i) => `this[${JSON.stringify(name)}] = values[${i}];`)
    .join("\n");
}

/**
 * Shows V8 that every property may hold anything, before the first rows: else
 * the hidden class of the first ones would be replaced when a column's first
 * fraction or null comes.
 *
 * @param make makes a row of such columns
 * @param count number of columns
 */
export function warm(
  make: (columns: unknown[][]) => unknown,
  count: number,
): void {
  for (const value of [null, 0, 0.5, ""]) {
    make(Array.from({ length: count }, () => [value]));
  }
}

function literalCode(names: readonly string[]): string {
  const fields = names.map((name, i) => `${key(name)}: c${i}[i]`);
  return loopCode(names, `({ ${fields.join(", ")} })`);
}

/** A literal's key: `__proto__` would set the prototype unless it is computed. */
function key(name: string): string {
  const text = JSON.stringify(name);
  return name === "__proto__" ? `[${text}]` : text;
}

/** For names that are too many for a literal. */
function constructorCode(names: readonly string[]): string {
  const sets = names.map((name, i) =>
    name === "__proto__"
      ? `Object.defineProperty(this, "__proto__", { value: columns[${i}][i], enumerable: true, writable: true, configurable: true });`
      : `this[${JSON.stringify(name)}] = columns[${i}][i];`
  );
  return `"use strict";
function Row(columns, i) {
${sets.join("\n")}
}
Row.prototype = Object.prototype;
return function makeRows(columns, length) {
  const rows = new Array(length);
  for (let i = 0; i < length; i++) rows[i] = new Row(columns, i);
  return rows;
};`;
}

function loopCode(names: readonly string[], row: string): string {
  const columns = names.map((_, i) => `const c${i} = columns[${i}];`);
  return `"use strict";
return function makeRows(columns, length) {
${columns.join("\n")}
  const rows = new Array(length);
  for (let i = 0; i < length; i++) rows[i] = ${row};
  return rows;
};`;
}
