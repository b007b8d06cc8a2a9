import type { ArrowTable } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";
import { tenColumns } from "../ten_columns.ts";

/** Rows of ten columns brought to the driver as a table. */
const job: Job<ArrowTable> = defineJob({
  run: (spark, _file, rows) => tenColumns(spark, rows).toArrow(),
  checksum: (table) => {
    const name = table.getChild("name")?.get(table.numRows - 1);
    const nulls = table.getChild("city")?.nullCount;
    return [table.numRows, table.numCols, nulls, name].join(":");
  },
});
export default job;
