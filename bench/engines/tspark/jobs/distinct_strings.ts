import { defineJob, type Job } from "../job.ts";

/** Strings of which four in five are repeats, counted once each. */
const job: Job<number> = defineJob({
  run: (spark, { records }) =>
    spark.sparkContext.range(records)
      .map((x) => `string${x * 7919 % (records / 5)}`)
      .distinct()
      .count(),
  checksum: String,
});
export default job;
