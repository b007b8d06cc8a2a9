import { udf } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const plusOne = udf((x: string) => Number(x) + 1, "bigint");

/** As many micro-batches as rows, from a file each, through a row function. */
const job: Job<string> = defineJob({
  run: async (spark, _file, rows) => {
    const folder = await Deno.makeTempDir();
    await Deno.mkdir(`${folder}/in`);
    for (let n = 0; n < rows; n++) {
      await Deno.writeTextFile(`${folder}/in/${n}.txt`, `${n}\n`);
    }
    const query = await spark.readStream
      .text(`${folder}/in`, { maxFilesPerTrigger: 1 })
      .select(plusOne("value").as("n"))
      .writeStream.format("noop")
      .option("checkpointLocation", `${folder}/checkpoint`)
      .trigger({ availableNow: true }).start();
    await query.awaitTermination();
    const last = await query.lastProgress;
    await Deno.remove(folder, { recursive: true });
    return `${last?.batchId} ${last?.numInputRows}`;
  },
  checksum: String,
});
export default job;
