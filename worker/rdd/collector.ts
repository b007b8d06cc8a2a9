/**
 * V8's garbage collector, which workers are started with, taken out of the
 * reach of user code.
 *
 * @returns null where it is not exposed
 */
export function takeCollector(): (() => void) | null {
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect !== "function") return null;
  Reflect.deleteProperty(globalThis, "gc");
  return () => collect();
}
