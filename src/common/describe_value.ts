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
      if (Array.isArray(value)) return `an array of length ${value.length}`;
      return `an object of class ${className(value)}`;
    case "function":
      return `the function ${dataProperty(value, "name") || "(anonymous)"}`;
    default:
      return String(value);
  }
}

function className(value: object): string {
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
 * @returns undefined for a property that a getter makes, and for none
 */
export function dataProperty(object: object, name: string): unknown {
  for (
    let holder: object | null = object;
    holder !== null;
    holder = Object.getPrototypeOf(holder)
  ) {
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (property !== undefined) return property.value;
  }
  return undefined;
}
