import { functions } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const { col } = functions;

/** A plan with an expression for each column, made and analyzed. */
const job: Job<number> = defineJob({
  run: async (spark, _file, columns) => {
    const frame = spark.range(10).select(
      ...Array.from(
        { length: columns },
        (_, i) => col("id").plus(i).times(2).as(`c${i}`),
      ),
    );
    return (await frame.schema).fields.length;
  },
  checksum: String,
});
export default job;
