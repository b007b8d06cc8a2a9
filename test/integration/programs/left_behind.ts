/** Shares values through files, and ends by an error without stop(). */
import { SparkSession } from "../../../mod.ts";
import { descendants } from "../processes.ts";

const spark = await SparkSession.builder.master("local[1]")
  .config("spark.ui.enabled", false).getOrCreate();
const sc = spark.sparkContext;
const words = sc.broadcast(["a", "b"]);
sc.broadcast(new Uint8Array(1 << 20));
const long = "x".repeat(3 << 20);
const sums = sc.range(2).map((i) => long.length + i).cache();
await sums.count();
const sizes = await sc.range(1).map(() => words.value.length).collect();
console.log(JSON.stringify({ sizes, children: descendants(Deno.pid) }));
throw new Error("over");
