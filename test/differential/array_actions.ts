/**
 * The reference for actions, on plain arrays.
 *
 * @module
 */
import {
  AGGREGATORS,
  lookUp,
  MERGE_FUNCTIONS,
  RECORD_FUNCTIONS,
} from "./functions.ts";
import type { FinalAction } from "./program.ts";
import { type Pair, reducedByKey } from "./keyed_arrays.ts";
import { compareValues, valueName } from "./value_order.ts";

type Records = readonly unknown[];

/** What actions throw that need a record and find none. */
export class EmptyRecordsError extends Error {}

/**
 * The result of an action.
 *
 * @throws EmptyRecordsError where Spark refuses an empty RDD
 */
export function runArrayAction(action: FinalAction, records: Records): unknown {
  const pairs = records as readonly Pair[];
  const num = action.num ?? 0;
  switch (action.op) {
    case "collect":
      return records;
    case "count":
      return records.length;
    case "countByKey":
      return counts(pairs.map(([k]) => k));
    case "countByValue":
      return counts(records);
    case "reduce":
    case "treeReduce":
      return nonEmpty(records).reduce(mergeOf(action));
    case "fold": {
      const { zero } = lookUp(MERGE_FUNCTIONS, action.f);
      return records.reduce(mergeOf(action), zero());
    }
    case "aggregate":
    case "treeAggregate": {
      const { zero, seq } = lookUp(AGGREGATORS, action.f);
      return records.reduce(seq, zero());
    }
    case "sum":
    case "mapPartitionsWithIndex":
      return sumOf(records as readonly number[]);
    case "max":
      return ordered(nonEmpty(records), action).at(-1);
    case "min":
      return ordered(nonEmpty(records), action)[0];
    case "take":
      return records.slice(0, num);
    case "takeOrdered":
      return ordered(records, action).slice(0, num);
    case "top":
      return ordered(records, action).reverse().slice(0, num);
    case "first":
      return nonEmpty(records)[0];
    case "lookup":
      return pairs.filter(([k]) => valueName(k) === valueName(action.key))
        .map(([, v]) => v);
    case "isEmpty":
      return records.length === 0;
    case "collectAsMap":
      return reducedByKey(pairs, (_, last) => last);
    case "reduceByKeyLocally":
      return reducedByKey(pairs, mergeOf(action));
    case "histogram":
      return histogram(records as readonly number[], action.buckets ?? 1);
    case "stats":
      return statistics(records as readonly number[]);
    case "mean":
      return sumOf(records as readonly number[]) / records.length;
  }
}

/** Takes two arguments only: `Array.reduce()` gives more, which `Math.min()` would use. */
function mergeOf(action: FinalAction): (a: unknown, b: unknown) => unknown {
  const { apply } = lookUp(MERGE_FUNCTIONS, action.f);
  return (a, b) => apply(a, b);
}

function nonEmpty(records: Records): Records {
  if (records.length === 0) throw new EmptyRecordsError("No record: empty");
  return records;
}

function ordered(records: Records, action: FinalAction): unknown[] {
  const keyOf = action.keyFunction === undefined
    ? (record: unknown) => record
    : lookUp(RECORD_FUNCTIONS, action.keyFunction).apply;
  return records.toSorted((a, b) => compareValues(keyOf(a), keyOf(b)));
}

function counts(values: Records): [unknown, number][] {
  return [...Map.groupBy(values, valueName).values()]
    .map((group) => [group[0], group.length]);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0);
}

/** Bounds and counts; the last bucket takes its upper bound in. */
function histogram(
  numbers: readonly number[],
  buckets: number | readonly number[],
): [readonly number[], number[]] {
  const bounds = typeof buckets === "number"
    ? evenBounds(numbers, buckets)
    : buckets;
  const last = bounds.length - 2;
  const found = new Array<number>(last + 1).fill(0);
  for (const n of numbers) {
    // Floating point bounds: a number on one falls where the division says.
    const at = typeof buckets === "number"
      ? Math.floor((n - (bounds[0] ?? 0)) / widthOf(bounds))
      : bounds.findLastIndex((bound) => bound <= n);
    if (at < 0 || n > (bounds.at(-1) ?? 0)) continue;
    const bucket = Math.min(at, last);
    found[bucket] = (found[bucket] ?? 0) + 1;
  }
  return [bounds, found];
}

function evenBounds(numbers: readonly number[], buckets: number): number[] {
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  if (low === high || buckets === 1) return [low, high];
  const width = (high - low) / buckets;
  const lower = Array.from({ length: buckets }, (_, i) => low + i * width);
  return [...lower, high];
}

/** Width of one of even buckets; 1 when all numbers are the same. */
function widthOf(bounds: readonly number[]): number {
  const range = (bounds.at(-1) ?? 0) - (bounds[0] ?? 0);
  return range === 0 ? 1 : range / (bounds.length - 1);
}

/** Count, mean, sum, smallest, largest, variance, standard deviation. */
function statistics(numbers: readonly number[]): number[] {
  const count = numbers.length;
  const sum = sumOf(numbers);
  const mean = sum / count;
  const variance = sumOf(numbers.map((n) => (n - mean) ** 2)) / count;
  return [
    count,
    mean,
    sum,
    Math.min(...numbers),
    Math.max(...numbers),
    variance,
    Math.sqrt(variance),
  ];
}
