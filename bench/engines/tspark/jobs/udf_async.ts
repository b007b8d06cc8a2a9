import { asyncUdf, functions } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const LATENCY_MS = 20;

const lookedUp = asyncUdf(
  async (x: number) => {
    await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
    return x + 1;
  },
  "bigint",
  { concurrency: 64 },
);

/** One added to each long, after 20 ms; summed up. */
const job: Job<string> = defineJob({
  run: async (spark, _file, rows) => {
    const sum = functions.sum(lookedUp("id")).cast("string").as("sum");
    const [row] = await spark.range(0, rows, 1, 2).agg(sum).collect();
    return String(row?.sum);
  },
  checksum: String,
});
export default job;
