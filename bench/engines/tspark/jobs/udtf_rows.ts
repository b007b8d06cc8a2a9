import { udtf } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const five = udtf(function* (x: number) {
  for (let i = 0; i < 5; i++) yield { n: x + i };
}, "n BIGINT");

/** Five rows of each long by a table function, summed up. */
const job: Job<string> = defineJob({
  run: async (spark, _file, rows) => {
    spark.udtf.register("five", five);
    const [row] = await spark.sql(
      `SELECT CAST(sum(n) AS STRING) AS sum FROM range(0, ${rows}, 1, 4), LATERAL five(id)`,
    ).collect();
    return String(row?.sum);
  },
  checksum: String,
});
export default job;
