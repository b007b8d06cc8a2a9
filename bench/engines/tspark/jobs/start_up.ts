import { defineJob, type Job } from "../job.ts";

/** A first result through a worker. */
const job: Job<number> = defineJob({
  run: (spark) =>
    spark.sparkContext
      .parallelize(Array.from({ length: 100 }, (_, index) => index + 1), 2)
      .map((x) => x + 1)
      .reduce((a, b) => a + b),
  checksum: String,
});
export default job;
