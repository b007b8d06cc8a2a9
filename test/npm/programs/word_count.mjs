import { SparkSession } from "@tspark/tspark";

const spark = await SparkSession.builder
  .master("local[2]")
  .config("spark.ui.enabled", "false")
  .getOrCreate();
const counts = await spark.sparkContext
  .parallelize(["to be or not", "to be"], 2)
  .flatMap((line) => line.split(" "))
  .map((word) => [word, 1])
  .reduceByKey((a, b) => a + b)
  .sortByKey()
  .collect();
console.log(JSON.stringify(counts));
await spark.stop();
