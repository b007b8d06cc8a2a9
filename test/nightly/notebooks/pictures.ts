// Cells of a notebook, one below each line of %%.
// deno-lint-ignore-file
// %%
import { SparkSession } from "@tspark/tspark";

const spark = await SparkSession.builder.master("local[2]").getOrCreate();
const people = spark.createDataFrame(
  [["Ann", 30, "Rome"], ["Bob", 25, "Oslo"], ["Cid", null, "Rome"]],
  "name STRING, age INT, city STRING",
);
people;
// %%
await people.plot.bar("name", "age", { width: 300, height: 120 });
// %%
await people.rdd.foreach(({ name }) => console.log(`looked at ${name}`));
// %%
await spark.range(0, 8, 1, 8).rdd.map(({ id }) => {
  const end = Date.now() + 1500;
  while (Date.now() < end);
  return id;
}).count();
// %%
await people.rdd.map(({ name }) => {
  if (name === "Bob") throw new Error(`bad ${name}`);
  return name;
}).collect();
// %%
await spark.stop();
