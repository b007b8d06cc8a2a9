import { functions, udf } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const plusOne = udf((x: number) => x + 1, "bigint");

/** One added to each long by a row function, summed up. */
const job: Job<string> = defineJob({
  run: async (spark, _file, rows) => {
    const sum = functions.sum(plusOne("id")).cast("string").as("sum");
    const [row] = await spark.range(0, rows, 1, 4).agg(sum).collect();
    return String(row?.sum);
  },
  checksum: String,
});
export default job;
