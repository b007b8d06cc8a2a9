/**
 * A folder of Excel files as a data source: a partition for each file, which a
 * library of npm's reads on the executors.
 * `deno run -A examples/excel_source.ts [folder]`
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { readSheet } from "read-excel-file/node";
import {
  type DataSource,
  type DataSourceOptions,
  type DataSourceReader,
  functions as F,
  SparkSession,
} from "../mod.ts";

/** The first sheet of each file; its first row has the columns' names. */
class Excel implements DataSource {
  constructor(readonly options: DataSourceOptions) {}

  reader(): DataSourceReader<string> {
    const folder = this.options.path ?? ".";
    return {
      async partitions() {
        const names = await readdir(folder);
        return names.filter((name) => name.endsWith(".xlsx")).sort()
          .map((name) => `${folder}/${name}`);
      },
      async *read(file) {
        const [header = [], ...rows] = await readSheet(file);
        for (const row of rows) {
          yield Object.fromEntries(
            header.map((name, at) => [String(name), row[at] ?? null]),
          );
        }
      },
    };
  }
}

const [folder = new URL("data/orders", import.meta.url).pathname] = Deno.args;

await using spark = await SparkSession.builder.appName("excel_source")
  .getOrCreate();
spark.dataSource.register(Excel);
const orders = spark.read.format("excel")
  .schema("id INT, customer STRING, amount DOUBLE, day DATE").load(folder);
await orders.groupBy("customer")
  .agg(F.sum("amount").as("amount"), F.max("day").as("last"))
  .orderBy("customer").show();
