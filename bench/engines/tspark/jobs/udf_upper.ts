import { functions, udf } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const upper = udf((line: string) => line.toUpperCase(), "string");

/** Each line of a cached table in upper case by a row function; their bytes, summed up. */
const job: Job<string> = defineJob({
  run: async (spark, file) => {
    const name = "upper_lines";
    if (!await spark.catalog.tableExists(name)) {
      // The text is read once: what is timed are the functions.
      await spark.read.text(file).createOrReplaceTempView(name);
      await spark.catalog.cacheTable(name);
    }
    const sum = functions.sum(functions.octet_length(upper("value")))
      .cast("string").as("sum");
    const [row] = await spark.table(name).agg(sum).collect();
    return String(row?.sum);
  },
  checksum: String,
});
export default job;
