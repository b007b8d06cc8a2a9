/**
 * The worker's own modules, which any function of it may import: Deno asks for
 * no right to import what is loaded already.
 *
 * @param root the folder that holds `worker/` and `src/`, with a slash at its end
 * @returns URLs of all that could be loaded, loaded or not
 */
export function ownModules(root: URL): string[] {
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
