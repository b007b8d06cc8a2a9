import { defineJob, type Job } from "../job.ts";

/** The lengths of all lines, summed up. */
const job: Job<number> = defineJob({
  run: (spark, file) =>
    spark.sparkContext.textFile(file, 4).map((line) => line.length).sum(),
  checksum: String,
});
export default job;
