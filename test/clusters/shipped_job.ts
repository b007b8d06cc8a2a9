/**
 * The word count and a function that uses an npm package, in client mode:
 * `shipped_job.ts <master> <text> [setting=value …]`. Prints a line of JSON.
 *
 * @module
 */
import ms from "ms";
import { SparkSession, TaskContext } from "../../mod.ts";

const [master = "", text = "", ...settings] = Deno.args;
let builder = SparkSession.builder.master(master).appName("shipped")
  .config("spark.ui.enabled", "false")
  .config("spark.driver.host", "127.0.0.1")
  .config("spark.driver.memory", "700m")
  .config("spark.executor.memory", "512m");
for (const setting of settings) {
  const [key = "", value = ""] = setting.split("=");
  builder = builder.config(key, value);
}
await using spark = await builder.getOrCreate();
const sc = spark.sparkContext;
const counts = await sc.textFile(text, 3)
  .flatMap((line) => line.split(" "))
  .map((word): [string, number] => [word, 1])
  .reduceByKey((a, b) => a + b)
  .sortByKey()
  .collect();
const lengths = await sc.parallelize(["2 days", "1h", "10s"], 2)
  .map((text) => ms(text as ms.StringValue))
  .collect();
const [place] = await sc.parallelize([0], 1).map(() => ({
  uid: Deno.uid(),
  home: Deno.env.get("HOME"),
  deno: Deno.execPath(),
  addon: Deno.env.get("TSPARK_ADDON"),
  partition: TaskContext.get()?.partitionId(),
})).collect();
console.log(`\n${JSON.stringify({ counts, lengths, place })}`);
