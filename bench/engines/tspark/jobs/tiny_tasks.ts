import { defineJob, type Job } from "../job.ts";

/** A job whose tasks have one record each. */
const job: Job<number> = defineJob({
  run: (spark) =>
    spark.sparkContext.range(0, 200, 1, 200).map((x) => x + 1).count(),
  checksum: String,
});
export default job;
