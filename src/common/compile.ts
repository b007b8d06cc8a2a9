import { OwnMap } from "./primordials.ts";

/**
 * Compiles code that was written for a shape, such as the names of a row's
 * fields, and keeps what comes of it: V8 drops its optimized code of a function
 * with the last reference to the function, and would have to find out anew with
 * each task how it is used.
 *
 * What is compiled refers to nothing but its arguments, so that no task's
 * values stay behind.
 *
 * @param code the body of a function that returns the one to keep; no user's text is in it
 * @param callees what it will be given to call: V8 puts a function in the place
 *   of its call where it always sees the same, so that each text of them has a
 *   program of its own
 * @param types what tells apart programs of the same code that are given
 *   objects of several classes, for the same reason
 */
export function compile<F>(
  code: string,
  callees: readonly unknown[] = [],
  types = "",
): F {
  const key = [code, types, ...callees.map(sourceOf)].join("\0");
  const known = programs.get(key);
  if (known !== undefined) return known as F;
  const program: F = new Body(code)();
  if (programs.size === MOST_PROGRAMS) dropOldest();
  programs.set(key, program);
  return program;
}

const MOST_PROGRAMS = 1024; // a worker that lives on sees many queries
const MOST_INLINED = 4096; // units; V8 puts at most 460 bytes of bytecode in the place of a call
const programs = new OwnMap<string, unknown>();

function dropOldest(): void {
  const { value } = programs.keys().next();
  if (value !== undefined) programs.delete(value);
}

// Taken before user code can replace them.
const Body = Function;
const { toString } = Function.prototype;
const { apply } = Reflect;

/** What V8 may put in the place of a call: no long text. */
function sourceOf(callee: unknown): string {
  if (typeof callee !== "function") return "";
  const source: string = apply(toString, callee, []);
  return source.length > MOST_INLINED ? "" : source;
}
