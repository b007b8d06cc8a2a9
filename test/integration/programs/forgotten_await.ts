/** Actions that nobody awaits run into the end of the application. */
import { SparkSession } from "../../../mod.ts";

const spark = await SparkSession.builder.master("local[1]")
  .config("spark.ui.enabled", false).getOrCreate();
const sc = spark.sparkContext;
const forgotten = sc.range(0, 1e12, 1, 1).count().catch((error: unknown) =>
  error instanceof Error ? error.message : String(error)
);
while ((await sc.statusTracker().getActiveJobsIds()).length === 0);
await spark.stop();
console.log(await forgotten);
for (
  const use of [
    () => sc.range(3).count(),
    () => spark.conf.get("spark.app.name"),
    () => sc.setLogLevel("WARN"),
    () => sc.listFiles(),
  ]
) {
  try {
    await use();
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
  }
}
