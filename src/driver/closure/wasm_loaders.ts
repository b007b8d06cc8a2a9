import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Inspector } from "./inspector.ts";
import { packageModuleName, packageOf } from "./package_name.ts";

/**
 * The modules that hand a module its WebAssembly, as the glue of wasm-bindgen
 * needs: they read the file, and export again what the glue exports. Without
 * them a worker would load the glue alone.
 *
 * @param inspector knows the scripts that the program has loaded
 * @param url address of the module, in a package
 * @returns addresses of loaded modules of the same package
 */
export async function wasmLoaders(
  inspector: Inspector,
  url: string,
): Promise<string[]> {
  const scripts = [...inspector.scripts()];
  const ownTexts = await Promise.all(
    scripts.filter((script) => script.url === url)
      .map((script) => inspector.scriptText(script)),
  );
  if (!ownTexts.some(({ text }) => /\bwasm\b/.test(text))) return [];
  const root = rootOf(url);
  const name = `/${basename(url)}`;
  const loaders = new Set<string>();
  const look = (other: string, text: string): void => {
    if (text.includes(".wasm") && text.includes(name)) loaders.add(other);
  };
  for (const script of scripts) {
    if (script.url === url || !script.url.startsWith(root)) continue;
    look(script.url, (await inspector.scriptText(script)).text);
  }
  for (const path of commonModules(url)) {
    const other = pathToFileURL(path).href;
    if (other === url || !other.startsWith(root)) continue;
    look(other, await readFile(path, "utf8").catch(() => ""));
  }
  return [...loaders];
}

/** The engine forgets the script of a CommonJS module that has left no function behind. */
function commonModules(url: string): string[] {
  return url.startsWith("file:")
    ? Object.keys(createRequire(fileURLToPath(url)).cache)
    : [];
}

/** Address of a package's folder. */
function rootOf(url: string): string {
  const name = packageOf(url) ?? "";
  const path = packageModuleName(url).slice(name.length + 1);
  return url.slice(0, url.length - path.length);
}
