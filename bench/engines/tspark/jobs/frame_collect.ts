import { defineJob, type Job } from "../job.ts";
import { tenColumns } from "../ten_columns.ts";

/** Rows of ten columns brought to the driver, each one an object. */
const job: Job<Record<string, unknown>[]> = defineJob({
  run: (spark, _file, rows) => tenColumns(spark, rows).collect(),
  checksum: (rows) => {
    let [flags, cities, ids] = [0, 0, 0];
    for (const { id, flag, city } of rows) {
      ids += Number(id);
      if (flag === true) flags++;
      if (city !== null) cities++;
    }
    const last = rows.at(-1);
    const at = last?.["at"] as Date;
    return [
      rows.length,
      ids,
      flags,
      cities,
      last?.["name"],
      last?.["price"],
      at.getTime() / 1000,
    ].join(":");
  },
});
export default job;
