/**
 * `deno task worker:bundle`: writes `worker/bundle.js`, the worker as a text
 * in a module, which is published beside the others: a driver that was
 * imported from an address has no folder of the worker's.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { bundledWorker } from "../src/driver/launch/worker_bundle.ts";

/**
 * Writes the module.
 *
 * @param to its path
 */
export async function writeWorkerBundle(to: string): Promise<void> {
  const main = fileURLToPath(new URL("../worker/main.ts", import.meta.url));
  const text = await bundledWorker(main);
  await Deno.writeTextFile(
    to,
    `// Written by scripts/bundle_worker.ts.\nexport default ${
      JSON.stringify(text)
    };\n`,
  );
}

if (import.meta.main) {
  const to = new URL("../worker/bundle.js", import.meta.url);
  await writeWorkerBundle(fileURLToPath(to));
}
