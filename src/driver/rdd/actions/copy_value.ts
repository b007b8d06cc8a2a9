import type { SparkRuntime } from "../../runtime/runtime.ts";

/**
 * A copy of a neutral value, so that a function that changes its argument
 * leaves the program's own value alone. It is what a worker would send back
 * for the value.
 *
 * @throws SparkError for a value that cannot be a record
 */
export function copyValue<T>(runtime: SparkRuntime, value: T): T {
  if (typeof value !== "object" || value === null) return value;
  const encode = runtime.encoder();
  const [copy] = runtime.decoder({ kind: "batch" })(encode([value]));
  return copy as T;
}
