import { checksumOfCounts } from "../checksum.ts";
import { defineJob, type Job } from "../job.ts";

/** Numbers summed under a thousand keys. */
const job: Job<[number, number][]> = defineJob({
  run: (spark, { records }) =>
    spark.sparkContext.range(records)
      .map((x) => [x % 1000, x])
      .reduceByKey((a, b) => a + b)
      .collect(),
  checksum: (sums) => checksumOfCounts(sums),
});
export default job;
