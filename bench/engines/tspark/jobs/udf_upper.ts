import { functions, udf } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const upper = udf((line: string) => line.toUpperCase(), "string");

/** Each line in upper case by a row function; their lengths, summed up. */
const job: Job<string> = defineJob({
  run: async (spark, file) => {
    const sum = functions.sum(functions.length(upper("value")))
      .cast("string").as("sum");
    const [row] = await spark.read.text(file).agg(sum).collect();
    return String(row?.sum);
  },
  checksum: String,
});
export default job;
