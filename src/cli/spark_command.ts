import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { platform } from "../common/platform/deno.ts";
import {
  DEFAULT_SPARK_VERSION,
  sparkCacheHome,
} from "../driver/launch/find_spark.ts";
import { installSpark } from "../driver/launch/install_spark.ts";
import { note, say } from "./terminal.ts";
import { usageError } from "./usage_error.ts";

/**
 * `tspark spark install`: fetches a Spark, with pip's own display of how far it is.
 *
 * @param version such as `4.3.0`, which is the default
 * @throws GatewayError `SPARK_NOT_INSTALLED`
 */
export async function install(
  version: string = DEFAULT_SPARK_VERSION,
): Promise<void> {
  const { home, fresh } = await installSpark(version);
  note(`Spark ${version} is ${fresh ? "now" : "already"} in ${home}`);
}

/** `tspark spark list`: tells a line for each version in the cache, version and home. */
export async function list(): Promise<void> {
  const versions = await cachedVersions();
  if (versions.length === 0) {
    note("There is no Spark in the cache: tspark spark install fetches one");
  }
  for (const version of versions) say(`${version}  ${sparkCacheHome(version)}`);
}

/**
 * `tspark spark remove`: removes a version from the cache.
 *
 * @param version one that {@link list} tells
 * @throws SparkError when it is not there
 */
export async function remove(version: string): Promise<void> {
  const versions = await cachedVersions();
  if (!versions.includes(version)) {
    throw usageError(
      `Cannot remove Spark "${version}": the cache has ${
        versions.join(", ") || "none"
      }; name one that is there`,
      version,
    );
  }
  const folder = dirname(sparkCacheHome(version));
  await rm(folder, { recursive: true });
  note(`Spark ${version} is no longer in ${folder}`);
}

/** In ascending order. */
async function cachedVersions(): Promise<string[]> {
  const names = await platform.listFolder(sparkFolder()) ?? [];
  return names.filter((name) => /^\d/.test(name)).sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true })
  );
}

function sparkFolder(): string {
  return dirname(dirname(sparkCacheHome(DEFAULT_SPARK_VERSION)));
}
