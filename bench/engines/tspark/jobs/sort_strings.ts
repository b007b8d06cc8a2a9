import { defineJob, type Job } from "../job.ts";

/** Pairs of strings sorted by their keys. */
const job: Job<number> = defineJob({
  run: (spark, _file, rows) =>
    spark.sparkContext.range(0, rows, 1, 4)
      .map((x) => [`k${(x * 7919) % 1_000_003}`, `v${x}`])
      .sortByKey()
      .count(),
  checksum: String,
});
export default job;
