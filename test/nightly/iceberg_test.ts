/** Tables of Apache Iceberg, whose packages Spark fetches as a program asks for them. */
import { ownSession } from "../integration/shared_session.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { checkLake } from "./lakehouse.ts";

Deno.test("Apache Iceberg", async (t) => {
  await using folder = await temporaryFolder();
  const catalog = "spark.sql.catalog.lake";
  await using spark = await ownSession({
    "spark.jars.packages":
      "org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.10.0",
    "spark.sql.extensions":
      "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    [catalog]: "org.apache.iceberg.spark.SparkCatalog",
    [`${catalog}.type`]: "hadoop",
    [`${catalog}.warehouse`]: `${folder.path}/warehouse`,
  });
  await checkLake(t, spark, {
    format: "iceberg",
    namespace: "lake.shop",
    // Not from the start: Spark resolves no merge into such a table.
    acceptsColumns: (table) =>
      `ALTER TABLE ${table} SET TBLPROPERTIES ("write.spark.accept-any-schema" = "true")`,
    async versions(_, table) {
      const snapshots = await spark.table(`${table}.snapshots`)
        .orderBy("committed_at").selectExpr("CAST(snapshot_id AS STRING) AS id")
        .collect();
      return snapshots.map((row) => String(row["id"]));
    },
    readVersion: (_, table, version) =>
      spark.read.option("snapshot-id", version).table(table),
  });
});
