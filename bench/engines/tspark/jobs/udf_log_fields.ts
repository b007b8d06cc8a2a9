import { functions, udf } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const PATTERN = /^(\S+) \S+ \S+ \[([^\]]+)\] "(\S+) (\S+) [^"]*" (\d+) (\d+)$/;

const fields = udf(
  (line: string) => {
    const [, host = "", , method = "", path = "", status, size] =
      PATTERN.exec(line) ?? [];
    return { host, method, path, status: Number(status), size: Number(size) };
  },
  "struct<host: string, method: string, path: string, status: int, size: int>",
);
const LINE =
  `format_string('10.0.%d.%d - - [29/Nov/2026:10:00:00 +0000] "GET /item/%d HTTP/1.1" %d %d', id % 256, id % 250, id % 9973, 200 + id % 5, id % 100000) AS line`;

/** The fields of log lines by a regular expression; status, size and bytes, summed up. */
const job: Job<string> = defineJob({
  run: async (spark, _file, rows) => {
    const name = `log_lines_${rows}`;
    if (!await spark.catalog.tableExists(name)) {
      // To make the lines takes Spark longer than to take them apart.
      await spark.range(0, rows, 1, 4).selectExpr(LINE)
        .createOrReplaceTempView(name);
      await spark.catalog.cacheTable(name);
    }
    const [row] = await spark.table(name).select(fields("line").as("f"))
      .selectExpr(
        "f.status + f.size + octet_length(f.path) + octet_length(f.host) AS n",
      )
      .agg(functions.sum("n").cast("string").as("sum")).collect();
    return String(row?.sum);
  },
  checksum: String,
});
export default job;
