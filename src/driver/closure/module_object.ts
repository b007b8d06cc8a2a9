/**
 * Objects that hold a module's exports though the engine made no namespace of
 * them: those of CommonJS, and those that compilers put in a namespace's place.
 *
 * @module
 */

import Module from "node:module";
import { types } from "node:util";
import { sourceOf } from "./describe_prototype.ts";
import { readVariable } from "./scope_copy.ts";

/**
 * Tells objects that stand for a module. A program that names one property of
 * such an object means that export, and not all that the module holds.
 */
export class ModuleObjects {
  #commonJs: ReadonlySet<unknown> | null = null;

  /** Whether the object stands for a module, as far as is known since the first question. */
  has(value: object): boolean {
    if (types.isProxy(value)) return isInterop(value);
    return isMarked(value) || value instanceof Module ||
      (Object.getPrototypeOf(value) === Object.prototype &&
        (this.#commonJs ??= commonJsExports()).has(value));
  }
}

/**
 * Whether these exports can be serialized without the others: none is inherited, and
 * none is a function that could reach the others by `this`.
 */
export function standAlone(value: object, keys: ReadonlySet<string>): boolean {
  const isModule = isMarked(value);
  return keys.values().every((key) => {
    if (!Object.hasOwn(value, key)) return false;
    const state = isModule ? null : readVariable(value, key);
    return state?.kind !== "value" || !usesThis(state.value);
  });
}

/** TypeScript, esbuild and Babel mark by `__esModule`, Vite by the tag of namespaces. */
function isMarked(value: object): boolean {
  return ownData(value, "__esModule") === true ||
    ownData(value, Symbol.toStringTag) === "Module";
}

/** The value of a property that no getter makes: one of the program's own may throw. */
function ownData(value: object, key: string | symbol): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/** vitest puts a proxy around the namespace of a module that it did not transform. */
function isInterop(proxy: object): boolean {
  try {
    return isMarked(proxy);
  } catch {
    return false; // a proxy of the program's, which forbids the question
  }
}

function commonJsExports(): ReadonlySet<unknown> {
  const cache: unknown = Reflect.get(Module, "_cache");
  return new Set(
    Object.values(Object(cache)).map((module) =>
      Reflect.get(Object(module), "exports")
    ),
  );
}

function usesThis(value: unknown): boolean {
  if (typeof value !== "function") return false;
  const source = sourceOf(value);
  return !source.startsWith("class") && /\bthis\b/.test(source);
}
