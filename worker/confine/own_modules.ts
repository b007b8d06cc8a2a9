/**
 * The worker's own modules, which any function of it may import: Deno asks for
 * no right to import what is loaded already.
 *
 * @param main URL of the worker's main module
 * @returns URLs of all that could be loaded, loaded or not
 */
export function ownModules(main: string): string[] {
  if (!main.endsWith(".ts")) return []; // a bundle, which exports nothing of them
  const root = new URL("../", main);
  return ["src/", "worker/"].flatMap((folder) =>
    modulesBelow(new URL(folder, root))
  );
}

function modulesBelow(folder: URL): string[] {
  return entriesOf(folder).flatMap(({ name, isDirectory }) => {
    if (isDirectory) return modulesBelow(new URL(`${name}/`, folder));
    return /\.[jt]s$/.test(name) ? [new URL(name, folder).href] : [];
  });
}

/** Nothing where the worker is one file, without the folders of its sources. */
function entriesOf(folder: URL): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
