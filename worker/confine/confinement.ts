import type { LoadedAddon } from "../../src/bridge/addon.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import {
  parseWorkerPermissions,
  permissionArguments,
  WORKER_PERMISSIONS,
} from "../../src/common/worker_permissions.ts";
import {
  confinedEnvironment,
  confinedSetup,
  encodeSetup,
} from "./confined_setup.ts";
import { makeDenoFolder, realDenoFolder } from "../daemon/deno_folder.ts";
import { ownModules } from "./own_modules.ts";
import {
  localFolders,
  ownVariables,
  workerPermissions,
} from "../daemon/spark_environment.ts";
import type { Confinement } from "../daemon/worker_pool.ts";

/**
 * How this daemon's workers are held, by its environment.
 *
 * @param loaded the addon, which confined workers cannot do without
 * @returns null where functions may do everything
 * @throws ProtocolError `ADDON_NEEDED`; `RangeError` where the setting is none
 */
export function confinementOf(loaded: LoadedAddon): Confinement | null {
  const permissions = workerPermissions(ownVariables);
  if (permissions === undefined) return null;
  const { addon, reason } = loaded;
  if (addon === null) {
    throw new ProtocolError(
      "ADDON_NEEDED",
      `Cannot confine workers by ${WORKER_PERMISSIONS} without the native addon: ${reason}; build it with deno task native`,
      { reason },
    );
  }
  const grants = parseWorkerPermissions(permissions);
  const setup = confinedSetup(
    ownVariables,
    permissions,
    loaded.path,
    ownModules(Deno.mainModule),
  );
  const folder = newDenoFolder();
  return {
    rights: [
      ...permissionArguments(grants),
      `--allow-ffi=${loaded.path}`, // given up before any function runs
      "--no-remote",
      "--cached-only",
    ],
    environment: confinedEnvironment(
      Deno.env.toObject(),
      grants,
      folder,
    ),
    setup: encodeSetup(setup),
    remove: () => Deno.removeSync(folder, { recursive: true }),
  };
}

/** In a folder of Spark's, which goes with the executor however that ends. */
function newDenoFolder(): string {
  const [parent = "/tmp"] = localFolders(ownVariables);
  const real = realDenoFolder(ownVariables, Deno.build.os);
  return makeDenoFolder(real, parent);
}

/** @throws ProtocolError `CONFINEMENT_NEEDS_DAEMON` where this process is a worker by itself and should be held */
export function refuseConfinement(): void {
  if (workerPermissions(ownVariables) === undefined) return;
  throw new ProtocolError(
    "CONFINEMENT_NEEDS_DAEMON",
    `Cannot confine a worker by ${WORKER_PERMISSIONS}: spark.python.use.daemon is false, and only the daemon starts workers with fewer rights than its own; set it to true`,
  );
}
