import { types } from "node:util";
import {
  className,
  dataProperty,
  describeValue,
  isError,
} from "./describe_value.ts";
import { errorName, plainErrorMessage } from "./error_name.ts";

const MAX_DEPTH = 4; // of values in values
const MAX_PARTS = 20; // of one value
const MAX_TEXT = 2000; // characters of it all

// Taken at the start: no code of the value's own is run.
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const isoText = Date.prototype.toISOString;

/**
 * Shows any value with what it holds, as a console would, for messages. Runs
 * none of the value's own code, asks no proxy, and comes to an end.
 *
 * @param value anything, such as what was thrown
 *
 * @example
 * ```ts
 * showValue({ code: 5, why: "no stock" }); // '{ code: 5, why: "no stock" }'
 * ```
 */
export function showValue(value: unknown): string {
  const text = show(value, 0);
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}

/** A property that a console shows of a value. */
export interface ShownProperty {
  /** Its name, or its symbol in brackets. */
  readonly name: string;
  /** What it holds; undefined where a getter would have to run. */
  readonly value: unknown;
  /** What it holds, in words. */
  readonly text: string;
}

/**
 * The own enumerable properties of a value, without running getters.
 *
 * @param value anything but a proxy
 * @param depth how many values it is within
 */
export function shownProperties(value: object, depth = 0): ShownProperty[] {
  const shown: ShownProperty[] = [];
  for (const key of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property?.enumerable !== true) continue;
    if (shown.length > MAX_PARTS) break; // one more than is told of
    shown.push({
      name: typeof key === "symbol" ? `[${String(key)}]` : nameText(key),
      value: property.value,
      text: "value" in property ? show(property.value, depth + 1) : "(getter)",
    });
  }
  return shown;
}

/** Puts properties into braces, as {@link showValue} does. */
export function showProperties(
  shown: readonly Pick<ShownProperty, "name" | "text">[],
): string {
  return list("{", shown.map(({ name, text }) => `${name}: ${text}`), "}");
}

function show(value: unknown, depth: number): string {
  if (
    typeof value !== "object" || value === null || types.isProxy(value) ||
    ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)
  ) return describeValue(value);
  if (isError(value)) {
    return `${errorName(value)}: ${plainErrorMessage(value)}`;
  }
  if (types.isDate(value)) return dateText(value);
  if (depth >= MAX_DEPTH) return describeValue(value);
  const inner = (part: unknown): string => show(part, depth + 1);
  if (Array.isArray(value)) {
    const length = Math.min(value.length, MAX_PARTS + 1);
    const items = Array.from(
      { length },
      (_, i) => inner(dataProperty(value, `${i}`)),
    );
    return list("[", items, "]", value.length);
  }
  if (types.isMap(value)) {
    const items = firstOf(mapEntries.call(value)).map((entry) => {
      const [key, part] = entry as [unknown, unknown];
      return `${inner(key)} => ${inner(part)}`;
    });
    return list(`Map(${value.size}) {`, items, "}", value.size);
  }
  if (types.isSet(value)) {
    const items = firstOf(setValues.call(value)).map(inner);
    return list(`Set(${value.size}) {`, items, "}", value.size);
  }
  const shown = shownProperties(value, depth);
  if (isPlain(value)) return showProperties(shown);
  const name = className(value);
  return shown.length === 0
    ? describeValue(value)
    : `${name} ${showProperties(shown)}`;
}

/** Whether an object is of no class, in any realm. */
function isPlain(value: object): boolean {
  const proto: object | null = Object.getPrototypeOf(value);
  return proto === null ||
    (!types.isProxy(proto) && Object.getPrototypeOf(proto) === null &&
      Object.hasOwn(proto, "isPrototypeOf"));
}

function dateText(date: Date): string {
  try {
    return isoText.call(date);
  } catch {
    return "Invalid Date"; // only such a date has no text
  }
}

function firstOf(items: Iterator<unknown>): unknown[] {
  const first: unknown[] = [];
  while (first.length <= MAX_PARTS) {
    const { done, value } = items.next();
    if (done === true) break;
    first.push(value);
  }
  return first;
}

/** Parts within brackets, with how many more there are. */
function list(
  start: string,
  parts: readonly string[],
  end: string,
  count: number = parts.length,
): string {
  if (parts.length === 0) return `${start}${end}`;
  const more = count - MAX_PARTS;
  const told = parts.slice(0, MAX_PARTS);
  if (more > 0) told.push(`… ${more} more`);
  return `${start} ${told.join(", ")} ${end}`;
}

function nameText(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? name
    : JSON.stringify(name);
}
