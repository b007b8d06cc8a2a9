import { GatewayError } from "../../common/errors.ts";
import { childOutput } from "../../common/platform/child_output.ts";
import { platform as thisPlatform } from "../../common/platform/deno.ts";
import type { Platform } from "../../common/platform/platform.ts";
import { DIALECTS } from "../../protocol/dialect.ts";
import { cacheFolder } from "./cache_folder.ts";

/** The Spark that `tspark spark install` puts into the cache unless told otherwise. */
export const DEFAULT_SPARK_VERSION = "4.3.0";

/** A Spark on this machine. */
export interface FoundSpark {
  /** Its folder, ready for `SPARK_HOME`. */
  readonly home: string;
  /** Its version as its jars say, such as `"4.3.0"`. */
  readonly version: string;
  /** What led to it: `"SPARK_HOME"`, `"pyspark package"` or `"cache"`. */
  readonly source: string;
}

/** Where {@link findSpark} looks. */
export interface FindSparkOptions {
  /** The environment to go by (default: the program's). */
  readonly env?: Readonly<Record<string, string>>;
  /** Version to look for in the cache (default: {@link DEFAULT_SPARK_VERSION}). */
  readonly version?: string;
  /** The runtime's means (default: those of this runtime). */
  readonly platform?: Pick<
    Platform,
    "environment" | "operatingSystem" | "listFolder" | "spawn"
  >;
}

/**
 * Finds the Spark to use: `SPARK_HOME` if set, else an installed `pyspark`
 * package's own, else the one in this user's cache.
 *
 * @param options where to look
 * @throws GatewayError `SPARK_HOME_INVALID` when `SPARK_HOME` is set and holds
 *   no Spark; `SPARK_VERSION_REFUSED` when the Spark found is one that TSpark
 *   does not speak to; `SPARK_NOT_FOUND` when there is none
 */
export async function findSpark(
  options: FindSparkOptions = {},
): Promise<FoundSpark> {
  const platform = options.platform ?? thisPlatform;
  const env = options.env ?? platform.environment();

  const given = env["SPARK_HOME"];
  if (given) {
    const looked = await lookAt(given, platform);
    if (typeof looked === "string") throw invalidHome(given, looked);
    return accept({
      home: given,
      version: looked.version,
      source: "SPARK_HOME",
    });
  }
  const packaged = await findPackage(env, platform);
  if (packaged !== null) {
    const looked = await lookAt(packaged, platform);
    if (typeof looked !== "string") {
      const { version } = looked;
      return accept({ home: packaged, version, source: "pyspark package" });
    }
    // pyspark-client installs a package of the same name without any Spark.
  }
  const version = options.version ?? DEFAULT_SPARK_VERSION;
  const folder = cacheFolder(env, platform.operatingSystem);
  const cached = sparkCacheHome(version, folder);
  const looked = await lookAt(cached, platform);
  if (typeof looked !== "string") {
    return accept({ home: cached, version: looked.version, source: "cache" });
  }
  throw notFound(packaged, version, cached, platform.operatingSystem);
}

/**
 * Where the cache keeps the Spark of a version.
 *
 * @param version such as `"4.3.0"`
 * @param folder this user's cache
 * @returns the home of that Spark, which may not be there yet
 */
export function sparkCacheHome(
  version: string,
  folder: string = cacheFolder(),
): string {
  return `${folder}/spark/${version}/pyspark`;
}

/**
 * The version of the Spark in a folder, or what is missing there for it to be
 * one.
 */
async function lookAt(
  home: string,
  platform: Pick<Platform, "listFolder">,
): Promise<{ readonly version: string } | string> {
  const programs = await listOrEmpty(`${home}/bin`, platform);
  if (!programs.includes("spark-submit")) return "bin/spark-submit";
  for (const jar of await listOrEmpty(`${home}/jars`, platform)) {
    const version = /^spark-core_2\.\d+-(\d.*)\.jar$/.exec(jar)?.[1];
    if (version !== undefined) return { version };
  }
  return "jars/spark-core_<Scala version>-<version>.jar";
}

async function listOrEmpty(
  path: string,
  platform: Pick<Platform, "listFolder">,
): Promise<readonly string[]> {
  try {
    return await platform.listFolder(path) ?? [];
  } catch {
    return []; // a file, or a folder closed to this user
  }
}

/**
 * Asks Python where it would import `pyspark` from, without importing it,
 * which would take five times as long. The folder it is called in does not
 * count: a folder of that name there is a user's own.
 */
const PACKAGE_QUESTION = `
import importlib.util, sys
sys.path[:] = [path for path in sys.path if path]
spec = importlib.util.find_spec("pyspark")
print((spec and spec.submodule_search_locations or [""])[0])
`;

/** Folder of the installed `pyspark` package; null without one. */
async function findPackage(
  env: Readonly<Record<string, string>>,
  platform: Pick<Platform, "operatingSystem" | "spawn">,
): Promise<string | null> {
  try {
    const python = pythonName(platform.operatingSystem);
    const child = platform.spawn(python, ["-c", PACKAGE_QUESTION], env);
    const { code, stdout } = await childOutput(child);
    const folder = stdout.trim();
    return code === 0 && folder !== "" ? folder : null;
  } catch {
    return null; // no Python, hence no package of it
  }
}

function pythonName(operatingSystem: string): string {
  return operatingSystem === "windows" ? "python" : "python3";
}

function accept(spark: FoundSpark): FoundSpark {
  const minor = /^\d+\.\d+(?!\d)/.exec(spark.version)?.[0];
  if (DIALECTS.some((dialect) => dialect === minor)) return spark;
  throw new GatewayError(
    "SPARK_VERSION_REFUSED",
    `Cannot use Spark "${spark.version}" in "${spark.home}", found through ${spark.source}: TSpark speaks to Spark ${
      DIALECTS.join(", ")
    }; set SPARK_HOME to one of these`,
    { version: spark.version, home: spark.home, source: spark.source },
  );
}

function invalidHome(home: string, missing: string): GatewayError {
  return new GatewayError(
    "SPARK_HOME_INVALID",
    `Cannot use SPARK_HOME "${home}": there is no ${missing} in it; set it to the folder of a Spark, or unset it and run "tspark spark install"`,
    { home, missing },
  );
}

function notFound(
  packaged: string | null,
  version: string,
  cached: string,
  operatingSystem: string,
): GatewayError {
  const python = pythonName(operatingSystem);
  const ofPackage = packaged === null
    ? `"${python}" has no package "pyspark"`
    : `the package "pyspark" in "${packaged}" holds no Spark`;
  return new GatewayError(
    "SPARK_NOT_FOUND",
    `Cannot find Spark: SPARK_HOME is not set, ${ofPackage}, and there is no Spark ${version} in "${cached}"; run "tspark spark install", or set SPARK_HOME`,
    { version, cached, packaged },
  );
}
