import { createHash } from "node:crypto";
import { GatewayError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import { writingToCache } from "./cache_error.ts";
import { withoutEnd } from "../../common/without_end.ts";

/**
 * The folder where this user keeps what TSpark can make or fetch again.
 *
 * @param env the program's environment
 * @param operatingSystem `"linux"`, `"darwin"`, `"windows"` or another name
 * @returns the folder's path, with `/` between its parts; it may not exist yet
 * @throws GatewayError `CACHE_FOLDER_UNKNOWN` when the environment names no home
 */
export function cacheFolder(
  env: Readonly<Record<string, string>> = platform.environment(),
  operatingSystem: string = platform.operatingSystem,
): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local, HOME: home } = env;
  // The specification says that a relative path is to be ignored.
  if (xdg?.startsWith("/")) return `${withoutSlash(xdg)}/tspark`;
  if (operatingSystem === "windows" && local) {
    return `${withoutSlash(local.replaceAll("\\", "/"))}/tspark`;
  }
  if (operatingSystem !== "windows" && home) {
    const caches = operatingSystem === "darwin" ? "Library/Caches" : ".cache";
    return `${withoutSlash(home)}/${caches}/tspark`;
  }
  const variable = operatingSystem === "windows" ? "LOCALAPPDATA" : "HOME";
  throw new GatewayError(
    "CACHE_FOLDER_UNKNOWN",
    `Cannot find the cache folder of this user: ${variable} is not set; set it, or XDG_CACHE_HOME`,
    { variable },
  );
}

/**
 * Writes a text into a folder of the cache that is named by the text.
 *
 * @param kind the folder's own, such as `"launcher"`
 * @param name the file's
 * @param text its content
 * @param mode its permission bits
 * @returns the file's path
 * @throws GatewayError `CACHE_FOLDER_UNKNOWN`, `CACHE_NOT_WRITABLE`
 */
export async function writeToCache(
  kind: string,
  name: string,
  text: string,
  mode: number,
): Promise<string> {
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const cache = cacheFolder();
  const folder = `${cache}/${kind}/${digest}`;
  return await writingToCache(cache, async () => {
    await platform.makeFolder(folder);
    await platform.writeAtomically(`${folder}/${name}`, text, mode);
    return `${folder}/${name}`;
  });
}

function withoutSlash(path: string): string {
  return path.length > 1 ? withoutEnd(path, "/") : path;
}
