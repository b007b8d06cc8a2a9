/** Two streams fail, and nobody catches the errors: what does the terminal show? */
import { SparkSession } from "../../../mod.ts";

await using spark = await SparkSession.builder.master("local[1]")
  .config("spark.ui.enabled", false).getOrCreate();
const [how] = Deno.args;
const numbers = spark.readStream.format("rate-micro-batch")
  .option("rowsPerBatch", 10).load();
const writer = how === "batch"
  ? numbers.writeStream.foreachBatch((_batch, id) => {
    if (id === 1) throw new RangeError("odd: 1");
  })
  : numbers.map(({ value }) => {
    if (value === 13) throw new RangeError("odd: 13");
    return { value };
  }, "value BIGINT").writeStream.format("noop");
const query = await writer.start();
console.error("=== started");
await query.awaitTermination();
