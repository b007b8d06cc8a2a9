import { defineJob, type Job } from "../job.ts";

/** Bytes sent once to an executor, read by four tasks. */
const job: Job<number> = defineJob({
  run: async (spark, _file, rows) => {
    const shared = spark.sparkContext.broadcast(new Uint8Array(rows));
    const total = await spark.sparkContext.range(0, 4, 1, 4)
      .map(() => shared.value.length)
      .sum();
    await shared.destroy();
    return total;
  },
  checksum: String,
});
export default job;
