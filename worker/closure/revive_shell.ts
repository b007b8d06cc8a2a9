/**
 * What is done to the shells of revived values.
 *
 * @module
 */

import { required } from "./revive_leaf.ts";

/** Assigns as an object literal does: `__proto__` is a key like any other. */
export function setProperty(object: object, key: string, value: unknown): void {
  if (key !== "__proto__") Reflect.set(object, key, value);
  else {
    Object.defineProperty(object, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
}

/** Gives a function its name. */
export function setName(shell: object, name: string): void {
  if (Reflect.get(shell, "name") !== name) {
    Object.defineProperty(shell, "name", { value: name, configurable: true });
  }
}

/** The function within an object literal of one member. */
export function onlyMember(literal: object): object {
  const [key = ""] = Reflect.ownKeys(literal);
  const member = Object.getOwnPropertyDescriptor(literal, key);
  const found: unknown = member?.value ?? member?.get ?? member?.set;
  return typeof found === "function" ? found : required(undefined, ["member"]);
}

/** A revived value as a prototype; null for a primitive. */
export function asPrototype(value: unknown): object | null {
  return (typeof value === "object" || typeof value === "function")
    ? value
    : null;
}

/** A revived value as a getter or setter.
 *
 * @throws ProtocolError where it is no function
 */
export function asAccessor(
  value: unknown,
): (...values: unknown[]) => unknown {
  return typeof value === "function"
    ? value as (...values: unknown[]) => unknown
    : required(undefined, ["accessor"]);
}
