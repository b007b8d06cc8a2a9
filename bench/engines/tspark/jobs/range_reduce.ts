import { defineJob, type Job } from "../job.ts";

/** Numbers added up by their remainder modulo 1,000. */
const job: Job<number> = defineJob({
  run: (spark, _file, rows) =>
    spark.sparkContext.range(0, rows, 1, 4)
      .map((x) => [x % 1000, x])
      .reduceByKey((a, b) => a + b)
      .count(),
  checksum: String,
});
export default job;
