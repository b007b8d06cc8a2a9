/**
 * Paths to what every process has: found on the driver, walked on the worker.
 *
 * @module
 */

/** What a path's first step can name beside the properties of the global object: what no global holds. */
export const INTRINSICS: Readonly<Record<string, () => object>> = {
  "%AsyncFunction%": () => Object.getPrototypeOf(async (): Promise<void> => {}),
  "%GeneratorFunction%": () => Object.getPrototypeOf(generate),
  "%AsyncGeneratorFunction%": () => Object.getPrototypeOf(generateLater),
  "%TypedArray%": () => Object.getPrototypeOf(Int8Array),
  "%ArrayIteratorPrototype%": () =>
    Object.getPrototypeOf([][Symbol.iterator]()),
};

function* generate(): Generator<never> {}

async function* generateLater(): AsyncGenerator<never> {}

/** The step that takes the property under a symbol or a string. */
export function stepOf(key: string | symbol): string | null {
  if (typeof key === "string") return key;
  const name = wellKnownName(key);
  return name === undefined ? null : `@@${name}`;
}

/** The name `x` of the well-known symbol `Symbol.x`; undefined for any other symbol. */
export function wellKnownName(symbol: symbol): string | undefined {
  const name = symbol.description?.replace(/^Symbol\./, "");
  return name !== undefined && Reflect.get(Symbol, name) === symbol
    ? name
    : undefined;
}

/**
 * Walks a path from the global object.
 *
 * @param path steps as described at `BuiltinNode`; empty for the global object
 * @returns undefined where this process lacks it
 */
export function resolveBuiltin(path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return globalThis;
  const intrinsic = Object.hasOwn(INTRINSICS, first)
    ? INTRINSICS[first]
    : undefined;
  return intrinsic === undefined
    ? walkPath(globalThis, path)
    : walkPath(intrinsic(), rest);
}

/** Walks the steps from a value; undefined where it ends early. */
export function walkPath(from: unknown, path: readonly string[]): unknown {
  let value: unknown = from;
  for (const step of path) {
    if (value === null || value === undefined) return undefined;
    value = takeStep(Object(value), step);
  }
  return value;
}

function takeStep(holder: object, step: string): unknown {
  if (step.startsWith("@@")) {
    const symbol: unknown = Reflect.get(Symbol, step.slice(2));
    return typeof symbol === "symbol" ? Reflect.get(holder, symbol) : undefined;
  }
  const accessor = /^(get|set) (@@)?(.+)$/s.exec(step);
  if (accessor === null) return Reflect.get(holder, step);
  const [, part, isSymbol, name = ""] = accessor;
  const key: unknown = isSymbol === undefined
    ? name
    : Reflect.get(Symbol, name);
  const descriptor = Object.getOwnPropertyDescriptor(
    holder,
    key as PropertyKey,
  );
  return part === "get" ? descriptor?.get : descriptor?.set;
}
