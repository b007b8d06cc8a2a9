// Nothing of cbor-extract is loaded: naming a version makes Deno take it for
// cbor-x too. Of the next one, platforms are missing in the registry, and Deno
// refuses to run a program then. The npm package needs no such thing.
import "cbor-extract/package.json" with { type: "json" };
import process from "node:process";
import { fileURLToPath } from "node:url";
import { builtAddonPath, packagedAddonPath } from "../../bridge/addon_files.ts";
import { addonTarget } from "../../bridge/addon_targets.ts";
import { platform } from "../../common/platform/deno.ts";
import { VERSION } from "../../common/version.ts";
import { writeToCache } from "./cache_folder.ts";
import type { InstalledWorker } from "./worker_program.ts";

const ROOT = new URL("../../../", import.meta.url);
const isOnDisk = ROOT.protocol === "file:";

/**
 * Tells where the worker lies. A program that has imported TSpark from an
 * address has no folder of it: the worker's bundle, which is published as a
 * module beside the others, is written to the cache, and the addon comes from
 * its npm package.
 *
 * @throws GatewayError `CACHE_FOLDER_UNKNOWN`
 * @throws TypeError when the bundle cannot be imported
 */
export async function installedWorker(): Promise<InstalledWorker> {
  if (isOnDisk) {
    return {
      main: fileURLToPath(new URL("worker/main.ts", ROOT)),
      addon: null,
    };
  }
  const bundle = await import(new URL("worker/bundle.js", ROOT).href);
  const main = await writeToCache("worker", "main.mjs", bundle.default, 0o644);
  return { main, addon: await publishedAddon() };
}

/**
 * Path of the addon for workers that are to run elsewhere, on machines of
 * this kind.
 *
 * @returns null when there is none
 */
export async function workerAddon(): Promise<string | null> {
  if (!isOnDisk) return await publishedAddon();
  const built = builtAddonPath();
  return await platform.readFile(built) === null ? packagedAddonPath() : built;
}

/** The addon in the npm package that Deno fetches: its module `path.cjs` tells where. */
async function publishedAddon(): Promise<string | null> {
  const target = addonTarget(process.platform, process.arch);
  if (target === null) return null;
  try {
    const name = `npm:${target.packageName}@${VERSION}/path.cjs`;
    return String((await import(name)).default);
  } catch {
    return null; // workers tell that they run without
  }
}
