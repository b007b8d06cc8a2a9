/**
 * Bundling by the esbuild package, where the program runs in Node.
 *
 * @module
 */

import { fileURLToPath, pathToFileURL } from "node:url";
import type { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import type { BuildFailure } from "esbuild";
import {
  type BundleContents,
  type BundledScript,
  NO_SUCH_FILE,
} from "./bundled_script.ts";
import { packageOf } from "./package_name.ts";

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
  const bundle = (external: string[]) =>
    build({
      external,
      stdin: {
        contents: entry,
        resolveDir: folder,
        sourcefile: "packages.mjs",
      },
      bundle: true,
      format: "cjs",
      platform: "node",
      write: false,
      sourcemap: "external",
      outdir: folder,
      logLevel: "silent",
      plugins: [{
        name: "file addresses and WebAssembly",
        setup(build): void {
          build.onResolve({ filter: /^file:/ }, ({ path }) => ({
            path: fileURLToPath(path),
          }));
          build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
            contents: wasmModule(await readFile(path)),
            resolveDir: dirname(path),
          }));
        },
      }],
    });
  const { outputFiles } = await bundle([]).catch((error: unknown) => {
    const unbuilt = packagesUnbuilt(error);
    if (unbuilt.length === 0) throw error;
    return bundle(unbuilt);
  });
  const textOf = (end: string): string =>
    outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return {
    text: textOf(".js"),
    map: textOf(".js.map"),
    folder,
    mapUrl: pathToFileURL(`${folder}/packages.js.map`).href,
  };
}

/**
 * Packages that look for an addon of their own, by a computed name, that was
 * not built: who asks for such a package does without its addon here too.
 */
function packagesUnbuilt(error: unknown): string[] {
  const { errors } = Object(error) as Partial<BuildFailure>;
  return errors?.flatMap(({ text, location }) =>
    NO_FILE.test(text)
      ? packageOf(pathToFileURL(location?.file ?? "").href) ?? []
      : []
  ) ?? [];
}

const NO_FILE = new RegExp(`^${NO_SUCH_FILE}`);

/** A module that stands for an imported file: Deno makes one of its own. */
function wasmModule(bytes: Buffer): string {
  const quote = JSON.stringify;
  const module = new WebAssembly.Module(new Uint8Array(bytes));
  const needed = [
    ...new Set(WebAssembly.Module.imports(module).map(({ module }) => module)),
  ];
  const imports = needed.map((name, at) =>
    `import * as import${at} from ${quote(name)};\n`
  );
  const objects = needed.map((name, at) => `${quote(name)}: import${at}`);
  const exports = WebAssembly.Module.exports(module).map(({ name }, at) =>
    `const export${at} = exports[${quote(name)}];\n` +
    `export { export${at} as ${quote(name)} };\n`
  );
  return `${imports.join("")}const bytes = Uint8Array.from(atob(${
    quote(bytes.toString("base64"))
  }), (c) => c.charCodeAt(0));
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { ${objects} });
${exports.join("")}`;
}
