import { defineJob, type Job } from "../job.ts";

/** Pairs of strings in mixed order, sorted. */
const job: Job<number> = defineJob({
  run: (spark, { records }) =>
    spark.sparkContext.range(records)
      .map((x) => [`key${x * 48271 % 2147483647}`, `value${x}`])
      .sortByKey()
      .count(),
  checksum: String,
});
export default job;
