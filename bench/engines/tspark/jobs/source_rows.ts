import type {
  DataSource,
  DataSourceOptions,
  DataSourceReader,
} from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

/** Numbers with their halves and their names, in four partitions. */
class Numbers implements DataSource {
  static readonly name = "numbers";

  constructor(readonly options: DataSourceOptions) {}

  schema(): string {
    return "id BIGINT, half DOUBLE, name STRING";
  }

  reader(): DataSourceReader<[number, number]> {
    const quarter = Number(this.options.rows) / 4;
    return {
      partitions: () =>
        [0, 1, 2, 3].map((at) => [at * quarter, (at + 1) * quarter]),
      *read([from, to]) {
        for (let id = from; id < to; id++) {
          yield { id, half: id / 2, name: `n${id % 1000}` };
        }
      },
    };
  }
}

/** Rows of a generator, summed up. */
const job: Job<string> = defineJob({
  run: async (spark, _file, rows) => {
    spark.dataSource.register(Numbers);
    const [row] = await spark.read.format("numbers").option("rows", rows)
      .load().selectExpr(
        "CAST(sum(id) AS STRING) AS ids",
        "CAST(sum(half) AS STRING) AS halves",
        "CAST(sum(length(name)) AS STRING) AS lengths",
      ).collect();
    return `${row?.ids} ${row?.halves} ${row?.lengths}`;
  },
  checksum: String,
});
export default job;
