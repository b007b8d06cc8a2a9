import { WorkerError } from "../src/common/errors.ts";
import { lockBuiltins } from "./lock_builtins.ts";

/** Stores of the runtime that outlive the process, and that it opens without asking. */
const STORES = ["localStorage", "caches"] as const;

/**
 * Gives up what this worker needed only to start, and keeps its own code out of
 * the reach of the functions to come. Everything that the worker loads has to
 * be there by now.
 *
 * @param addon path of the addon, the one native library that could be loaded
 * @throws WorkerError `CONFINEMENT_FAILED` where something could not be given up
 */
export function confine(addon: string): void {
  Deno.permissions.revokeSync({ name: "ffi", path: addon });
  const { state } = Deno.permissions.querySync({ name: "ffi", path: addon });
  if (state === "granted") throw failed("native libraries can still be loaded");
  for (const name of STORES) {
    if (!Reflect.deleteProperty(globalThis, name)) {
      throw failed(`"${name}" can not be removed`);
    }
  }
  lockBuiltins();
  Object.freeze(Deno);
}

function failed(reason: string): WorkerError {
  return new WorkerError(
    "CONFINEMENT_FAILED",
    `Cannot confine this worker: ${reason}; use the version of Deno that TSpark names`,
    { reason },
  );
}
