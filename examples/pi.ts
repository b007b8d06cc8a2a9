/**
 * Estimates π by throwing darts at a square: `deno run -A examples/pi.ts [darts]`.
 *
 * @module
 */
import { SparkSession } from "../mod.ts";

const darts = Number(Deno.args[0] ?? 10_000_000);
const partitions = 8;

await using spark = await SparkSession.builder.appName("pi").getOrCreate();

const hits = await spark.sparkContext.range(0, partitions, 1, partitions)
  .map(() => {
    let inside = 0;
    for (let dart = 0; dart < darts / partitions; dart++) {
      const x = Math.random();
      const y = Math.random();
      if (x * x + y * y < 1) inside++;
    }
    return inside;
  })
  .reduce((a, b) => a + b);

console.log(`π is about ${4 * hits / darts}`);
