/**
 * The word count: `deno task wordcount [file]`.
 *
 * @module
 */
import { SparkSession } from "../mod.ts";

const SHOWN = 20;
const path = Deno.args[0] ??
  decodeURIComponent(new URL("data/kjv.txt", import.meta.url).pathname);

await using spark = await SparkSession.builder
  .appName("word count")
  .config("spark.ui.enabled", "false")
  .getOrCreate();

const counts = await spark.read.text(path).rdd
  .map((row) => row.value)
  .flatMap((line) => line.split(" "))
  .map((word) => [word, 1])
  .reduceByKey((a, b) => a + b)
  .collect();

// Most frequent first, equal ones by the alphabet.
counts.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
for (const [word, n] of counts.slice(0, SHOWN)) {
  console.log(`${String(n).padStart(8)}  ${JSON.stringify(word)}`);
}
const total = counts.reduce((sum, [, n]) => sum + n, 0);
console.log(`${total} words, ${counts.length} different`);
