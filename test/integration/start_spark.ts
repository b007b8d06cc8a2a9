import process from "node:process";
import { SparkSession } from "../../mod.ts";

/**
 * A small Spark for one test file: two cores, no web page, two partitions,
 * all types that it knows in every session. With `TSPARK_TEST_CODEGEN=off` it
 * interprets queries: of a few rows, that takes less than to compile them.
 *
 * @param settings further settings
 */
export async function startSpark(
  settings: Readonly<Record<string, string>> = {},
): Promise<SparkSession> {
  let builder = SparkSession.builder.master("local[2]").appName("test")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "2")
    .config("spark.driver.memory", "1g")
    .config("spark.sql.timestampNanosTypes.enabled", "true")
    .config("spark.sql.timeType.enabled", "true");
  if (process.env["TSPARK_TEST_CODEGEN"] === "off") {
    builder = builder.config("spark.sql.codegen.wholeStage", "false")
      .config("spark.sql.codegen.factoryMode", "NO_CODEGEN");
  }
  for (const [key, value] of Object.entries(settings)) {
    builder = builder.config(key, value);
  }
  return await builder.getOrCreate();
}
