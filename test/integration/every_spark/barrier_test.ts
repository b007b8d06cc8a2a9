import assert from "node:assert/strict";
import { BarrierTaskContext, TaskContext } from "../../../mod.ts";
import { ownSession } from "../shared_session.ts";

Deno.test("barrier stages", async (t) => {
  await using spark = await ownSession({
    "spark.barrier.sync.timeout": "5",
    "spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures": "1",
    "spark.scheduler.barrier.maxConcurrentTasksCheck.interval": "1s",
  });
  const sc = spark.sparkContext;
  const words = sc.parallelize(["a", "bc", "def", "𝄞"], 2);

  await t.step("allGather() gives each task the messages of all", async () => {
    const seen = await words.barrier().mapPartitionsWithIndex(
      (index, records) => {
        const context = BarrierTaskContext.get();
        const own = `${index}:${[...records].join("")}`;
        return [[
          context.allGather(own),
          context.allGather(),
          context.allGather("x".repeat(100_000)).map(({ length }) => length),
        ]];
      },
    ).collect();
    const all = [["0:abc", "1:def𝄞"], ["", ""], [100_000, 100_000]];
    assert.deepEqual(seen, [all, all]);
  });

  await t.step("barrier() waits for all tasks", async () => {
    const folder = await Deno.makeTempDir();
    try {
      const seen = await words.barrier().mapPartitionsWithIndex((index) => {
        Deno.writeTextFileSync(`${folder}/${index}`, "");
        BarrierTaskContext.get().barrier();
        return [[...Deno.readDirSync(folder)].length];
      }).collect();
      assert.deepEqual(seen, [2, 2]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });

  await t.step("the context tells of all tasks", async () => {
    const seen = await words.barrier().mapPartitions(() => {
      const context = BarrierTaskContext.get();
      return [[
        context === TaskContext.get(),
        context instanceof TaskContext,
        context.getTaskInfos().map(({ address }) => address),
        context.partitionId(),
      ]];
    }).map((row) => row).collect();
    for (const [at, [same, isContext, infos, partition]] of seen.entries()) {
      assert.deepEqual([same, isContext, partition], [true, true, at]);
      assert.ok(Array.isArray(infos) && infos.length === 2);
      for (const info of infos) assert.match(info, /^\S+:?\d*$/);
    }
  });

  await t.step("an asynchronous function may use the barrier too", async () => {
    const seen = await words.barrier().mapPartitions(async () => {
      await Promise.resolve();
      return BarrierTaskContext.get().allGather("hi");
    }).collect();
    assert.deepEqual(seen, ["hi", "hi", "hi", "hi"]);
  });

  await t.step("steps before and after run in the same stage", async () => {
    const sums = await words.map((word) => word.length).barrier()
      .mapPartitions((lengths) => [
        BarrierTaskContext.get().allGather(
          String(lengths.reduce((a, b) => a + b, 0)),
        ),
      ]).map((all) => all.join("+")).collect();
    assert.deepEqual(sums, ["3+5", "3+5"]);
    const pairs = await words.barrier()
      .mapPartitions<string, number>((records) =>
        records.map((word): [string, number] => [word, 1])
      ).reduceByKey((a, b) => a + b).count();
    assert.equal(pairs, 4);
  });

  await t.step("a task that does not come is an error", async () => {
    const alone = words.barrier().mapPartitionsWithIndex((index) => {
      if (index === 0) BarrierTaskContext.get().barrier();
      return [index];
    });
    await assert.rejects(
      alone.collect(),
      /Cannot wait for the other tasks of the barrier stage: Spark/,
    );
  });

  await t.step(
    "more tasks than there is room for are Spark's error",
    async () => {
      const many = sc.range(0, 8, 1, 8).barrier().mapPartitions((it) => it);
      await assert.rejects(
        many.collect(),
        /Barrier execution mode does not allow run a barrier stage that requires more slots than the total number of slots in the cluster currently/,
      );
      assert.equal(await words.count(), 4);
    },
  );
});
