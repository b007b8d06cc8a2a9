/**
 * Prototypes of classes and functions: they come with their class, so only
 * what was added to them since is described.
 *
 * @module
 */

import type {
  ClosureNode,
  ClosureValue,
} from "../../protocol/closure_record.ts";
import { type Refer, traitsOf } from "./describe_object.ts";
import type { AnyFunction } from "./function_facts.ts";

/** The class or function that has this object as its `prototype`, or null. */
export function prototypeOwner(value: object): AnyFunction | null {
  const owner: unknown = Object.getOwnPropertyDescriptor(value, "constructor")
    ?.value;
  return typeof owner === "function" &&
      Object.getOwnPropertyDescriptor(owner, "prototype")?.value === value
    ? owner
    : null;
}

/** The node of a `prototype` object. */
export function describePrototype(
  value: object,
  owner: AnyFunction,
  refer: Refer,
): ClosureNode {
  return {
    kind: "prototype",
    of: refer(owner, { kind: "inner", name: "constructor" }),
    ...traitsOf(
      value,
      usualParent(owner),
      (key) => isInherent(value, key, sourceOf(owner)),
      refer,
    ),
  };
}

/**
 * Whether a function's `prototype` must be named: it is not the one that
 * evaluating the function's text makes.
 */
export function referPrototype(
  owner: AnyFunction,
  refer: Refer,
): ClosureValue | null {
  const value: unknown = Object.getOwnPropertyDescriptor(owner, "prototype")
    ?.value;
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) {
    return refer(value, { kind: "inner", name: "prototype" });
  }
  const isGenerator = !Object.hasOwn(value, "constructor") &&
    Reflect.ownKeys(value).length === 0 && /^[^({]*\*/.test(sourceOf(owner));
  if (isGenerator) return null;
  const isUsual = prototypeOwner(value) === owner &&
    Object.getPrototypeOf(value) === usualParent(owner) &&
    Object.isExtensible(value) &&
    Reflect.ownKeys(value).every((key) =>
      isInherent(value, key, sourceOf(owner))
    );
  return isUsual ? null : refer(value, { kind: "inner", name: "prototype" });
}

/** Whether a static member of a class comes with the class's own text. */
export function isInherent(
  holder: object,
  key: string | symbol,
  classSource: string,
): boolean {
  if (key === "constructor") return true;
  const property = Object.getOwnPropertyDescriptor(holder, key);
  return classSource.startsWith("class") &&
    [property?.value, property?.get, property?.set].some((part) =>
      typeof part === "function" && classSource.includes(sourceOf(part))
    );
}

/** A function's text. */
export function sourceOf(value: AnyFunction): string {
  return Function.prototype.toString.call(value);
}

function usualParent(owner: AnyFunction): object | null {
  if (!sourceOf(owner).startsWith("class")) return Object.prototype;
  const parent: unknown = Object.getPrototypeOf(owner);
  // A class that extends null has the usual function prototype above itself.
  return typeof parent === "function" && parent !== Function.prototype
    ? parent.prototype
    : /^class\s+(?:[\p{ID_Continue}$]+\s+)?extends\s+null\b/u.test(
        sourceOf(owner),
      )
    ? null
    : Object.prototype;
}
