import { fileURLToPath } from "node:url";
import { packagedAddonPath } from "../../bridge/addon_files.ts";
import type { WorkerFiles } from "./worker_program.ts";

/**
 * The worker of the npm package, one file without imports, in place of what
 * `worker_files.ts` tells: the package's folders `esm/` and `script/` share it.
 */
export function workerFiles(): Promise<WorkerFiles> {
  const main = new URL("../../../../esm/worker/main.mjs", import.meta.url);
  return Promise.resolve({ main: fileURLToPath(main), addon: null });
}

/** See `worker_files.ts`. */
export function workerAddon(): Promise<string | null> {
  return Promise.resolve(packagedAddonPath());
}
