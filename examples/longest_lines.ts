/**
 * The longest line of each partition of a text, by `mapPartitionsWithIndex`:
 * `deno run -A examples/longest_lines.ts [file]`.
 *
 * @module
 */
import { SparkSession } from "../mod.ts";

const path = Deno.args[0] ??
  decodeURIComponent(new URL("data/kjv.txt", import.meta.url).pathname);

await using spark = await SparkSession.builder.appName("lines").getOrCreate();

const longest = await spark.sparkContext.textFile(path, 4)
  .mapPartitionsWithIndex((index, lines) => {
    let best = "";
    for (const line of lines) if (line.length > best.length) best = line;
    return [{ index, best }];
  })
  .collect();

for (const { index, best } of longest) console.log(`${index}: ${best}`);
