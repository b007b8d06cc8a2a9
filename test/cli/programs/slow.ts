/**
 * A stage of which one task fails once, and long enough to be seen.
 *
 * @module
 */
import { SparkSession, TaskContext } from "@tspark/tspark";

await using spark = await SparkSession.builder.getOrCreate();
console.log("begin");
const count = await spark.sparkContext.range(0, 8, 1, 8).mapAsync(async (n) => {
  await new Promise((resolve) => setTimeout(resolve, 600));
  if (n === 0 && TaskContext.get()?.attemptNumber() === 0) {
    throw new Error("once");
  }
  return n;
}).count();
console.log(`counted ${count}`);
