/** Tables of Delta Lake, whose packages Spark fetches as a program asks for them. */
import { ownSession } from "../integration/shared_session.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { checkLake } from "./lakehouse.ts";

Deno.test("Delta Lake", async (t) => {
  await using folder = await temporaryFolder();
  await using spark = await ownSession({
    "spark.jars.packages": "io.delta:delta-spark_2.13:4.0.0",
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog":
      "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    "spark.sql.warehouse.dir": `${folder.path}/warehouse`,
  });
  await checkLake(t, spark, {
    format: "delta",
    namespace: "delta_lake",
    acceptsColumns: null,
    async versions(_, table) {
      const history = await spark.sql(`DESCRIBE HISTORY ${table}`).collect();
      return history.map((row) => Number(row["version"])).sort((a, b) => a - b);
    },
    readVersion: (_, table, version) =>
      spark.read.option("versionAsOf", version).table(table),
  });
});
