/**
 * `deno task spark:install [version]`: puts the `pyspark` package of that
 * version, which carries all of Spark, into the per-user cache.
 *
 * @module
 */
import { DEFAULT_SPARK_VERSION } from "../src/driver/launch/find_spark.ts";
import { installSpark } from "../src/driver/launch/install_spark.ts";

async function main(): Promise<void> {
  const [version = DEFAULT_SPARK_VERSION, ...rest] = Deno.args;
  if (rest.length > 0) {
    throw new Error(
      `Cannot install "${Deno.args.join(" ")}": give one version`,
    );
  }
  const spark = await installSpark(version);
  console.error(
    `Spark ${version} is ${spark.fresh ? "now" : "already"} in ${spark.home}`,
  );
}

await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
});
