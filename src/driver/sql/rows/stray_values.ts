import { SparkError } from "../../../common/errors.ts";
import {
  hasOnlyElements,
  isPlain,
  strayProperty,
} from "../../../serde/records/own_properties.ts";
import { isRow } from "../../../serde/records/row.ts";

/**
 * Refuses a value with properties that no column is for, and that would be lost
 * without a word: of an array all but its elements, of a Map or a Date all, of
 * a plain object those that are named by symbols or not enumerable.
 *
 * @param value a row, or a value of a column
 * @param column the column's name; "" for a row
 * @param row the row's number
 * @throws SparkError `TYPE_NOT_INFERRED`
 */
export function refuseStrays(
  value: object,
  column: string,
  row: number,
): void {
  const name = strayOf(value);
  if (name === null) return;
  const place = column === ""
    ? "Cannot infer a schema"
    : `Cannot infer the type of column "${column}"`;
  const stray = String(name);
  throw new SparkError(
    "TYPE_NOT_INFERRED",
    `${place}: row ${row} has the property "${stray}" at ${
      what(value)
    }, which ${
      what(value) === OBJECT
        ? "is hidden or named by a symbol; make it enumerable and name it by a string"
        : "no column is for; keep both in an object"
    }, leave it out, or give a schema`,
    { row, property: stray, ...(column === "" ? {} : { column }) },
  );
}

/** The same of an array, at the price of a look. */
export function refuseStraysOfArray(
  value: readonly unknown[],
  column: string,
  row: number,
): void {
  if (!hasOnlyElements(value)) refuseStrays(value, column, row);
}

const OBJECT = "an object";

function what(value: object): string {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Map) return "a Map";
  return value instanceof Date ? "a Date" : OBJECT;
}

function strayOf(value: object): PropertyKey | null {
  if (Array.isArray(value)) {
    const names = Reflect.ownKeys(value);
    return names[names.indexOf("length") + 1] ?? null;
  }
  // An instance of a class keeps its own secrets.
  const isAsked = value instanceof Map || value instanceof Date ||
    isPlain(value) && !isRow(value);
  return isAsked ? strayProperty(value) : null;
}
