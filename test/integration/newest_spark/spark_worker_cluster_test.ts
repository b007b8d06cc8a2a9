import assert from "node:assert/strict";
import { getHeapStatistics } from "node:v8";
import { type SparkContext, TaskContext } from "../../../mod.ts";
import { contextRuntime } from "../../../src/driver/context/spark_context.ts";
import { failsInWorker } from "../failures.ts";
import { ownSparkHome } from "../own_spark_home.ts";
import { ownSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const MB = 2 ** 20;
const LIMIT_MB = 300; // of each worker: its executor has one core

Deno.test("what Spark demands of workers on a cluster", async (t) => {
  await using folder = await temporaryFolder();
  const script = `${folder.path}/find_device`;
  using _home = await ownSparkHome(folder.path);
  await Deno.writeTextFile(
    script,
    `#!/bin/sh\necho '{"name": "gpu", "addresses": ["a", "b"]}'\n`,
    { mode: 0o755 },
  );
  await using spark = await ownSession({
    "spark.master": "local-cluster[1,1,512]",
    "spark.executor.memory": "512m",
    "spark.executor.pyspark.memory": `${LIMIT_MB}m`,
    "spark.task.maxFailures": "1",
    "spark.worker.resource.gpu.discoveryScript": script,
    "spark.worker.resource.gpu.amount": "2",
    "spark.executor.resource.gpu.amount": "2",
    "spark.task.resource.gpu.amount": "1",
    "spark.io.encryption.enabled": "true",
    "spark.memory.fraction": "0.0001", // no broadcast stays in memory
  });
  const sc = spark.sparkContext;
  const one = sc.range(0, 1, 1, 1);
  const goesOn = async (): Promise<void> =>
    assert.deepEqual(await one.map((i) => i + 1).collect(), [1]);

  await t.step("a worker's heap stays below its share", async () => {
    const [heap = 0] = await one.map(() => getHeapStatistics().heap_size_limit)
      .collect();
    assert.equal(heap, (LIMIT_MB - 96) * MB);
  });

  await t.step("a function whose buffers take too much is ended", async () => {
    await failsInWorker(
      sc.range(0, 2, 1, 2).mapPartitionsWithIndex((index) => {
        const held: Uint8Array[] = [];
        while (index === 1) held.push(new Uint8Array(8 * MB).fill(1));
        return [held.length];
      }).collect(),
      "MEMORY_EXCEEDED",
      /^Cannot go on with the task: its worker process held \d+ MB, more than the 300 MB that "spark\.executor\.pyspark\.memory" leaves to each worker; raise it, or use more partitions\n {2}in partition 1 of stage/,
    );
    await goesOn();
  });

  await t.step("a function that fills the heap is told so", async () => {
    await failsInWorker(
      sc.range(0, 2, 1, 2).mapPartitionsWithIndex((index) => {
        const held: number[][] = [];
        while (index === 1) held.push(new Array<number>(1000).fill(0.5));
        return [held.length];
      }).collect(),
      "HEAP_FULL",
      /^Cannot go on with the task: its worker process ended when it held \d+ MB, and its heap may hold 204 MB; raise "spark\.executor\.pyspark\.memory", or use more partitions\n {2}in partition 1 of stage/,
    );
    await goesOn();
  });

  await t.step("garbage is not held against a function", async () => {
    const sums = one.map(() => {
      let sum = 0;
      for (let i = 0; i < 200; i++) sum += new Uint8Array(8 * MB).fill(1)[i]!;
      return sum;
    });
    assert.deepEqual(await sums.collect(), [200]);
  });

  await t.step(
    "records that the limit has no room for go to disk",
    async () => {
      const text = "x".repeat(10_000);
      const groups = sc.range(0, 24_000, 1, 2)
        .map((i): [number, string] => [i % 100, `${i}${text}`])
        .groupByKey(1).mapValues((values) => values.length);
      const sizes = await groups.values().collect();
      assert.deepEqual(sizes, Array(100).fill(240));
    },
  );

  await t.step("a task is given a device", async () => {
    const seen = await sc.range(0, 2, 1, 2).map(() =>
      [...TaskContext.get()?.resources() ?? []].map(([key, resource]) => [
        key,
        resource.name,
        ...resource.addresses,
      ])
    ).collect();
    for (const [row, ...more] of seen) {
      assert.deepEqual([row?.slice(0, 2), row?.length, more], [
        ["gpu", "gpu"],
        3,
        [],
      ]);
      assert.match(row?.[2] ?? "", /^[ab]$/);
    }
  });

  await t.step(
    "broadcasts arrive, job after job, and no task fails",
    async () => {
      await sc.withJobGroup("broadcasts", async () => {
        for (const values of [[5], [5, 10, 20]]) {
          const shared = values.map((value) => sc.broadcast(value));
          const read = sc.range(0, 2, 1, 2).map(() =>
            shared.map(({ value }) => value)
          );
          assert.deepEqual(await read.collect(), [values, values]);
          assert.deepEqual(shared.map(({ value }) => value), values);
        }
      });
      assert.equal(await failedTasks(sc, "broadcasts"), 0);
    },
  );

  await t.step(
    "a broadcast is there after the JVM's garbage was collected",
    async () => {
      const shared = sc.broadcast([100]);
      const read = (at: number): Promise<number[]> =>
        sc.range(at, at + 1, 1, 1).map((i) =>
          i === 0 ? 0 : shared.value[0] ?? -1
        )
          .collect();
      assert.deepEqual(await read(0), [0]);
      await contextRuntime(sc).gateway.callStatic("java.lang.System", "gc");
      assert.deepEqual(await read(1), [100]);
      await shared.destroy(true);
    },
  );
});

/** How many tasks of a group's jobs have failed. */
async function failedTasks(sc: SparkContext, group: string): Promise<number> {
  const status = sc.statusTracker();
  let failed = 0;
  for (const job of await status.getJobIdsForGroup(group)) {
    for (const stage of (await status.getJobInfo(job))?.stageIds ?? []) {
      failed += (await status.getStageInfo(stage))?.numFailedTasks ?? 0;
    }
  }
  return failed;
}
