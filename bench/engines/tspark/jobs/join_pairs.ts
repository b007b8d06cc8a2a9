import { defineJob, type Job } from "../job.ts";

/** Two RDDs of pairs with the same keys joined. */
const job: Job<number> = defineJob({
  run: (spark, _file, rows) => {
    const numbers = spark.sparkContext.range(0, rows, 1, 4);
    return numbers.map((x) => [x, x + 1])
      .join(numbers.map((x) => [x, x * 2]))
      .count();
  },
  checksum: String,
});
export default job;
