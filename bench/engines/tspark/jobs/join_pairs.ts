import { defineJob, type Job } from "../job.ts";

/** Two sets of pairs over the same keys, joined; every match is read. */
const job: Job<number> = defineJob({
  run: (spark, { records }) => {
    const sc = spark.sparkContext;
    const left = sc.range(records).map((x) => [x * 7919 % records, x]);
    const right = sc.range(records).map((x) => [x, x]);
    return left.join(right).map(([, [a, b]]) => (a + b) % 1009).sum();
  },
  checksum: String,
});
export default job;
