import assert from "node:assert/strict";
import * as tspark from "../../../mod.ts";
import { BarrierTaskContext, TaskContext } from "../../../mod.ts";
import { CurrentTask } from "../modules/handles.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("TaskContext in functions", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;

  await t.step("it tells of its own task", async () => {
    const seen = await sc.range(0, 6, 1, 3).mapPartitions(() => {
      const context = TaskContext.get();
      if (context === null) return [];
      return [{
        partition: context.partitionId(),
        stage: context.stageId(),
        attempt: context.attemptNumber(),
        id: context.taskAttemptId(),
        cpus: context.cpus(),
        amount: context.cpuAmount(),
        resources: context.resources().size,
        isContext: context instanceof TaskContext,
        isBarrier: context instanceof BarrierTaskContext,
      }];
    }).collect();
    assert.deepEqual(seen.map(({ partition }) => partition), [0, 1, 2]);
    assert.equal(new Set(seen.map(({ stage }) => stage)).size, 1);
    assert.equal(new Set(seen.map(({ id }) => id)).size, 3);
    for (const { id, attempt, cpus, amount, resources, ...kind } of seen) {
      assert.equal(typeof id, "bigint");
      assert.deepEqual([attempt, cpus, amount, resources], [0, 1, "1", 0]);
      assert.deepEqual([kind.isContext, kind.isBarrier], [true, false]);
    }
  });

  await t.step("it is serialized however it was imported", async () => {
    const rdd = sc.range(0, 3, 1, 3);
    const ids = [0, 1, 2];
    const byNamespace = rdd.map(() => tspark.TaskContext.get()?.partitionId());
    assert.deepEqual(await byNamespace.collect(), ids);
    const byAlias = rdd.map(() => CurrentTask.get()?.partitionId());
    assert.deepEqual(await byAlias.collect(), ids);
    const held = { context: TaskContext };
    const byObject = rdd.map(() => held.context.get()?.partitionId());
    assert.deepEqual(await byObject.collect(), ids);
    const byFunction = rdd.mapAsync(async () => {
      await Promise.resolve();
      return partition();
    });
    assert.deepEqual(await byFunction.collect(), ids);
  });

  await t.step("it knows the local properties of its action", async () => {
    const rdd = sc.range(0, 2, 1, 2).map(() => {
      const context = TaskContext.get();
      return ["mine", "spark.jobGroup.id", "none"].map((key) =>
        context?.getLocalProperty(key) ?? null
      );
    });
    const groups = ["a", "b"];
    const seen = await Promise.all(
      groups.map((group) =>
        sc.withJobGroup(
          group,
          () => sc.withLocalProperty("mine", `${group}!`, () => rdd.collect()),
        )
      ),
    );
    assert.deepEqual(
      seen,
      groups.map((group) => {
        const row = [`${group}!`, group, null];
        return [row, row];
      }),
    );
    assert.deepEqual((await rdd.collect())[0], [null, null, null]);
  });

  await t.step("it is null on the driver", () => {
    assert.equal(TaskContext.get(), null);
  });

  await t.step(
    "BarrierTaskContext refuses outside of barrier stages",
    async () => {
      const message =
        "Cannot get the barrier's task context: it is not in a barrier stage; call BarrierTaskContext.get() inside a function that is given to rdd.barrier()";
      assert.throws(() => BarrierTaskContext.get(), {
        name: "SparkError",
        condition: "NOT_IN_BARRIER_STAGE",
        message,
      });
      await assert.rejects(
        sc.range(2).map(() => BarrierTaskContext.get().stageId()).collect(),
        (error) => error instanceof Error && error.message.includes(message),
      );
    },
  );
});

function partition(): number | undefined {
  return TaskContext.get()?.partitionId();
}
