import { type RDD, SparkSession } from "@tspark/tspark";
import { groupBy } from "lodash-es";

interface Line {
  readonly text: string;
}

await using spark = await SparkSession.builder
  .master("local[2]")
  .config("spark.ui.enabled", "false")
  .getOrCreate();
const lines: Line[] = [{ text: "to be or not" }, { text: "to be" }];
const words: RDD<string> = spark.sparkContext.parallelize(lines, 2)
  .flatMap(({ text }: Line) => Object.keys(groupBy(text.split(" "))));
const counts = await words
  .map((word): [string, number] => [word, 1])
  .reduceByKey((a, b) => a + b)
  .sortByKey()
  .collect();
console.log(JSON.stringify(counts));
