import process from "node:process";

/** What runs a function when all tests of a file have run. */
type AfterAll = (end: () => Promise<void>) => void;

/**
 * Has the runner of tests call a function after the last test of a file: those
 * of Deno and Node, and others that have `afterAll` among their globals. To be
 * called while the file is loaded: in a test it would end with that one.
 *
 * @param end what ends with the tests
 */
export function endWithTests(end: () => Promise<void>): void {
  findAfterAll()?.(end);
}

function findAfterAll(): AfterAll | undefined {
  const test: unknown = member(member(globalThis, "Deno"), "test");
  if (test !== undefined) return asHook(member(test, "afterAll"));
  if (process.env["NODE_TEST_CONTEXT"] !== undefined) {
    // Not imported: it would run as a test what is none.
    return asHook(member(process.getBuiltinModule("node:test"), "after"));
  }
  return asHook(member(globalThis, "afterAll"));
}

function member(value: unknown, name: string): unknown {
  const holds = typeof value === "object" || typeof value === "function";
  return holds && value !== null ? Reflect.get(value, name) : undefined;
}

function asHook(value: unknown): AfterAll | undefined {
  return typeof value === "function" ? value as AfterAll : undefined;
}
