import assert from "node:assert/strict";
import type { RDD } from "../../../mod.ts";
import { planOf } from "../../../src/driver/rdd/rdd.ts";
import { sharedSession } from "../shared_session.ts";

const DEADLINE_MS = 30_000;

/** Asks until the answer is right: Spark's listeners hear of a job's end a little later than its caller. */
async function eventually<T>(
  ask: () => Promise<T>,
  isRight: (answer: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || Date.now() > deadline) return answer;
  }
}

Deno.test("job groups, tags and local properties", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const tracker = sc.statusTracker();
  const numbers: RDD<number> = sc.range(0, 10, 1, 2).map((n) => n + 1);

  await t.step("jobs outside of groups are known as such", async () => {
    await numbers.count();
    const [job = -1] = await tracker.getJobIdsForGroup();
    const info = await eventually(
      () => tracker.getJobInfo(job),
      (answer) => answer?.status !== "RUNNING",
    );
    assert.equal(info?.status, "SUCCEEDED");
    assert.equal(info?.stageIds.length, 1);
    const stage = await tracker.getStageInfo(info?.stageIds[0] ?? -1);
    assert.equal(stage?.numTasks, 2);
    assert.equal(stage?.numCompletedTasks, 2);
    assert.equal(stage?.numFailedTasks, 0);
    assert.ok((stage?.submissionTime ?? 0) >= sc.startTime);
    assert.equal(await tracker.getJobInfo(12345), null);
    assert.equal(await tracker.getStageInfo(12345), null);
    const active = await eventually(
      () => tracker.getActiveStageIds(),
      (answer) => answer.length === 0,
    );
    assert.deepEqual(active, []);
    assert.deepEqual(await tracker.getActiveJobsIds(), []);
  });

  await t.step("executors tell their memory", async () => {
    const [driver, ...others] = await tracker.getExecutorInfos();
    assert.deepEqual(others, []); // a local master has no other
    assert.ok(driver !== undefined && driver.port > 0 && driver.host !== "");
    assert.equal(driver.numRunningTasks, 0);
    assert.ok(driver.totalOnHeapStorageMemory > 0);
    assert.equal(driver.totalOffHeapStorageMemory, 0);
    assert.ok(
      driver.usedOnHeapStorageMemory <= driver.totalOnHeapStorageMemory,
    );
    assert.equal(driver.usedOffHeapStorageMemory, 0);
    assert.ok(driver.cacheSize >= 0);
  });

  await t.step("actions that run at once keep their groups apart", async () => {
    const groups = ["a", "b", "c"];
    await Promise.all(
      groups.map((group, at) =>
        sc.withJobGroup(group, async () => {
          for (let i = 0; i <= at; i++) await numbers.map((n) => n * i).count();
        })
      ),
    );
    for (const [at, group] of groups.entries()) {
      assert.equal((await tracker.getJobIdsForGroup(group)).length, at + 1);
    }
  });

  await t.step(
    "setJobGroup() counts for what follows in its chain",
    async () => {
      const before = (await tracker.getJobIdsForGroup()).length;
      const inner = async (): Promise<void> => {
        await numbers.count();
        sc.setJobGroup("inner", "of its own");
        await numbers.count();
      };
      await inner();
      await numbers.count();
      assert.equal((await tracker.getJobIdsForGroup("inner")).length, 1);
      assert.equal((await tracker.getJobIdsForGroup()).length, before + 2);
      assert.equal(sc.getLocalProperty("spark.jobGroup.id"), null);
    },
  );

  await t.step(
    "the JVM's threads have the chain's properties, and none afterwards",
    async () => {
      const { runtime } = planOf(numbers);
      const seen = async (): Promise<(string | null)[]> =>
        await runtime.action(
          { operation: "test", position: "" },
          async () => {
            const keys = [
              "spark.jobGroup.id",
              "spark.job.description",
              "spark.job.interruptOnCancel",
              "spark.job.tags",
              "spark.scheduler.pool",
            ];
            const values: (string | null)[] = [];
            for (const key of keys) {
              values.push(
                await runtime.jsc.callStringOrNull("getLocalProperty", key),
              );
            }
            return values;
          },
        );
      await sc.withJobGroup("g", async () => {
        sc.addJobTag("x");
        sc.addJobTag("y");
        sc.addJobTag("x");
        sc.setLocalProperty("spark.scheduler.pool", "fair");
        assert.deepEqual([...sc.getJobTags()], ["x", "y"]);
        assert.deepEqual(await seen(), ["g", "why", "true", "x,y", "fair"]);
        sc.removeJobTag("x");
        sc.setLocalProperty("spark.scheduler.pool", null);
        sc.setInterruptOnCancel(false);
        sc.setJobDescription("else");
        assert.deepEqual(await seen(), ["g", "else", "false", "y", null]);
        sc.clearJobTags();
        assert.deepEqual(await seen(), ["g", "else", "false", null, null]);
        await sc.withJobTag("z", async () => {
          await sc.withLocalProperty("spark.scheduler.pool", "p", async () => {
            assert.deepEqual(await seen(), ["g", "else", "false", "z", "p"]);
          });
        });
      }, { description: "why", interruptOnCancel: true });
      assert.deepEqual(await seen(), [null, null, null, null, null]);
      assert.equal(sc.getJobTags().size, 0);
    },
  );

  await t.step("job tags that Spark refuses are refused", async () => {
    assert.throws(() => sc.addJobTag(""), {
      name: "RangeError",
      message: 'Cannot add the tag "": Spark job tag cannot be an empty string',
    });
    assert.throws(() => sc.removeJobTag("a,b"), {
      name: "RangeError",
      message:
        "Cannot remove the tag \"a,b\": Spark job tag cannot contain ','",
    });
    await assert.rejects(sc.cancelJobsWithTag(""), {
      name: "RangeError",
      message:
        'Cannot cancel jobs with the tag "": Spark job tag cannot be an empty string',
    });
    await assert.rejects(
      sc.withJobTag(",", () => Promise.resolve()),
      RangeError,
    );
  });

  await t.step("the application tells of itself", async () => {
    assert.ok(sc.sparkUser.length > 0);
    assert.ok(Math.abs(Date.now() - sc.startTime) < 600_000);
    assert.equal(sc.resources.size, 0);
    assert.equal(await sc.getCheckpointDir(), null);
    const folder = await Deno.makeTempDir();
    try {
      await sc.setCheckpointDir(folder);
      assert.match(
        await sc.getCheckpointDir() ?? "",
        new RegExp(`^file:${folder}/`),
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
});
