import { inspect } from "node:util";
import { VariantVal } from "../../types/variant_val.ts";
import { isRow, rowNames } from "./row.ts";

/** What arrays that `match()` gives have beside their elements; `groups` has each of them, and each of their `indices`. */
export const MATCH_NAMES: readonly PropertyKey[] = [
  "index",
  "input",
  "groups",
  "indices",
];

const LONG = 180; // elements of an array whose properties are found faster by printing it

/** Whether an array may be what `match()` gives, told at no cost: these keep their properties. */
export function isLikeMatch(array: readonly unknown[]): boolean {
  // What matched is a text or a pair of places: lists of numbers are told at once.
  return typeof array[0] !== "number" && "groups" in array;
}

/** The properties of what `match()` gives, in their order. */
export function matchNames(array: readonly unknown[]): string[] {
  const keys = Reflect.ownKeys(array);
  return keys.slice(keys.indexOf("length") + 1) as string[];
}

/**
 * The first property of a value that does not travel with it, though all that
 * the value holds does.
 *
 * @param value an array, plain object, row, error, buffer, Map, Set, Date or RegExp
 * @returns null where there is none
 */
export function strayProperty(value: object): PropertyKey | null {
  if (Array.isArray(value)) return strayOfArray(value);
  if (ArrayBuffer.isView(value)) return strayOfView(value);
  const keys = Reflect.ownKeys(value);
  if (isRow(value)) {
    const names: readonly PropertyKey[] = rowNames(value);
    return keys.find((key) => !names.includes(key) && isShown(value, key)) ??
      null;
  }
  const travels = nameTest(value);
  return keys.find((key) => !travels(key)) ?? null;
}

/** Tells of each own property whether it travels. */
function nameTest(value: object): (key: PropertyKey) => boolean {
  if (value instanceof RegExp) return (key) => key === "lastIndex";
  if (value instanceof VariantVal) {
    return (key) => key === "value" || key === "metadata";
  }
  if (value instanceof Error) return (key) => typeof key === "string";
  return isPlain(value)
    ? (key) => typeof key === "string" && isShown(value, key)
    : () => false;
}

/** Whether an object is no instance of a class; its `Object.prototype` may be that of another realm, such as a `node:vm` context. */
export function isPlain(value: object): boolean {
  const proto: object | null = Object.getPrototypeOf(value);
  return proto === null || proto === Object.prototype || isRealmsRoot(proto);
}

/** Whether this is the `Object.prototype` of any realm. */
export function isRealmsRoot(proto: object): boolean {
  return Object.getPrototypeOf(proto) === null &&
    Object.hasOwn(proto, "isPrototypeOf");
}

function isShown(value: object, key: PropertyKey): boolean {
  return Object.prototype.propertyIsEnumerable.call(value, key);
}

function strayOfArray(array: readonly unknown[]): PropertyKey | null {
  if (array.length > LONG && isPlainLongArray(array)) return null;
  const keys = Reflect.ownKeys(array);
  if (keys.at(-1) === "length") return null; // indices come before it, all else behind
  const own = keys.slice(keys.indexOf("length") + 1);
  const isMatch = isLikeMatch(array) && own.includes("groups");
  return own.find((key) =>
    !isMatch || !MATCH_NAMES.includes(key) || !isShown(array, key)
  ) ?? null;
}

/** Whether printing an array without its elements shows nothing. The only way to its properties past its elements. */
function isPlainLongArray(array: readonly unknown[]): boolean {
  const text = inspect(array, {
    maxArrayLength: 0,
    showHidden: true,
    depth: 0,
    customInspect: false,
    compact: true,
    breakLength: Infinity,
    colors: false,
  });
  return /^\[ \.\.\. \d+ more items, \[length\]: \d+ \]$/.test(text);
}

function strayOfView(view: ArrayBufferView): PropertyKey | null {
  if (!("length" in view)) return Reflect.ownKeys(view)[0] ?? null;
  const length = Number(view.length);
  if (length > LONG && isPlainLongView(view)) return null;
  return Reflect.ownKeys(view)[length] ?? null; // indices come first
}

/** The same for typed arrays, whose hidden properties are all of their class. */
function isPlainLongView(view: ArrayBufferView): boolean {
  const text = inspect(view, {
    maxArrayLength: 0,
    depth: 0,
    customInspect: false,
    compact: true,
    breakLength: Infinity,
    colors: false,
  });
  return /^[\w()[\] ]+ \[ \.\.\. \d+ more items \]$/.test(text);
}
