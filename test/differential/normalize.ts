/**
 * Results in a form in which equal ones are the same.
 *
 * @module
 */
import { lookUp, RECORD_FUNCTIONS } from "./functions.ts";
import type { RecordType, SortKey } from "./record_type.ts";
import { valueName } from "./value_order.ts";

/** How a program ended. */
export type Outcome =
  | { readonly kind: "result"; readonly value: unknown }
  /** The text of an error. */
  | { readonly kind: "failure"; readonly text: string };

/** What {@link sameOutcome} allows between floating point numbers, relative to the larger, or to 1. */
export const FLOAT_TOLERANCE = 1e-9;

/**
 * Whether two outcomes are the same as far as Spark promises. Failures are when
 * both are about an empty RDD, the only ones that programs provoke.
 *
 * @param type type of the result
 */
export function sameOutcome(
  a: Outcome,
  b: Outcome,
  type: RecordType,
): boolean {
  if (a.kind === "failure" || b.kind === "failure") {
    return [a, b].every((one) =>
      one.kind === "failure" && /empty/i.test(one.text)
    );
  }
  try {
    return isClose(normalize(a.value, type), normalize(b.value, type), type);
  } catch (error) {
    if (error instanceof TypeError) return false; // no list where one has to be
    throw error;
  }
}

/**
 * A value as JSON has it, with what is in any order sorted: bags wholly, runs
 * within each run of equal keys. What is missing is null.
 */
export function normalize(value: unknown, type: RecordType): unknown {
  switch (type.kind) {
    case "int":
    case "float":
      return value === 0 ? 0 : value; // -0 is no number of its own
    case "text":
    case "flag":
      return value;
    case "option":
      return value === undefined || value === null
        ? null
        : normalize(value, type.item);
    case "tuple":
      return itemsOf(value, type)
        .map((item, i) => normalize(item, type.items[i] ?? type));
    case "list":
      return itemsOf(value, type).map((item) => normalize(item, type.item));
    case "bag":
      return sortedByName(
        itemsOf(value, type).map((item) => normalize(item, type.item)),
      );
    case "runs":
      return runsOf(itemsOf(value, type), type.sortKey)
        .map((run) => sortedByName(run.map((x) => normalize(x, type.item))));
  }
}

/** @throws TypeError for what is no list */
function itemsOf(value: unknown, type: RecordType): readonly unknown[] {
  const isIterable = typeof value === "object" && value !== null &&
    Symbol.iterator in value;
  if (isIterable) return [...value as Iterable<unknown>];
  throw new TypeError(
    `Cannot read ${valueName(value)} as a ${type.kind}: it is no list`,
  );
}

function sortedByName(items: readonly unknown[]): unknown[] {
  return items.map((item) => [valueName(item), item] as const)
    .sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)
    .map(([, item]) => item);
}

/** Cuts a list where the sort key changes. */
function runsOf(items: readonly unknown[], sortKey: SortKey): unknown[][] {
  const runs: unknown[][] = [];
  let last: string | undefined;
  for (const item of items) {
    const key = sortKey.ofFirst ? (item as readonly unknown[])[0] : item;
    const name = valueName(
      sortKey.f === undefined
        ? key
        : lookUp(RECORD_FUNCTIONS, sortKey.f).apply(key),
    );
    if (name === last) runs.at(-1)?.push(item);
    else runs.push([item]);
    last = name;
  }
  return runs;
}

/** Whether two normalized values are equal, floats nearly. */
function isClose(a: unknown, b: unknown, type: RecordType): boolean {
  switch (type.kind) {
    case "float": {
      if (typeof a !== "number" || typeof b !== "number") return a === b;
      const size = Math.max(1, Math.abs(a), Math.abs(b));
      return Math.abs(a - b) <= FLOAT_TOLERANCE * size;
    }
    case "tuple":
      return areClose(a, b, (i) => type.items[i] ?? type);
    case "list":
      return areClose(a, b, () => type.item);
    case "int":
    case "text":
    case "flag":
    case "option":
    case "bag":
    case "runs":
      return valueName(a) === valueName(b);
  }
}

function areClose(
  a: unknown,
  b: unknown,
  typeOf: (index: number) => RecordType,
): boolean {
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length &&
    a.every((item, i) => isClose(item, b[i], typeOf(i)));
}
