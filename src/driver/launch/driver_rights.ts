import { GatewayError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import {
  missingRights,
  type Right,
  rightsOption,
} from "../../common/platform/rights.ts";
import { hasNoCache } from "./cache_error.ts";
import { cacheFolder } from "./cache_folder.ts";
import { isJoining } from "./connection_info.ts";
import { DEFAULT_SPARK_VERSION, sparkCacheHome } from "./find_spark.ts";

/**
 * Checks that the program may do what every driver does, before the lack of a
 * right looks like something else, such as a Spark that is not there. At a
 * terminal, Deno asks the user.
 *
 * @throws GatewayError `PERMISSION_MISSING`, which names all that is missing
 */
export function requireDriverRights(): void {
  // The folders' names are in the environment: its rights come first.
  const home = platform.operatingSystem === "windows" ? "LOCALAPPDATA" : "HOME";
  refuse(missingRights(
    [home, "SPARK_HOME"].map((variable) => ({ name: "env", variable })),
  ));
  refuse(missingRights(driverRights(platform.environment())));
}

/**
 * What every driver does, except for the files in the folder for temporary ones.
 *
 * @param env the program's environment, as far as it may be read
 */
export function driverRights(
  env: Readonly<Record<string, string>>,
): Right[] {
  const cache = cacheOf(env);
  const spark = env["SPARK_HOME"] ||
    (cache === null ? null : sparkCacheHome(DEFAULT_SPARK_VERSION, cache));
  const folders = spark === null
    ? []
    : ["bin", "conf", "jars"].map((name) => `${spark}/${name}`);
  const caches = cache === null ? [] : [cache];
  return [
    ...(isJoining(env) ? [] : [{ name: "run", command: "/bin/sh" } as const]),
    { name: "net", host: "127.0.0.1" },
    { name: "sys" },
    ...[...folders, ...caches].map((path) => ({ name: "read", path } as const)),
    ...caches.map((path) => ({ name: "write", path } as const)),
  ];
}

/** This user's cache; null without one: then nothing is kept, and who needs it says so. */
function cacheOf(env: Readonly<Record<string, string>>): string | null {
  try {
    return cacheFolder(env);
  } catch (error) {
    if (hasNoCache(error)) return null;
    throw error;
  }
}

function refuse(missing: readonly Right[]): void {
  if (missing.length === 0) return;
  const names = [...new Set(missing.map(({ name }) => name))];
  const options = names.map((name) => rightsOption(name, missing)).join(" ");
  throw new GatewayError(
    "PERMISSION_MISSING",
    `Cannot start Spark: the program lacks "${options}"; run it with these as well, docs/permissions.md has the whole list`,
    { missing: options },
  );
}
