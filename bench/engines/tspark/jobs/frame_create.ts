import { defineJob, type Job } from "../job.ts";

interface Sale {
  readonly id: number;
  readonly name: string;
  readonly price: number;
  readonly city: string | null;
  readonly day: Date;
}

/** Made by the first run, which is not timed. */
const sales: Sale[] = [];
const SCHEMA =
  "id BIGINT NOT NULL, name STRING NOT NULL, price DOUBLE NOT NULL, city STRING, day DATE NOT NULL";
const FIRST_DAY_MS = Date.UTC(2000, 0, 1);

/** Objects of the driver as a frame. */
const job: Job<number> = defineJob({
  run: async (spark, _file, rows) => {
    for (let id = sales.length; id < rows; id++) {
      sales.push({
        id,
        name: `name ${id}`,
        price: id / 4,
        city: id % 5 === 0 ? null : `city ${id % 100}`,
        day: new Date(FIRST_DAY_MS + 86_400_000 * (id % 9000)),
      });
    }
    return await spark.createDataFrame(sales, SCHEMA).count();
  },
  checksum: String,
});
export default job;
