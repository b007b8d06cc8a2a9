import { checksumOfCounts } from "../checksum.ts";
import { defineJob, type Job } from "../job.ts";

/** Pairs of a string and a number, brought to the driver. */
const job: Job<[string, number][]> = defineJob({
  run: (spark, { records }) =>
    spark.sparkContext.range(records).map((x) => [`key${x}`, x]).collect(),
  checksum: (pairs) => checksumOfCounts(pairs),
});
export default job;
