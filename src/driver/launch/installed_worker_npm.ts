import { fileURLToPath } from "node:url";
import { packagedAddonPath } from "../../bridge/addon_files.ts";
import type { InstalledWorker } from "./worker_program.ts";

/**
 * The worker of the npm package, one file without imports, in place of what
 * `installed_worker.ts` tells: the package's folders `esm/` and `script/` share it.
 */
export function installedWorker(): Promise<InstalledWorker> {
  const main = new URL("../../../../esm/worker/main.mjs", import.meta.url);
  return Promise.resolve({ main: fileURLToPath(main), addon: null });
}

/** See `installed_worker.ts`. */
export function workerAddon(): Promise<string | null> {
  return Promise.resolve(packagedAddonPath());
}
