import { checksumOfCounts } from "../checksum.ts";
import { defineJob, type Job } from "../job.ts";

/** The article's word count: rows of `spark.read.text`, collected as pairs. */
const job: Job<[string, number][]> = defineJob({
  run: (spark, file) =>
    spark.read.text(file).rdd
      .map((row) => row.value)
      .flatMap((line) => line.split(" "))
      .map((word) => [word, 1])
      .reduceByKey((a, b) => a + b)
      .collect(),
  checksum: (counts) => checksumOfCounts(counts),
});
export default job;
