// Cells of a notebook, one below each line of %%.
// deno-lint-ignore-file
// %%
import { functions as F, SparkSession } from "@tspark/tspark";

const spark = await SparkSession.builder.master("local[2]").getOrCreate();
// %%
const people = spark.createDataFrame(
  [["Ann <b>", 30], ["Bob", null]],
  "name STRING, age INT",
);
people;
// %%
let factor = 2;
const times = (n: number) => n * factor;
await spark.sparkContext.parallelize([1, 2, 3]).map(times).collect();
// %%
factor = 10;
await spark.sparkContext.parallelize([1, 2, 3]).map(times).collect();
// %%
await spark.range(0, 4, 1, 4).rdd.map((row) => {
  const end = Date.now() + 1500;
  while (Date.now() < end);
  return row.id;
}).count();
// %%
people.selectExpr("nope");
// %%
await spark.sparkContext.parallelize([1, 2]).map((n) => {
  if (n === 2) throw new Error(`bad ${n}`);
  return n;
}).collect();
// %%
await spark.stop();
