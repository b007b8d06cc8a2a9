import { functions } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

/** The values of 10,000 groups less their group's mean; their squares, summed up. */
const job: Job<number> = defineJob({
  run: async (spark, _file, rows) => {
    const [row] = await spark.range(0, rows, 1, 4)
      .selectExpr("id % 10000 AS k", "CAST(id % 997 AS DOUBLE) AS v")
      .groupBy("k")
      .flatMapGroups((_key, group) => {
        const all = [...group];
        const mean = all.reduce((sum, { v }) => sum + Number(v), 0) /
          all.length;
        return all.map(({ k, v }) => ({ k: Number(k), v: Number(v) - mean }));
      }, "k BIGINT, v DOUBLE")
      .agg(functions.sum(functions.expr("v * v")).as("sum")).collect();
    return Number(row?.sum);
  },
  checksum: (sum) => String(Math.round(sum)),
});
export default job;
