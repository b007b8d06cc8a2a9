/**
 * Words over a window: how often each word came in each ten seconds, of lines
 * that a server sends, such as `nc -lk 9999`. Each batch prints what changed.
 * `deno run -A examples/windowed_words.ts [host] [port]`
 *
 * @module
 */
import { functions as F, SparkSession } from "../mod.ts";

const [host = "localhost", port = "9999"] = Deno.args;

await using spark = await SparkSession.builder.appName("windowed words")
  .config("spark.sql.shuffle.partitions", 4).getOrCreate();

const words = spark.readStream.format("socket")
  .options({ host, port: Number(port), includeTimestamp: true })
  .load<{ value: string; timestamp: Date }>()
  .select(F.explode(F.split("value", "\\s+")).as("word"), F.col("timestamp"));

const counts = words
  .withWatermark("timestamp", "1 minute")
  .groupBy(F.window("timestamp", "10 seconds"), F.col("word"))
  .agg(F.count("*").as("n"))
  .select(
    F.date_format("window.start", "HH:mm:ss").as("start"),
    F.col("word").cast("string").as("word"),
    F.col("n"),
  );

await using query = await counts.writeStream.outputMode("update")
  .foreachBatch(async (batch) => {
    for (
      const { start, word, n } of await batch.orderBy("start", "word").collect()
    ) {
      console.log(`${start} ${word} ${n}`);
    }
  })
  .start();
await query.awaitTermination();
