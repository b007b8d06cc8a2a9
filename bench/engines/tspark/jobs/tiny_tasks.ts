import { defineJob, type Job } from "../job.ts";

/** Tasks that do nothing. */
const job: Job<number> = defineJob({
  run: (spark, { records }) =>
    spark.sparkContext.range(0, records, 1, records).map((x) => x + 1).sum(),
  checksum: String,
});
export default job;
