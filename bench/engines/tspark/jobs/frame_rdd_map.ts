import { defineJob, type Job } from "../job.ts";

/** A function over the rows of a frame. */
const job: Job<number> = defineJob({
  run: (spark, _file, rows) =>
    spark.range(0, rows, 1, 4)
      .selectExpr("id", "concat('name ', id) AS name", "id / 4.0D AS price")
      .rdd.map((row) => Number(row["price"]) + String(row["name"]).length)
      .sum(),
  checksum: String,
});
export default job;
