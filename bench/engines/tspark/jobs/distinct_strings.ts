import { defineJob, type Job } from "../job.ts";

/** Strings of which each occurs five times. */
const job: Job<number> = defineJob({
  run: (spark, _file, rows) =>
    spark.sparkContext.range(0, rows, 1, 4)
      .map((x) => `s${x % (rows / 5)}`)
      .distinct()
      .count(),
  checksum: String,
});
export default job;
