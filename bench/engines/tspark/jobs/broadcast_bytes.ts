import { defineJob, type Job } from "../job.ts";

/** Bytes of the driver's own, brought to every worker once. */
const job: Job<number, Uint8Array> = defineJob({
  prepare: ({ records }) => {
    const bytes = new Uint8Array(records);
    for (let index = 0; index < records; index++) bytes[index] = index % 251;
    return bytes;
  },
  run: async (spark, { records }, bytes) => {
    const shared = spark.sparkContext.broadcast(bytes);
    const sum = await spark.sparkContext.range(0, 4, 1, 4)
      .map((x) => shared.value.length + (shared.value[records - 1 - x] ?? 0))
      .sum();
    await shared.destroy();
    return sum;
  },
  checksum: String,
});
export default job;
