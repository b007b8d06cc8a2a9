/**
 * Whether two types or fields are the same, names, nullability and metadata
 * included: both are plain data.
 */
export function equalTypes(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length &&
    names.every((name) =>
      Object.hasOwn(right, name) &&
      equalTypes(Reflect.get(left, name), Reflect.get(right, name))
    );
}
