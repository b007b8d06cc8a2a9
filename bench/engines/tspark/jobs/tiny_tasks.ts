import { defineJob, type Job } from "../job.ts";

/** A job whose tasks have one record each. */
const job: Job<number> = defineJob({
  run: (spark, _file, rows) =>
    spark.sparkContext.range(0, rows, 1, rows).map((x) => x + 1).count(),
  checksum: String,
});
export default job;
