import { describeValue } from "../common/describe_value.ts";

/** A way of adding that drivers and workers know by name, with values of its own type. */
export interface OwnParam {
  /** The neutral value that is like this one: a new one each time. */
  zero(value: unknown): unknown;
  /** The sum of two values, which for lists is the first: adding many takes time for each term, not for all before it. */
  addInPlace(a: unknown, b: unknown): unknown;
  /** A value that may be added to, though others hold this one. */
  copy(value: unknown): unknown;
}

/** Numbers, and bigints among themselves. What is neither would be joined to the sum as text, or make it NaN. */
const SUM: OwnParam = {
  zero: (value) => typeof value === "bigint" ? 0n : 0,
  addInPlace(a, b) {
    const [kind, given] = [typeof a, typeof b];
    if (given !== kind) throw notAdded(b, `${kind}s`, `a ${kind}`);
    return (a as number) + (b as number);
  },
  copy: (value) => value,
};

/** Lists, one behind the other. */
const LIST: OwnParam = {
  zero: () => [],
  addInPlace(a, b) {
    const list = a as unknown[];
    if (typeof b !== "object" || b === null || !(Symbol.iterator in b)) {
      throw notAdded(b, "lists", "a list of what it takes, such as [value]");
    }
    for (const item of b as Iterable<unknown>) list.push(item);
    return list;
  },
  copy: (value) => [...value as unknown[]],
};

/** The ways of adding by their names. */
export const OWN_PARAMS: ReadonlyMap<unknown, OwnParam> = new Map([
  ["sum", SUM],
  ["list", LIST],
]);

/**
 * The name of the way in which values like this one are added up when the
 * program does not say; null for values that have none.
 */
export function defaultParamName(value: unknown): "sum" | "list" | null {
  if (typeof value === "number" || typeof value === "bigint") return "sum";
  return Array.isArray(value) ? "list" : null;
}

function notAdded(term: unknown, kinds: string, remedy: string): TypeError {
  return new TypeError(
    `Cannot add ${
      describeValue(term)
    } to an accumulator of ${kinds}: give ${remedy}`,
  );
}
