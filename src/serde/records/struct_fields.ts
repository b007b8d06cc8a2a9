/**
 * The values of a struct's fields, of an object by their names or of an array
 * by position.
 *
 * @param value what a program gives as a struct
 * @param names of the fields
 * @returns null for an array of another length, and for what has none of the
 *   fields, unless it is a plain object
 */
export function structFields(
  value: unknown,
  names: readonly string[],
): readonly unknown[] | null {
  if (typeof value !== "object" || value === null) return null;
  if (Array.isArray(value)) return value.length === names.length ? value : null;
  if (value instanceof Map || value instanceof Date) return null;
  const proto: unknown = Object.getPrototypeOf(value);
  const isPlain = proto === null || proto === Object.prototype;
  if (!isPlain && names.length > 0 && !names.some((name) => name in value)) {
    return null;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return names.map((name) =>
    name in Object.prototype && !Object.hasOwn(value, name)
      ? null
      : fields[name]
  );
}
