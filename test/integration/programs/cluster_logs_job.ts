/**
 * What functions print on two executors of a cluster: first as the driver's
 * terminal shows it, then as a subscriber gets it, on stdout.
 *
 * @module
 */
import { BarrierTaskContext, SparkSession } from "../../../mod.ts";

await using spark = await SparkSession.builder
  .master("local-cluster[2,1,1024]")
  .config("spark.executor.memory", "512m")
  .config("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
  .config("spark.tspark.logs", "driver")
  .getOrCreate();

/** Executors of one core run two tasks of a barrier stage: one each. */
async function printOnBoth(whereTo: string): Promise<void> {
  await spark.sparkContext.range(0, 2, 1, 2).barrier().mapPartitions(
    (numbers) => {
      BarrierTaskContext.get().barrier();
      for (const n of numbers) {
        console.warn(`${whereTo} ${n} below ${Deno.ppid}`);
        console.log(JSON.stringify({ level: 50, whereTo, n }));
      }
      return [];
    },
  ).collect();
}

await printOnBoth("terminal");
using _ = spark.logs.subscribe((line) => console.log(JSON.stringify(line)));
await printOnBoth("callback");
