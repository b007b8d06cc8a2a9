/**
 * The reference for operations by key, on plain arrays.
 *
 * @module
 */
import { valueName } from "./value_order.ts";

/** A key with a value. */
export type Pair = [unknown, unknown];

type Records = readonly unknown[];

/** A text that pairs with equal keys share. */
export function keyName(pair: Pair): string {
  return valueName(pair[0]);
}

/** One pair for each key, with all its values. */
export function grouped(pairs: readonly Pair[]): [unknown, unknown[]][] {
  return [...Map.groupBy(pairs, keyName).values()]
    .map((group) => [group[0]?.[0], group.map(([, v]) => v)]);
}

/** One pair for each key, its values merged from the first on. */
export function reducedByKey(
  pairs: readonly Pair[],
  merge: (a: unknown, b: unknown) => unknown,
): [unknown, unknown][] {
  return grouped(pairs)
    .map(([k, values]) => [k, values.reduce((a, b) => merge(a, b))]);
}

/** One record of each value. */
export function distinct(records: Records): unknown[] {
  return [...new Map(records.map((x) => [valueName(x), x])).values()];
}

/** For each key the values that each input has for it. */
export function cogrouped(
  inputs: readonly Records[],
): [unknown, unknown[][]][] {
  const groups = inputs.map((input) =>
    Map.groupBy(input as readonly Pair[], keyName)
  );
  const keys = distinct(inputs.flat().map((pair) => (pair as Pair)[0]));
  return keys.map((key) => [
    key,
    groups.map((of) => (of.get(valueName(key)) ?? []).map(([, v]) => v)),
  ]);
}

/**
 * For each key every pair of its values in two inputs.
 *
 * @param left whether pairs of the first input stay without a partner
 * @param right whether pairs of the second do
 */
export function joined(
  inputs: readonly Records[],
  left: boolean,
  right: boolean,
): unknown[] {
  return cogrouped(inputs).flatMap(([key, [vs = [], ws = []]]) => {
    const lefts = right && vs.length === 0 ? [undefined] : vs;
    const rights = left && ws.length === 0 ? [undefined] : ws;
    return lefts.flatMap((v) => rights.map((w) => [key, [v, w]]));
  });
}
