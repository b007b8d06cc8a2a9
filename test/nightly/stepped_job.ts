/** A driver whose function a debugger stops in. */
import { startSpark } from "../integration/start_spark.ts";

await using spark = await startSpark({
  "spark.master": "local[1]",
  "spark.tspark.inspect": "wait",
});
interface Item {
  readonly price: number;
}
const items: Item[] = [{ price: 3 }, { price: 4 }];
const rate = 2;
const totals = spark.sparkContext.parallelize(items, 1).map((item: Item) => {
  const total: number = item.price * rate;
  return total; // the debugger stops here
});
console.log(JSON.stringify(await totals.collect()));
