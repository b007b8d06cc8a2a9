/**
 * What runs on YARN: `yarn_program.ts <text> [fail | once]`. The word count, a
 * package, a module beside it, a DataFrame with a function, and a data source. Prints a line
 * of JSON. With `fail` it ends with code 7; with `once` the application master
 * of the first attempt is killed by it.
 *
 * @module
 */
import ms from "ms";
import {
  type DataSource,
  type DataSourceReader,
  functions as F,
  SparkSession,
  udf,
} from "../../mod.ts";
import { shout } from "./yarn_module.ts";

/** What Spark plans by a process on the driver's machine, wherever that is. */
class Twos implements DataSource {
  static readonly name = "twos";
  schema = (): string => "n INT";
  reader = (): DataSourceReader => ({
    *read() {
      yield [2];
    },
  });
}

const [text = "", what = ""] = Deno.args;
const attempt = /container_(?:e\d+_)?\d+_\d+_(\d+)_/.exec(
  Deno.env.get("CONTAINER_ID") ?? "",
)?.[1];

await using spark = await SparkSession.builder
  .config("spark.sql.shuffle.partitions", "2").getOrCreate();
const sc = spark.sparkContext;
const counts = await sc.textFile(text, 3)
  .flatMap((line) => line.split(" "))
  .map((word): [string, number] => [word, 1])
  .reduceByKey((a, b) => a + b)
  .sortByKey().collect();
const lengths = await sc.parallelize(["2 days", "1h", "10s"], 2)
  .map((text) => ms(text as ms.StringValue)).collect();
const upper = udf((text: string) => shout(text), "string");
const rows = await spark.range(0, 3, 1, 2)
  .select(upper(F.concat(F.lit("n"), F.col("id"))).as("s")).collect();
const hosts = await sc.range(0, 4, 1, 4)
  .map(() => Deno.env.get("CONTAINER_ID")).distinct().count();
spark.dataSource.register(Twos);
const read = await spark.read.format("twos").load().collect();
console.log(JSON.stringify({ attempt, counts, lengths, rows, read, hosts }));
if (what === "fail") Deno.exit(7);
if (what === "once" && attempt === "01") {
  Deno.kill(Deno.ppid, "SIGKILL"); // the application master's JVM
  await new Promise(() => {}); // until YARN has ended this container
}
