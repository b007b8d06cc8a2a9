import { join } from "node:path";

/** What dnt writes for `import.meta`, to have it in CommonJS as well. */
const WRAPPED =
  /globalThis\[Symbol\.for\("import-meta-ponyfill-esmodule"\)\]\(import\.meta\)/g;

/**
 * Writes `import.meta` again in the modules that are ES modules: what dnt has
 * in its place asks `process.argv` for the program, which is not always there,
 * and needs another module to have been loaded before.
 *
 * @param folder the package's `esm/`
 * @throws Error when there is none: then this version of dnt does something else
 */
export async function restoreImportMeta(folder: string): Promise<void> {
  const restored = await restoreIn(folder);
  if (restored > 0) return;
  throw new Error(
    `Cannot find what dnt writes for import.meta below "${folder}": it is another dnt; look what it writes now, and mend scripts/npm/import_meta.ts`,
  );
}

async function restoreIn(folder: string): Promise<number> {
  let restored = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) restored += await restoreIn(path);
    else if (name.endsWith(".js")) restored += await restoreInFile(path);
  }
  return restored;
}

async function restoreInFile(path: string): Promise<number> {
  const text = await Deno.readTextFile(path);
  const plain = text.replaceAll(WRAPPED, "import.meta");
  if (plain === text) return 0;
  await Deno.writeTextFile(path, plain);
  return 1;
}
