import process from "node:process";
import { inspect } from "node:util";
import { VariantVal } from "../../types/variant_val.ts";
import { isRow, type Row, rowNames, VALUES } from "./row.ts";

// Taken before user code can replace them: each record is asked.
const { getOwnPropertyNames, getOwnPropertySymbols, keys: shownNames } = Object;
const { ownKeys } = Reflect;

/** What arrays that `match()` gives have beside their elements; `groups` has each of them, and each of their `indices`. */
export const MATCH_NAMES: readonly PropertyKey[] = [
  "index",
  "input",
  "groups",
  "indices",
];

const FEW = 3; // elements up to which a list of all names is the fastest
const LONG = 180; // elements from which printing is faster than that, where there is no besideElements

type NamesOf = (value: object, filter: 0) => readonly PropertyKey[];

/** Names of all own properties that are no indices, at one price for any length; Deno alone has it. */
const besideElements: NamesOf | null = "Deno" in globalThis
  ? Reflect.get(process, "binding")("util").getOwnNonIndexProperties
  : null;

/** Whether an array may be what `match()` gives, told at no cost: these keep their properties. */
export function isLikeMatch(array: readonly unknown[]): boolean {
  // What matched is a text or a pair of places: lists of numbers are told at once.
  return typeof array[0] !== "number" && "groups" in array;
}

/** Those of these properties that an array has, in its order. */
export function matchNames(array: readonly unknown[]): string[] {
  const names = ownKeys(array);
  const own = names.slice(names.indexOf("length") + 1);
  return own.filter((name) => MATCH_NAMES.includes(name)) as string[];
}

/** Whether an array has nothing but its elements. */
export function hasOnlyElements(array: readonly unknown[]): boolean {
  const length = array.length;
  if (length > FEW && besideElements !== null) {
    return besideElements(array, 0).length === 1;
  }
  if (length > LONG) return LONG_ARRAY.test(printed(array, true));
  const names = ownKeys(array);
  return names[names.length - 1] === "length"; // indices come before it, all else behind
}

/** The same of a typed array or a DataView. */
export function viewHasOnlyElements(view: ArrayBufferView): boolean {
  const length = "length" in view ? Number(view.length) : 0;
  if (length > FEW && besideElements !== null) {
    return besideElements(view, 0).length === 0;
  }
  return length > LONG
    ? LONG_VIEW.test(printed(view, false))
    : ownKeys(view).length === length;
}

/**
 * Whether all that an object has is enumerable and named by strings.
 *
 * @param count how many such properties it has
 */
export function isAllShown(object: object, count: number): boolean {
  return getOwnPropertyNames(object).length === count &&
    getOwnPropertySymbols(object).length === 0;
}

/** Whether an object has no property of its own. */
export function isBare(object: object): boolean {
  // In this order: the engine keeps what the first finds for the second.
  return shownNames(object).length === 0 && isAllShown(object, 0);
}

/** Whether a row has nothing but its columns. */
export function hasOnlyColumns(row: Row): boolean {
  const shown = shownNames(row);
  if (getOwnPropertyNames(row).length !== shown.length) return false;
  const names = rowNames(row);
  const hidden = getOwnPropertySymbols(row);
  return hidden.length === 0
    ? shown.length === names.length
    : hidden.length === 1 && hidden[0] === VALUES &&
      shown.length === new Set(names).size;
}

/**
 * The first property of a value that is not serialized with it, though all that
 * the value holds does.
 *
 * @param value an array, plain object, row, error, buffer, Map, Set, Date or RegExp
 * @returns null where there is none
 */
export function strayProperty(value: object): PropertyKey | null {
  if (Array.isArray(value)) return strayOfArray(value);
  const names = ownKeys(value);
  if (ArrayBuffer.isView(value)) {
    return names["length" in value ? Number(value.length) : 0] ?? null; // indices come first
  }
  const isSerialized = nameTest(value);
  return names.find((name) => !isSerialized(name)) ?? null;
}

/** Tells of each own property whether it is serialized. */
function nameTest(value: object): (name: PropertyKey) => boolean {
  if (isRow(value)) {
    const columns: ReadonlySet<PropertyKey> = new Set(rowNames(value));
    return (name) => name === VALUES || columns.has(name);
  }
  if (value instanceof RegExp) return (name) => name === "lastIndex";
  if (value instanceof VariantVal) {
    return (name) => name === "value" || name === "metadata";
  }
  if (value instanceof Error) return (name) => typeof name === "string";
  return isPlain(value)
    ? (name) => typeof name === "string" && isShown(value, name)
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
  if (hasOnlyElements(array)) return null;
  const names = ownKeys(array);
  const own = names.slice(names.indexOf("length") + 1);
  const isMatch = isLikeMatch(array) && own.includes("groups");
  return own.find((name) =>
    !isMatch || !MATCH_NAMES.includes(name) || !isShown(array, name)
  ) ?? null;
}

const LONG_ARRAY = /^\[ \.\.\. \d+ more items, \[length\]: \d+ \]$/;
const LONG_VIEW = /^[\w()[\] ]+ \[ \.\.\. \d+ more items \]$/;

/** An array without its elements. Hidden properties of a typed array are all of its class. */
function printed(array: object, showHidden: boolean): string {
  return inspect(array, {
    maxArrayLength: 0,
    showHidden,
    depth: 0,
    customInspect: false,
    compact: true,
    breakLength: Infinity,
    colors: false,
  });
}
