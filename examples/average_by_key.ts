/**
 * The average temperature of each city: pairs, `combineByKey` and `mapValues`.
 * `deno run -A examples/average_by_key.ts`
 *
 * @module
 */
import { SparkSession } from "../mod.ts";

const MEASURED: [city: string, celsius: number][] = [
  ["Oslo", 3.5],
  ["Rome", 17],
  ["Oslo", 5.5],
  ["Cairo", 29],
  ["Rome", 21],
  ["Cairo", 31],
  ["Oslo", 6],
];

await using spark = await SparkSession.builder.appName("average").getOrCreate();

const averages = await spark.sparkContext.parallelize(MEASURED)
  .combineByKey(
    (celsius) => ({ sum: celsius, count: 1 }),
    (so, celsius) => ({ sum: so.sum + celsius, count: so.count + 1 }),
    (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
  )
  .mapValues(({ sum, count }) => sum / count)
  .collect();

for (const [city, celsius] of averages.toSorted()) {
  console.log(`${city}: ${celsius.toFixed(1)} °C`);
}
