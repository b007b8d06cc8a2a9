/** A function throws, and nobody catches it: what does the terminal show? */
import { SparkSession, udf } from "../../../mod.ts";

function half(n: number): number {
  if (n % 2 === 1) throw new RangeError(`odd: ${n}`);
  return n / 2;
}

await using spark = await SparkSession.builder.master("local[1]")
  .config("spark.ui.enabled", false).getOrCreate();
const numbers = [2, 4, 5];
const halves = spark.sparkContext.parallelize(numbers, 1).map(half);
const frame = spark.createDataFrame(numbers.map((n) => ({ n })), "n INT");
const halved = udf(half, "double");
console.error("=== started");
const [how, folder] = Deno.args;
if (how === "udf") await frame.select(halved("n")).collect();
else if (how === "mapPartitions") {
  await frame.mapPartitions(function* (rows) {
    for (const { n } of rows) yield { n: half(Number(n)) };
  }, "n DOUBLE").collect();
} else if (folder === undefined) await halves.collect();
else await halves.saveAsTextFile(folder);
