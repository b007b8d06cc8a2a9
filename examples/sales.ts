/**
 * Sales from CSV to Parquet: malformed lines are counted and left out, the
 * revenue of each city is shown by quarter, and the sales are written in a
 * folder for each month.
 * `deno run -A examples/sales.ts [file.csv] [folder]`
 *
 * @module
 */
import { functions as F, SparkSession } from "../mod.ts";

const [
  file = new URL("data/sales.csv", import.meta.url).pathname,
  folder = "sales.parquet",
] = Deno.args;

await using spark = await SparkSession.builder.appName("sales").getOrCreate();

const lines = spark.read
  .schema(
    "id INT, day DATE, city STRING, product STRING, quantity INT, price DECIMAL(8, 2), malformed STRING",
  )
  .csv(file, { header: true, columnNameOfCorruptRecord: "malformed" })
  .cache();
const malformed = await lines.where(F.col("malformed").isNotNull()).count();
console.log(`${malformed} malformed lines`);

const sales = lines.where(F.col("malformed").isNull()).drop("malformed")
  .withColumn("revenue", F.col("price").times(F.col("quantity")))
  .withColumn("month", F.month("day"));

await sales
  .withColumn("quarter", F.concat(F.lit("Q"), F.quarter("day").cast("string")))
  .groupBy("city").pivot("quarter", ["Q1", "Q2", "Q3", "Q4"])
  .agg(F.sum("revenue")).orderBy("city").show();

await sales.write.mode("overwrite").partitionBy("month").parquet(folder);

// Parquet keeps names and types; the folders' names are a column again.
const best = await spark.read.parquet(folder)
  .groupBy("product").agg(F.sum("revenue").as("revenue"))
  .orderBy(F.col("revenue").desc()).first();
console.log(`Best: ${best?.product}, ${best?.revenue}`);
