/**
 * Makes the language's own objects unchangeable, so that no function can put
 * itself between the worker and them: a replaced `TextDecoder.prototype.decode`
 * would see every secret and could name every file that the worker opens.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";

/** Global names whose values the worker's own code relies on. */
const NAMES: readonly string[] = [
  ..."Object Function Array String Number Boolean Symbol BigInt Math JSON Reflect Proxy Date RegExp"
    .split(" "),
  ..."Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError"
    .split(" "),
  ..."Map Set WeakMap WeakSet WeakRef FinalizationRegistry Promise Iterator Atomics Intl Temporal DisposableStack AsyncDisposableStack"
    .split(" "),
  ..."ArrayBuffer SharedArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array"
    .split(" "),
  ..."parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval"
    .split(" "),
  "Buffer",
  "TextDecoder",
  "TextEncoder",
];

/** What no program names, and loops and functions go through. */
function hiddenObjects(): object[] {
  const iterators = [
    [][Symbol.iterator](),
    ""[Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    "".matchAll(/./g),
    Iterator.from({ next: () => ({ done: true, value: 0 }) }),
    [].values().map((x) => x),
  ];
  const functions = [
    function* () {},
    async function () {},
    async function* () {},
  ];
  const made = [...iterators, ...functions].map((value) =>
    Object.getPrototypeOf(value) as object
  );
  return [...made, ...made.map((value) => Object.getPrototypeOf(value))];
}

/**
 * Freezes the builtins of this realm and all that hangs on them. `Error`
 * itself stays open: stack traces are set up by its properties.
 *
 * A frozen property of a prototype cannot be assigned to objects below it
 * either, which programs do to names such as `toString`. Those become
 * accessors that let objects below have their own.
 */
export function lockBuiltins(): void {
  const named = NAMES.map((name) => Reflect.get(globalThis, name) as unknown);
  const builtins = reachable([
    ...hiddenObjects(),
    ...named,
    AsyncLocalStorage, // runs each task
  ]);
  for (const object of builtins) allowOverrides(object);
  for (const object of builtins) if (object !== Error) Object.freeze(object);
  for (const name of NAMES) pinGlobal(name);
}

/**
 * Freezes what modules export and all that hangs on it, so that no function
 * can import the worker's classes and change their methods.
 *
 * @param modules URLs; one that is not loaded and cannot be is passed over
 */
export async function lockModules(modules: readonly string[]): Promise<void> {
  for (const module of modules) {
    try {
      const exports: object = await import(module);
      for (const object of reachable(Object.values(exports))) {
        if (object !== Error) Object.freeze(object);
      }
    } catch {
      // Not loaded, and nobody else can load it either.
    }
  }
}

/** Objects, and what can be reached from them by properties and prototypes. */
function reachable(from: readonly unknown[]): Set<object> {
  const seen = new Set<object>();
  const open = from.filter(isObject);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at) || at === globalThis || at === Deno) continue;
    if (ArrayBuffer.isView(at)) continue; // cannot be frozen
    seen.add(at);
    open.push(...neighbors(at));
  }
  return seen;
}

function neighbors(object: object): object[] {
  const properties = Object.getOwnPropertyDescriptors(object);
  return Reflect.ownKeys(properties)
    .flatMap((key) => {
      const property = Reflect.get(properties, key) as PropertyDescriptor;
      return [property.value, property.get, property.set];
    })
    .concat(Object.getPrototypeOf(object))
    .filter(isObject);
}

/** Names that programs assign to objects below a builtin prototype. */
const ASSIGNED: readonly string[] = [
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "message",
  "name",
  "propertyIsEnumerable",
  "toJSON",
  "toLocaleString",
  "toString",
  "valueOf",
  "apply",
  "bind",
  "call",
];

/** V8 has shortcuts for these as long as `constructor` is a plain property. */
const WITH_SHORTCUTS: ReadonlySet<object> = new Set([
  Array.prototype,
  Promise.prototype,
  RegExp.prototype,
  ArrayBuffer.prototype,
  Object.getPrototypeOf(Uint8Array.prototype),
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array]
    .map((type) => type.prototype),
  ...[Int32Array, Uint32Array, Float32Array, Float64Array]
    .map((type) => type.prototype),
  BigInt64Array.prototype,
  BigUint64Array.prototype,
]);

function allowOverrides(holder: object): void {
  if (typeof holder === "function") return; // a class's own, which is its alone
  for (const key of ASSIGNED) {
    if (key === "constructor" && WITH_SHORTCUTS.has(holder)) continue;
    const property = Object.getOwnPropertyDescriptor(holder, key);
    if (property === undefined || !("value" in property)) continue;
    if (!property.configurable) continue;
    Object.defineProperty(holder, key, accessor(holder, key, property));
  }
}

/** A property that reads as before, and that objects below may have for themselves. */
function accessor(
  holder: object,
  key: string,
  { value, enumerable = false }: PropertyDescriptor,
): PropertyDescriptor {
  const { defineProperty, freeze, getOwnPropertyDescriptor } = Object;
  const refuse = (): never => {
    throw new TypeError(
      `Cannot assign to "${key}" of a builtin: functions of a confined worker may not change them`,
    );
  };
  return {
    get: freeze(function () {
      return value;
    }),
    set: freeze(function (this: unknown, own: unknown) {
      if (this === holder || !isObject(this)) refuse();
      const target = this as object;
      const before = getOwnPropertyDescriptor(target, key);
      defineProperty(
        target,
        key,
        before === undefined
          ? { value: own, writable: true, enumerable: true, configurable: true }
          : { value: own },
      );
    }),
    enumerable,
    configurable: false,
  };
}

function pinGlobal(name: string): void {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  if (property === undefined) return;
  Object.defineProperty(globalThis, name, {
    value: Reflect.get(globalThis, name),
    writable: false,
    enumerable: property.enumerable ?? false,
    configurable: false,
  });
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) ||
    typeof value === "function";
}
