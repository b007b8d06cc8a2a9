/**
 * Tells what reached it, by one line of JSON, and ends with the code that its
 * first argument asks for.
 *
 * @module
 */
import { SparkSession } from "@tspark/tspark";

const spark = await SparkSession.builder.config("spark.own", "program")
  .getOrCreate();
const sc = spark.sparkContext;
const sum = await sc.range(0, 100, 1, 4).map((n) => n * 2).sum();
const conf = sc.getConf();
console.log(JSON.stringify({
  master: sc.master,
  name: sc.appName,
  args: Deno.args,
  given: conf.get("spark.given"),
  own: conf.get("spark.own"),
  secret: conf.get("spark.my.secret"),
  memory: conf.get("spark.driver.memory"),
  sum,
}));
await spark.stop();
Deno.exit(Number(Deno.args[0] ?? 0));
