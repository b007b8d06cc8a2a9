import { fileURLToPath } from "node:url";

/**
 * The worker of the npm package, one file without imports, in place of what
 * `worker_program.ts` tells.
 *
 * @param root the package's folder `esm/` or `script/`, which share the worker
 */
export function workerProgram(root: URL): string[] {
  return [
    "--no-config",
    "--no-lock",
    "--node-modules-dir=none", // none that lies around it counts
    fileURLToPath(new URL("../esm/worker/main.mjs", root)),
  ];
}
