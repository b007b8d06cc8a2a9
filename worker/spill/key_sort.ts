import { compareKeys } from "../../src/serde/keys/compare.ts";
import type { KeyedMap } from "../../src/serde/keys/keyed_map.ts";
import { textOrder } from "./text_order.ts";

const TEXT_LEAST = 512; // fewer keys are sorted by comparison as fast
const WIDE = /[\ud800-\uffff]/; // where UTF-16 units and code points differ in order

/** The keys of a map in the order of `compareKeys`. */
export function sortedKeys<K>(map: KeyedMap<K, unknown>): K[] {
  const keys = new Array<K>(map.size); // grown step by step it would take twice the memory
  let at = 0;
  for (const key of map.keys()) keys[at++] = key;
  return sortKeys(keys);
}

/** Sorts keys in place, in the order of `compareKeys`; equal ones stay in order. */
export function sortKeys<K>(keys: K[]): K[] {
  keys.sort(comparison(keys));
  // Array.sort puts undefined last and asks nobody; among keys it is the first.
  let defined = keys.length;
  while (defined > 0 && keys[defined - 1] === undefined) defined--;
  return defined === 0 ? keys : keys.copyWithin(keys.length - defined, 0).fill(
    undefined as K,
    0,
    keys.length - defined,
  );
}

/**
 * The indices of keys in the order of the keys; equal ones stay in order.
 *
 * @param sign 1 for ascending, -1 for descending
 */
export function sortedOrder(
  keys: readonly unknown[],
  sign: 1 | -1,
): Uint32Array {
  if (keys.length >= TEXT_LEAST) {
    const byText = textOrder(keys, sign);
    if (byText !== null) return byText;
  }
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  const compare = comparison(keys);
  return sign === 1
    ? order.sort((i, j) => compare(keys[i], keys[j]))
    : order.sort((i, j) => compare(keys[j], keys[i]));
}

/** The fastest function that compares such keys as `compareKeys` does. */
function comparison(
  keys: readonly unknown[],
): (a: unknown, b: unknown) => number {
  if (keys.every((key) => typeof key === "number" && key === key)) {
    return (a, b) => (a as number) < (b as number) ? -1 : a === b ? 0 : 1;
  }
  if (keys.every((key) => typeof key === "string" && !WIDE.test(key))) {
    return (a, b) => (a as string) < (b as string) ? -1 : a === b ? 0 : 1;
  }
  return compareKeys;
}
