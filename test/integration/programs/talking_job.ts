/** A driver whose one task prints, by each way there is. */
import { startSpark } from "../start_spark.ts";

await using spark = await startSpark();
await spark.sparkContext.parallelize(["one"], 1).foreach((word) => {
  console.log(`log ${word}`);
  console.error(`error ${word}`);
  console.error(`stdin ${Deno.stdin.readSync(new Uint8Array(1))}`);
  Deno.stdout.writeSync(new TextEncoder().encode(`stdout ${word}\n`));
});
console.log("driver done");
