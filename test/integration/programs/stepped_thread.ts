/** A driver in whose own process a debugger stops in a function. */
import { SparkSession } from "../../../mod.ts";

const spark = await SparkSession.builder.getOrCreate();
interface Item {
  readonly price: number;
}
const items: Item[] = [{ price: 3 }, { price: 4 }];
const rate = 2;
const totals = spark.sparkContext.parallelize(items, 1).map((item: Item) => {
  const total: number = item.price * rate;
  return total; // the debugger stops here
});
const found = await totals.collect();
console.log(JSON.stringify(found)); // and here
await spark.stop();
