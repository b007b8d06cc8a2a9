import * as nodeModule from "node:module";
import process from "node:process";

/**
 * Takes the types out of TypeScript. Each character stays in its place, except
 * where there is an `enum`, a namespace or a property among parameters.
 *
 * @param code what was typed
 * @returns JavaScript; null where the code is not whole or not TypeScript. The
 *   code as it is on a runtime that knows no types (Node before 22.13)
 */
export function stripTypes(code: string): string | null {
  // Not imported by name: older Nodes do not have it.
  const strip: typeof nodeModule.stripTypeScriptTypes | undefined =
    nodeModule.stripTypeScriptTypes;
  if (strip === undefined) return code;
  return withoutWarnings(() => {
    for (const mode of ["strip", "transform"] as const) {
      try {
        return strip(code, { mode });
      } catch {
        // the other mode knows more; where it fails too, the engine tells
      }
    }
    return null;
  });
}

/** Node calls it experimental, which is nothing that a person at a prompt can do anything about. */
function withoutWarnings<T>(body: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return body();
  } finally {
    process.emitWarning = emitWarning;
  }
}
