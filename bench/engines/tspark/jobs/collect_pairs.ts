import { defineJob, type Job } from "../job.ts";

/** Pairs of string and number brought to the driver. */
const job: Job<[string, number][]> = defineJob({
  run: (spark, _file, rows) =>
    spark.sparkContext.range(0, rows, 1, 4)
      .map((x) => [`k${x}`, x])
      .collect(),
  checksum: (pairs) => String(pairs.length),
});
export default job;
