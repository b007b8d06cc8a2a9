import { inspect } from "node:util";
import { assignments, type MakeRows, warm } from "./row_code.ts";

/** Where a row class keeps the names of its columns; the same symbol in every copy of this module. */
const NAMES: unique symbol = Symbol.for("tspark.row.names");
/** Where a row keeps all its values when two columns share a name. */
export const VALUES: unique symbol = Symbol.for("tspark.row.values");

/** What every row has beside its columns. */
export interface RowBase<S extends object> extends Iterable<S[keyof S]> {
  /** The value of the first column. */
  readonly 0: S[keyof S];
  /** The value of a column by its position, from 0; undefined past the end. */
  readonly [index: number]: S[keyof S];
  /** How many columns there are. */
  readonly length: number;
  /** A plain object of the columns; of columns that share a name it holds the last. */
  asDict(): S;
  /** What `JSON.stringify` writes: the same as `asDict`. */
  toJSON(): S;
}

/**
 * A row of a DataFrame: its columns as properties (`row.value`), by position
 * (`row[0]`), and in order by iteration. A column wins over a member of the
 * same name (`length`, `asDict`, `toJSON`, or a position such as `"0"`);
 * {@link rowValues} and {@link rowNames} work on every row.
 */
export type Row<S extends object = Record<string, unknown>> =
  & Readonly<S>
  & RowBase<S>;

/** Makes rows with the same columns. */
export interface RowClass<S extends object = Record<string, unknown>> {
  /**
   * Makes one row.
   *
   * @param values one for each column, in order
   */
  new (values: readonly unknown[]): Row<S>;
}

/**
 * Makes the class of rows with these columns. Making one costs as much as a
 * thousand rows, and two classes with the same names slow down the code that
 * reads them, so the caller keeps the class.
 *
 * @param names of the columns, in order; where two are equal the property holds
 * the last one's value, and positions reach each
 */
export function rowClass<S extends object = Record<string, unknown>>(
  names: readonly string[],
): RowClass<S> {
  const columns = Object.freeze([...names]);
  const unique = new Set(columns).size === columns.length;
  const hides = columns.some((name) =>
    name in Base.prototype || /^\d+$/.test(name)
  );
  const made = unique && !hides ? plainClass(columns) : carefulClass(columns);
  Object.defineProperty(made, "name", { value: "Row" });
  Object.defineProperty(made.prototype, NAMES, { value: columns });
  columns.forEach((name, index) => {
    Object.defineProperty(made.prototype, index, {
      get(this: Columns): unknown {
        return unique ? this[name] : this[VALUES]?.[index];
      },
      configurable: true,
    });
  });
  return made as unknown as RowClass<S>;
}

/**
 * What makes rows of a class out of columns.
 *
 * @param made the class
 * @param count number of columns
 */
export function rowsOf<S extends object>(
  made: RowClass<S>,
  count: number,
): MakeRows<Row<S>> {
  return (columns, length) => {
    const rows = new Array<Row<S>>(length);
    const values = new Array<unknown>(count); // one for all: a row keeps none of it
    for (let i = 0; i < length; i++) {
      for (let at = 0; at < count; at++) values[at] = columns[at]?.[i];
      rows[i] = new made(values);
    }
    return rows;
  };
}

/** Whether a value is a row, made by any copy of this module. */
export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && NAMES in value;
}

/** The names of a row's columns, in order. */
export function rowNames(row: Row): readonly string[] {
  return (row as unknown as Columns)[NAMES];
}

/** The values of a row's columns, in order, in an array of their own. */
export function rowValues(row: Row): unknown[] {
  const columns = row as unknown as Columns;
  const values = columns[VALUES];
  return values ? [...values] : columns[NAMES].map((name) => columns[name]);
}

interface Columns {
  [name: string]: unknown;
  [NAMES]: readonly string[];
  [VALUES]?: readonly unknown[];
}

class Base {
  get length(): number {
    return rowNames(this as unknown as Row).length;
  }

  asDict(): Record<string, unknown> {
    return { ...(this as object) };
  }

  toJSON(): Record<string, unknown> {
    return { ...(this as object) };
  }

  /** As a console prints it, in a line. */
  toString(): string {
    return inspect(this, { breakLength: Infinity });
  }

  [Symbol.iterator](): Iterator<unknown> {
    return rowValues(this as unknown as Row)[Symbol.iterator]();
  }
}

type MadeClass = new (values: readonly unknown[]) => object;

/** By a constructor that is written for these names: its rows have one hidden class. */
function plainClass(names: readonly string[]): MadeClass {
  const made = new Function(
    `"use strict"; return function Row(values) {\n${assignments(names)}\n};`,
  )() as MadeClass;
  made.prototype = Object.create(Base.prototype, {
    constructor: { value: made, writable: true, configurable: true },
  });
  warm((columns) => new made(columns.map(([value]) => value)), names.length);
  return made;
}

/** For names that assignment does not serve: equal ones, and those of accessors above. */
function carefulClass(names: readonly string[]): MadeClass {
  return class extends Base {
    constructor(values: readonly unknown[]) {
      super();
      names.forEach((name, i) => {
        Object.defineProperty(this, name, {
          value: values[i],
          enumerable: true,
          writable: true,
          configurable: true,
        });
      });
      Object.defineProperty(this, VALUES, { value: [...values] });
    }
  };
}
