import { aggregateUdf, functions } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const median = aggregateUdf((values: readonly number[]) => {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1
    ? upper
    : ((sorted[half - 1] ?? NaN) + upper) / 2;
}, "double");

/** The medians of 10,000 groups, summed up. */
const job: Job<number> = defineJob({
  run: async (spark, _file, rows) => {
    const [row] = await spark.range(0, rows, 1, 4)
      .selectExpr("id % 10000 AS k", "CAST(id % 997 AS DOUBLE) AS v")
      .groupBy("k").agg(median("v").as("m"))
      .agg(functions.sum("m").as("sum")).collect();
    return Number(row?.sum);
  },
  checksum: (sum) => String(2 * sum), // medians are whole or halves, which languages round differently
});
export default job;
