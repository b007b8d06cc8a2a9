import { types } from "node:util";
import { TEMPORAL_NAMES } from "./temporal_names.ts";

// Taken before user code can replace them: loops end by them.
const { getOwnPropertyDescriptor, getPrototypeOf } = Object;

const { getTime, toISOString } = Date.prototype;
const temporalTexts: ReadonlyMap<string, () => string> = temporalMethods();

const MAX_TEXT = 40; // characters of a string that are shown

/**
 * Describes any value in a few words, for messages. Runs none of the value's
 * own code, whose `toString` may throw or never return.
 *
 * @param value anything
 *
 * @example
 * ```ts
 * describeValue([1, 2]); // "an array of length 2"
 * ```
 */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(
        value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value,
      );
    case "bigint":
      return `${value}n`;
    case "object":
      if (value === null) return "null";
      if (types.isProxy(value)) return "a Proxy";
      if (Array.isArray(value)) return `an array of length ${value.length}`;
      if (types.isDate(value)) return describeDate(value);
      return describeTemporal(value) ??
        `an object of class ${className(value)}`;
    case "function":
      if (types.isProxy(value)) return "a Proxy of a function";
      return `the function ${dataProperty(value, "name") || "(anonymous)"}`;
    default:
      return String(value);
  }
}

function describeDate(date: Date): string {
  return Number.isNaN(getTime.call(date))
    ? "an invalid Date"
    : `the Date ${toISOString.call(date)}`;
}

/** A value of Temporal, by Temporal's own code; null for any other. */
function describeTemporal(value: object): string | null {
  const name = className(value);
  const text = temporalTexts.get(name);
  if (text === undefined) return null;
  try {
    return `the ${name} ${text.call(value)}`;
  } catch {
    return null; // a class of the program's with that name
  }
}

/** The name of an object's class; "null" where that is not data. */
export function className(value: object): string {
  const constructor = dataProperty(value, "constructor");
  if (typeof constructor !== "function") return "null";
  const name = dataProperty(constructor, "name");
  return typeof name === "string" ? name : "null";
}

/**
 * A property that is plain data, of the object or of its prototypes.
 *
 * @param object where to look
 * @param name the property's name
 * @returns undefined for a property that a getter or a proxy makes, and for none
 */
export function dataProperty(object: object, name: string): unknown {
  for (
    let holder: object | null = object;
    holder !== null && !types.isProxy(holder);
    holder = getPrototypeOf(holder)
  ) {
    const property = getOwnPropertyDescriptor(holder, name);
    if (property !== undefined) return property.value;
  }
  return undefined;
}

/**
 * Whether a value is an error, asked of neither a proxy nor a class: both can
 * answer with code of their own, which may throw.
 *
 * @param value anything, such as what was thrown
 */
export function isError(value: unknown): value is Error {
  if (typeof value !== "object" || value === null) return false;
  for (let holder: object | null = value; holder !== null;) {
    if (types.isProxy(holder)) return false;
    if (holder === Error.prototype) return true;
    holder = getPrototypeOf(holder);
  }
  return types.isNativeError(value);
}

/** How Temporal writes values of each of its classes; none in a runtime without Temporal. */
function temporalMethods(): Map<string, () => string> {
  return new Map(
    "Temporal" in globalThis
      ? TEMPORAL_NAMES.map((name) => [name, Temporal[name].prototype.toString])
      : [],
  );
}
