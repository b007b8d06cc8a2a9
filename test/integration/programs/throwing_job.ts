/** A function throws, and nobody catches it: what does the terminal show? */
import { SparkSession } from "../../../mod.ts";

function half(n: number): number {
  if (n % 2 === 1) throw new RangeError(`odd: ${n}`);
  return n / 2;
}

await using spark = await SparkSession.builder.master("local[1]")
  .config("spark.ui.enabled", false).getOrCreate();
const halves = spark.sparkContext.parallelize([2, 4, 5], 1).map(half);
console.error("=== started");
const [folder] = Deno.args;
if (folder === undefined) await halves.collect();
else await halves.saveAsTextFile(folder);
