/**
 * `counted_words.ts <master> <file>`: counts a file's words and prints the
 * counts as JSON, with the rights that its caller grants.
 *
 * @module
 */
import { SparkSession } from "../../../mod.ts";

const [master = "", path = ""] = Deno.args;
await using spark = await SparkSession.builder.master(master)
  .config("spark.ui.enabled", "false")
  .config("spark.driver.memory", "1g")
  .getOrCreate();
const counts = await spark.read.text(path).rdd
  .map((row) => row.value)
  .flatMap((line) => line.split(" "))
  .map((word) => [word, 1])
  .reduceByKey((a, b) => a + b)
  .collect();
console.log(JSON.stringify(counts.sort()));
