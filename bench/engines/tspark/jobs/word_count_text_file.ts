import { checksumOfCounts } from "../checksum.ts";
import { defineJob, type Job } from "../job.ts";

/** The word count over four partitions of `textFile`, collected as pairs. */
const job: Job<[string, number][]> = defineJob({
  run: (spark, file) =>
    spark.sparkContext.textFile(file, 4)
      .flatMap((line) => line.split(" "))
      .map((word) => [word, 1])
      .reduceByKey((a, b) => a + b)
      .collect(),
  checksum: (counts) => checksumOfCounts(counts),
});
export default job;
