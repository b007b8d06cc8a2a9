/**
 * PageRank, Spark's own example: pages that important pages link to are
 * important. Shows `groupByKey`, `cache`, and joins in a loop, which move
 * nothing since links and ranks are partitioned alike.
 *
 * `deno run -A examples/page_rank.ts [file] [iterations]`; the file has lines
 * of two pages, the first links to the second.
 *
 * @module
 */
import { SparkSession } from "../mod.ts";

const file = Deno.args[0] ??
  decodeURIComponent(new URL("data/links.txt", import.meta.url).pathname);
const iterations = Number(Deno.args[1] ?? 10);

await using spark = await SparkSession.builder.appName("PageRank")
  .config("spark.ui.enabled", "false").getOrCreate();

const links = spark.sparkContext.textFile(file)
  .map((line): [string, string] => {
    const [from = "", to = ""] = line.split(/\s+/);
    return [from, to];
  })
  .distinct()
  .groupByKey()
  .cache();

let ranks = links.mapValues(() => 1);
for (let i = 0; i < iterations; i++) {
  ranks = links.join(ranks)
    .flatMap(([, [targets, rank]]) =>
      [...targets].map((to): [string, number] => [to, rank / targets.length])
    )
    .reduceByKey((a, b) => a + b)
    .mapValues((sum) => 0.15 + 0.85 * sum);
}

for (const [page, rank] of await ranks.sortByKey().collect()) {
  console.log(`${page} has rank: ${rank}.`);
}
