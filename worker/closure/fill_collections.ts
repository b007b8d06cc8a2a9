/**
 * Puts what they hold into collections that are there already, so that cycles
 * close. Filled a second time, a collection holds the same again.
 *
 * @module
 */

import type {
  ArrayNode,
  ClosureValue,
  MapNode,
  SetNode,
  WeakMapNode,
  WeakSetNode,
} from "../../src/protocol/closure_record.ts";
import { required } from "./revive_leaf.ts";

/** Gives the live value. */
export type GetValue = (value: ClosureValue) => unknown;

/** Items, holes among them, and the length. */
export function fillArray(
  array: unknown[],
  node: ArrayNode,
  get: GetValue,
): void {
  array.length = 0;
  for (const item of node.items) {
    if (
      typeof item === "object" && item !== null && "special" in item &&
      item.special === "hole"
    ) array.length++;
    else array.push(get(item));
  }
  if (node.length !== undefined) array.length = node.length;
}

/** Keys and values, in their order. */
export function fillMap(
  map: Map<unknown, unknown>,
  { items }: MapNode,
  get: GetValue,
): void {
  map.clear();
  for (let i = 0; i + 1 < items.length; i += 2) {
    map.set(get(items[i] ?? null), get(items[i + 1] ?? null));
  }
}

/** Items, in their order. */
export function fillSet(
  set: Set<unknown>,
  { items }: SetNode,
  get: GetValue,
): void {
  set.clear();
  for (const item of items) set.add(get(item));
}

/** What the map holds for objects of the record. */
export function fillWeakMap(
  map: WeakMap<WeakKey, unknown>,
  { items }: WeakMapNode,
  get: GetValue,
): void {
  for (let i = 0; i + 1 < items.length; i += 2) {
    map.set(asKey(get(items[i] ?? null)), get(items[i + 1] ?? null));
  }
}

/** Objects of the record. */
export function fillWeakSet(
  set: WeakSet<WeakKey>,
  { items }: WeakSetNode,
  get: GetValue,
): void {
  for (const item of items) set.add(asKey(get(item)));
}

/** A revived value as the key of a weak collection. */
function asKey(value: unknown): WeakKey {
  return typeof value === "object" && value !== null ||
      typeof value === "function" || typeof value === "symbol"
    ? value
    : required(undefined, ["key"]);
}
