/** A driver whose one task never ends; the worker says its process id in a file. */
import { startSpark } from "../start_spark.ts";

const [file = ""] = Deno.args;
await using spark = await startSpark();
await spark.sparkContext.parallelize([file], 1).foreach((path) => {
  Deno.writeTextFileSync(`${path}.part`, `${Deno.pid}`);
  Deno.renameSync(`${path}.part`, path);
  for (;;) { /* until killed */ }
});
