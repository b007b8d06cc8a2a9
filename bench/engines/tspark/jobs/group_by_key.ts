import { defineJob, type Job } from "../job.ts";

/** Pairs grouped by key, two to a group. */
const job: Job<number> = defineJob({
  run: (spark, _file, rows) =>
    spark.sparkContext.range(0, rows, 1, 4)
      .map((x) => [x % (rows / 2), x])
      .groupByKey()
      .map(([_key, values]) => values.length)
      .sum(),
  checksum: String,
});
export default job;
