import { defineJob, type Job } from "../job.ts";

/** Pairs grouped under half as many keys; every group is read. */
const job: Job<number> = defineJob({
  run: (spark, { records }) =>
    spark.sparkContext.range(records)
      .map((x) => [x * 7919 % (records / 2), x])
      .groupByKey()
      .map(([, values]) => {
        let sum = 0;
        for (const value of values) sum += value;
        return sum % 1009;
      })
      .sum(),
  checksum: String,
});
export default job;
