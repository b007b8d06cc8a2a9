/**
 * Bundling by the esbuild package, where the program runs in Node.
 *
 * @module
 */

import { fileURLToPath, pathToFileURL } from "node:url";
import process from "node:process";
import type { BundleContents, BundledScript } from "./bundled_script.ts";

/**
 * Runs esbuild from the program's folder.
 *
 * @throws Error with what esbuild says
 */
export async function bundleByEsbuild(
  entry: string,
  _contents: BundleContents,
): Promise<BundledScript> {
  // Loaded when it is needed: a Deno program never needs it.
  const { build } = await import("esbuild");
  const folder = process.cwd();
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: folder, sourcefile: "packages.mjs" },
    bundle: true,
    format: "cjs",
    platform: "node",
    write: false,
    sourcemap: "external",
    outdir: folder,
    logLevel: "silent",
    plugins: [{
      name: "file addresses",
      setup(build): void {
        build.onResolve({ filter: /^file:/ }, ({ path }) => ({
          path: fileURLToPath(path),
        }));
      },
    }],
  });
  const textOf = (end: string): string =>
    outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return {
    text: textOf(".js"),
    map: textOf(".js.map"),
    mapUrl: pathToFileURL(`${folder}/packages.js.map`).href,
  };
}
