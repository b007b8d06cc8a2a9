/** Actions that nobody awaits run into the end of the application. */
import { SparkSession } from "../../../mod.ts";

const spark = await SparkSession.builder.master("local[4]")
  .config("spark.ui.enabled", false).getOrCreate();
const sc = spark.sparkContext;
const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
const endless = spark.range(0, 1e12, 1, 1);
const forgotten = [
  sc.range(0, 1e12, 1, 1).count().catch(messageOf),
  endless.where("id < 0").collect().catch(messageOf),
  endless.where("id < 0").write.format("noop").mode("overwrite").save()
    .catch(messageOf),
];
while ((await sc.statusTracker().getActiveJobsIds()).length < 3);
const { readStream } = spark;
await spark.stop();
for (const text of await Promise.all(forgotten)) console.log(text);
for (
  const use of [
    () => sc.range(3).count(),
    () => spark.conf.get("spark.app.name"),
    () => sc.setLogLevel("WARN"),
    () => sc.listFiles(),
    () => endless.count(),
    () => endless.write.format("noop").save(),
    () => readStream.format("rate").load().writeStream.format("noop").start(),
    () => spark.catalog.listTables(),
  ]
) {
  try {
    await use();
  } catch (error) {
    console.log(messageOf(error));
  }
}
