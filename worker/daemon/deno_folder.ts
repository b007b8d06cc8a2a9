/** Where the runtime keeps what programs store by `localStorage` and `caches`. */
const STORES = "location_data";

/**
 * Makes a folder for Deno's caches that has all of the real one's but no place
 * for stores: functions of a confined worker, and of threads that they start,
 * could else fill the disk and leave each other messages.
 *
 * @param real the folder that Deno uses otherwise; null: none
 * @param parent where to make the new one
 * @returns its path, to be removed in the end
 */
export function makeDenoFolder(real: string | null, parent: string): string {
  const folder = Deno.makeTempDirSync({ dir: parent, prefix: "tspark-deno-" });
  for (const name of real === null ? [] : namesIn(real)) {
    // SQLite finds the files beside a database by the database's real place.
    if (name === STORES || /-(?:wal|shm|journal)$/.test(name)) continue;
    Deno.symlinkSync(`${real}/${name}`, `${folder}/${name}`);
  }
  // A file where Deno would make a folder.
  Deno.writeFileSync(`${folder}/${STORES}`, new Uint8Array(0), { mode: 0o400 });
  return folder;
}

/**
 * Deno's folder, by the environment.
 *
 * @returns null where there is none yet
 */
export function realDenoFolder(
  variables: (name: string) => string | undefined,
  operatingSystem: typeof Deno.build.os,
): string | null {
  const named = variables("DENO_DIR");
  if (named !== undefined && named !== "") return named;
  const home = variables("HOME");
  if (operatingSystem === "darwin") {
    return home === undefined ? null : `${home}/Library/Caches/deno`;
  }
  const caches = variables("XDG_CACHE_HOME");
  if (caches !== undefined && caches !== "") return `${caches}/deno`;
  return home === undefined ? null : `${home}/.cache/deno`;
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
