/**
 * Fetches and builds what a program on TSpark needs and this machine lacks:
 * Spark, and the native addon. Quick when nothing is missing.
 *
 * @module
 */
import { GatewayError } from "../src/common/errors.ts";
import {
  DEFAULT_SPARK_VERSION,
  findSpark,
} from "../src/driver/launch/find_spark.ts";
import { installSpark } from "../src/driver/launch/install_spark.ts";

/**
 * Installs Spark where none is found. A `SPARK_HOME` that holds no Spark is
 * the user's to mend, and stays an error.
 */
export async function prepareSpark(): Promise<void> {
  try {
    await findSpark();
  } catch (error) {
    const missing = error instanceof GatewayError &&
      error.condition === "SPARK_NOT_FOUND";
    if (!missing) throw error;
    console.error(
      `No Spark here yet: fetching Spark ${DEFAULT_SPARK_VERSION} with pip, about 450 MB, once`,
    );
    await installSpark(DEFAULT_SPARK_VERSION);
  }
}

/** Builds the native addon unless it is newer than its sources. */
export async function prepareNative(): Promise<void> {
  const script = new URL("build_native.ts", import.meta.url);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", script.href],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (!success) throw new Error("Cannot build the native addon: see above");
}

if (import.meta.main) {
  try {
    await prepareSpark();
    await prepareNative();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
