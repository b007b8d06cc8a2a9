import { WorkerError } from "../../src/common/errors.ts";
import { closeDoors, type Doors } from "./close_doors.ts";
import { lockBuiltins, lockModules } from "./lock_builtins.ts";

/**
 * Gives up what this worker needed only to start, and keeps its own code out of
 * the reach of the functions to come. Everything that the worker loads has to
 * be there by now.
 *
 * @param addon path of the addon, the one native library that could be loaded
 * @param modules URLs of the worker's own modules
 * @param doors what stays open
 * @throws WorkerError `CONFINEMENT_FAILED` where something could not be given up
 */
export async function confine(
  addon: string,
  modules: readonly string[],
  doors: Doors,
): Promise<void> {
  Deno.permissions.revokeSync({ name: "ffi", path: addon });
  const { state } = Deno.permissions.querySync({ name: "ffi", path: addon });
  if (state === "granted") throw failed("native libraries can still be loaded");
  closeDoors(doors);
  // Deno's own inner parts, by which promises and resources can be watched.
  for (const symbol of Object.getOwnPropertySymbols(Deno)) {
    if (!Reflect.deleteProperty(Deno, symbol)) {
      throw failed(`"Deno[${String(symbol)}]" cannot be removed`);
    }
  }
  lockBuiltins();
  await lockModules(modules);
  Object.freeze(Deno);
}

function failed(reason: string): WorkerError {
  return new WorkerError(
    "CONFINEMENT_FAILED",
    `Cannot confine this worker: ${reason}; use the version of Deno that TSpark names`,
    { reason },
  );
}
