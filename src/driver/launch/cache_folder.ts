import { GatewayError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";

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

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}
