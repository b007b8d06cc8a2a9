import { build } from "esbuild";
import { join } from "node:path";
import type { WorkerDescription } from "./description.ts";

/**
 * Writes the worker and all that it imports as one file for Deno.
 *
 * @param stage where its sources and their packages lie
 * @param folder the package
 * @param worker what it is made of
 * @throws Error with what esbuild says
 */
export async function writeWorker(
  stage: string,
  folder: string,
  worker: WorkerDescription,
): Promise<void> {
  await build({
    absWorkingDir: join(stage, "worker"),
    entryPoints: [worker.source],
    outfile: join(folder, worker.target),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "esnext",
    conditions: ["deno"],
    logLevel: "error",
    banner: { js: "#!/usr/bin/env -S deno run --allow-all --no-config" },
    external: ["node:*"],
    tsconfigRaw: {}, // not that of the declarations, which asks for "use strict"
  });
}
