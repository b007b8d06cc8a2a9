/**
 * The functions that random programs use, by name; `pyspark_runner.py` has the
 * same names. Each gives the same value in both languages: remainders are never
 * negative, text counts and compares by code points, and what looks at a group
 * does not see its order.
 *
 * @module
 */
import {
  bagOf,
  INT,
  listOf,
  pairTypes,
  type RecordType,
  TEXT,
  tupleOf,
} from "./record_type.ts";

/** A function of one record. */
export interface RecordFunction {
  /** The type that it makes of a type, null when it does not take that. */
  readonly output: (input: RecordType) => RecordType | null;
  /** Whether different records always give different results. */
  readonly injective: boolean;
  readonly apply: (record: unknown) => unknown;
}

/** A function of two records of one type, associative and commutative. */
export interface MergeFunction {
  readonly takes: (type: RecordType) => boolean;
  /** A neutral value, each time a new one. */
  readonly zero: () => unknown;
  readonly apply: (a: unknown, b: unknown) => unknown;
}

/** Functions that take records up into a value of another type. */
export interface Aggregator {
  readonly output: (input: RecordType) => RecordType;
  /** A neutral value, each time a new one. */
  readonly zero: () => unknown;
  readonly create: (record: unknown) => unknown;
  readonly seq: (value: unknown, record: unknown) => unknown;
  readonly comb: (a: unknown, b: unknown) => unknown;
}

/** A whole number for any record; blind to the order of what it holds. */
export function measure(value: unknown): number {
  if (typeof value === "number") return value;
  if (value === undefined || value === null) return 7;
  let total = 1;
  if (typeof value === "string") {
    for (const letter of value) total += letter.codePointAt(0) ?? 0;
  } else {
    for (const item of value as Iterable<unknown>) total += measure(item);
  }
  return total;
}

/** A remainder as Python gives it. */
function remainder(value: number, divisor: number): number {
  return (value % divisor + divisor) % divisor;
}

function bucket(record: unknown): number {
  return remainder(measure(record), 5);
}

/** Whether a text comes before another by code points. */
function isBefore(a: string, b: string): boolean {
  const [left, right] = [[...a], [...b]];
  for (const [i, letter] of left.entries()) {
    const other = right[i];
    if (other === undefined) return false;
    if (letter !== other) {
      return (letter.codePointAt(0) ?? 0) < (other.codePointAt(0) ?? 0);
    }
  }
  return left.length < right.length;
}

type Pair = readonly [unknown, unknown];
type Sums = [number, number];

/** Functions for map(), mapValues(), keyBy(), groupBy() and sort keys. */
export const RECORD_FUNCTIONS: Readonly<Record<string, RecordFunction>> = {
  itself: injective((type) => type, (x: unknown) => x),
  increment: injective(ifInt(INT), (x: number) => x + 1),
  negate: injective(ifInt(INT), (x: number) => 0 - x),
  remainder5: plain(ifInt(INT), (x: number) => remainder(x, 5)),
  small: plain(ifInt(INT), (x: number) => remainder(x, 101) - 50),
  square: plain(ifInt(INT), (x: number) => remainder(x, 101) ** 2),
  toText: injective(ifInt(TEXT), (x: number) => String(x)),
  withRemainder: injective(
    ifInt(tupleOf(INT, INT)),
    (x: number): Pair => [remainder(x, 3), x],
  ),
  textSize: plain(ifText(INT), (s: string) => [...s].length),
  upper: plain(ifText(TEXT), (s: string) => s.toUpperCase()),
  initial: plain(ifText(TEXT), (s: string) => [...s][0] ?? ""),
  exclaim: injective(ifText(TEXT), (s: string) => `${s}!`),
  swap: injective(swapped, ([k, v]: Pair): Pair => [v, k]),
  first: plain((type) => pairTypes(type)?.key ?? null, ([k]: Pair) => k),
  second: plain((type) => pairTypes(type)?.value ?? null, ([, v]: Pair) => v),
  itemCount: plain(
    (type) => itemOf(type) === null ? null : INT,
    (items: { readonly length: number }) => items.length,
  ),
  total: plain(ifInts(INT), (items: Iterable<number>) => {
    let sum = 0;
    for (const n of items) sum += n;
    return sum;
  }),
  sortedItems: plain(
    ifInts(listOf(INT)),
    (items: Iterable<number>) => [...items].sort((a, b) => a - b),
  ),
  presence: plain(
    (type) => type.kind === "option" ? INT : null,
    (x: unknown) => x === undefined ? 0 : 1,
  ),
  measure: plain(() => INT, measure),
  bucket: plain(() => INT, bucket),
  bucketText: plain(() => TEXT, (x: unknown) => `k${bucket(x)}`),
  bucketPair: plain(
    () => tupleOf(INT, TEXT),
    (x: unknown): Pair => [bucket(x) % 2, `p${bucket(x) % 3}`],
  ),
  tagged: injective(
    (type) => tupleOf(INT, type),
    (x: unknown): Pair => [bucket(x), x],
  ),
  single: injective(listOf, (x: unknown) => [x]),
};

/** Functions for flatMap(), flatMapValues() and, record by record, mapPartitions(). */
export const FLAT_FUNCTIONS: Readonly<Record<string, RecordFunction>> = {
  countdown: plain(
    ifInt(INT),
    (x: number) => Array.from({ length: remainder(x, 4) }, (_, i) => i),
  ),
  letters: plain(ifText(TEXT), (s: string) => s),
  words: plain(ifText(TEXT), (s: string) => s.split(" ")),
  items: plain(itemOf, (items: Iterable<unknown>) => items),
  twice: plain((type) => type, (x: unknown) => [x, x]),
  repeated: plain((type) => type, function* (x: unknown) {
    for (let i = remainder(measure(x), 3); i > 0; i--) yield x;
  }),
};

/** Functions for filter(); what they return counts by its truth. */
export const PREDICATES: Readonly<Record<string, RecordFunction>> = {
  positive: plain(ifInt(INT), (x: number) => x > 0),
  textItself: plain(ifText(TEXT), (s: string) => s),
  evenMeasure: plain(() => INT, (x: unknown) => measure(x) % 2 === 0),
  thirdOfMeasure: plain(() => INT, (x: unknown) => remainder(measure(x), 3)),
  always: plain(() => INT, () => true),
  never: plain(() => INT, () => false),
};

/** Functions for reduce(), fold() and their kind. */
export const MERGE_FUNCTIONS: Readonly<Record<string, MergeFunction>> = {
  add: merge(isKind("int"), () => 0, (a: number, b: number) => a + b),
  larger: merge(
    isKind("int"),
    () => -(2 ** 45),
    (a: number, b: number) => a < b ? b : a,
  ),
  smaller: merge(isKind("int"), () => 2 ** 45, Math.min),
  largerText: merge(
    isKind("text"),
    () => "",
    (a: string, b: string) => isBefore(a, b) ? b : a,
  ),
  smallerText: merge(
    isKind("text"),
    () => "\u{10ffff}",
    (a: string, b: string) => isBefore(b, a) ? b : a,
  ),
  addPairs: merge(
    isPairOfInts,
    (): Sums => [0, 0],
    (a: Sums, b: Sums): Sums => [a[0] + b[0], a[1] + b[1]],
  ),
};

/** Functions for aggregate(), aggregateByKey(), combineByKey() and treeAggregate(). */
export const AGGREGATORS: Readonly<Record<string, Aggregator>> = {
  counted: aggregator(
    () => INT,
    () => 0,
    () => 1,
    (n: number) => n + 1,
    (a: number, b: number) => a + b,
  ),
  measured: aggregator(
    () => INT,
    () => 0,
    (x: unknown) => measure(x),
    (sum: number, x: unknown) => sum + measure(x),
    (a: number, b: number) => a + b,
  ),
  countAndMeasure: aggregator(
    () => tupleOf(INT, INT),
    (): Sums => [0, 0],
    (x: unknown): Sums => [1, measure(x)],
    ([n, sum]: Sums, x: unknown): Sums => [n + 1, sum + measure(x)],
    (a: Sums, b: Sums): Sums => [a[0] + b[0], a[1] + b[1]],
  ),
  // Changes its first argument, as an aggregation may.
  gathered: aggregator(
    bagOf,
    (): unknown[] => [],
    (x: unknown) => [x],
    (list: unknown[], x: unknown) => {
      list.push(x);
      return list;
    },
    (a: unknown[], b: unknown[]) => {
      a.push(...b);
      return a;
    },
  ),
};

/**
 * The entry of a catalog with this name.
 *
 * @throws RangeError when there is none
 */
export function lookUp<E>(
  catalog: Readonly<Record<string, E>>,
  name: string | undefined,
): E {
  const entry = name === undefined ? undefined : catalog[name];
  if (entry === undefined) {
    throw new RangeError(`Cannot find the function "${name}" of a program`);
  }
  return entry;
}

// The types in a program fit, so that each function gets what it declares.

function plain<I>(
  output: RecordFunction["output"],
  apply: (record: I) => unknown,
): RecordFunction {
  const untyped = apply as (record: unknown) => unknown;
  return { output, injective: false, apply: untyped };
}

function injective<I>(
  output: RecordFunction["output"],
  apply: (record: I) => unknown,
): RecordFunction {
  return { ...plain(output, apply), injective: true };
}

function merge<T>(
  takes: MergeFunction["takes"],
  zero: () => T,
  apply: (a: T, b: T) => T,
): MergeFunction {
  const untyped = apply as (a: unknown, b: unknown) => unknown;
  return { takes, zero, apply: untyped };
}

function aggregator<I, A>(
  output: Aggregator["output"],
  zero: () => A,
  create: (record: I) => A,
  seq: (value: A, record: I) => A,
  comb: (a: A, b: A) => A,
): Aggregator {
  return {
    output,
    zero,
    create: create as Aggregator["create"],
    seq: seq as Aggregator["seq"],
    comb: comb as Aggregator["comb"],
  };
}

function isKind(kind: RecordType["kind"]): (type: RecordType) => boolean {
  return (type) => type.kind === kind;
}

function isPairOfInts(type: RecordType): boolean {
  const pair = pairTypes(type);
  return pair?.key.kind === "int" && pair.value.kind === "int";
}

function ifInt(output: RecordType): RecordFunction["output"] {
  return (type) => type.kind === "int" ? output : null;
}

function ifText(output: RecordType): RecordFunction["output"] {
  return (type) => type.kind === "text" ? output : null;
}

function ifInts(output: RecordType): RecordFunction["output"] {
  return (type) => itemOf(type)?.kind === "int" ? output : null;
}

function itemOf(type: RecordType): RecordType | null {
  return type.kind === "list" || type.kind === "bag" ? type.item : null;
}

function swapped(type: RecordType): RecordType | null {
  const pair = pairTypes(type);
  return pair === null ? null : tupleOf(pair.value, pair.key);
}
