/**
 * What Spark demands of its workers: the behaviors that its own `test_worker`,
 * `test_daemon`, `test_broadcast`, `test_taskcontext` and `test_rddbarrier`
 * check, and where each is checked here. "here" is this file with
 * `worker_demands.ts`; "alone" is `spark_worker_alone_test.ts`, where the JVM
 * itself is the workers' parent; "cluster" is `spark_worker_cluster_test.ts`.
 *
 * | Spark's test                                  | checked by                                      |
 * | --------------------------------------------- | ----------------------------------------------- |
 * | worker: cancel_task                           | here, alone; cancel_test                        |
 * | worker: after_exception                       | errors_test, "a thrown error shows …"           |
 * | worker: after_non_exception_error             | errors_test, "a worker that ends itself …"      |
 * | worker: after_jvm_exception                   | here, alone                                     |
 * | worker: accumulator_when_reuse_worker         | here, alone; shared_variables                   |
 * | worker: worker_metrics_include_spills         | spill_test, by Spark's own metrics              |
 * | worker: WorkerMetricsTests                    | Python's own code; task_trailer_test            |
 * | worker: reuse_worker_after_take               | here, alone; async_test                         |
 * | worker: with_different_versions_of_python     | unit daemon_test: TSpark's own version          |
 * | worker: python_exception_non_hanging          | here, alone; errors_test, "a toString …"        |
 * | worker: reuse_worker_of_parallelize_range     | here                                            |
 * | worker: memory_limit, with fractional cpus    | cluster; unit memory_watch_test; the matrix     |
 * | worker: python_segfault, without daemon too   | here, alone                                     |
 * | worker: worker_crash, of one that is idle     | here                                            |
 * | daemon: termination_stdin, _sigterm           | unit daemon_test                                |
 * | broadcast: several, several jobs              | shared_variables_test; cluster                  |
 * | broadcast: with encryption                    | shared_encrypted_test; cluster                  |
 * | broadcast: no task failed for it              | cluster                                         |
 * | broadcast: value on the driver                | shared_variables_test; cluster                  |
 * | broadcast: value against gc                   | cluster                                         |
 * | broadcast: chunked stream                     | shared_encrypted_test, "64 MiB": no such stream |
 * | taskcontext: stage_id, partition_id           | here, alone                                     |
 * | taskcontext: resources, none and a device     | task_context_test; cluster                      |
 * | taskcontext: attempt_number                   | here                                            |
 * | taskcontext: tc_on_driver, get_local_property | task_context_test                               |
 * | taskcontext: barrier, all_gather, infos       | barrier_test                                    |
 * | taskcontext: context_get, barrier_context_get | task_context_test, barrier_test; here           |
 * | taskcontext: barrier with worker reuse        | here                                            |
 * | taskcontext: context with worker reuse        | here                                            |
 * | rddbarrier: mapPartitions, …WithIndex         | barrier_test                                    |
 *
 * @module
 */
import assert from "node:assert/strict";
import {
  BarrierTaskContext,
  type SparkContext,
  TaskContext,
} from "../../../mod.ts";
import { ended, parentOf } from "../processes.ts";
import { ownSession } from "../shared_session.ts";
import { checkWorkerDemands } from "../worker_demands.ts";

Deno.test("what Spark demands of a daemon's workers", async (t) => {
  await using spark = await ownSession({
    "spark.master": "local[2, 2]", // a task may fail once
    "spark.python.task.killTimeout": "100ms",
  });
  const sc = spark.sparkContext;
  await checkWorkerDemands(t, sc);

  await t.step("a task's second attempt knows that it is one", async () => {
    const seen = await sc.range(0, 10, 1, 4).map((i) => {
      const context = TaskContext.get();
      if (context === null) throw new Error("no context");
      const [partition, attempt] = [
        context.partitionId(),
        context.attemptNumber(),
      ];
      if (partition === 0 && attempt === 0) throw new Error("the first time");
      return { i, partition, attempt, id: context.taskAttemptId() };
    }).collect();
    assert.deepEqual(seen.map(({ i }) => i), [...Array(10).keys()]);
    for (const { partition, attempt } of seen) {
      assert.equal(attempt, partition === 0 ? 1 : 0);
    }
    assert.equal(new Set(seen.map(({ id }) => id)).size, 4);
  });

  await t.step(
    "workers serve job after job, each with its own context",
    async () => {
      const known = new Set(await bothWorkers(sc));
      assert.equal(known.size, 2);
      const look = (): (number | null)[][] => {
        let barrier: number | null = null;
        try {
          barrier = BarrierTaskContext.get().partitionId();
        } catch {
          // No stage of that kind.
        }
        return [[TaskContext.get()?.partitionId() ?? null, barrier, Deno.pid]];
      };
      const plain = sc.range(0, 2, 1, 2).mapPartitions(look);
      const barrier = sc.range(0, 2, 1, 2).barrier().mapPartitions(look);
      for (const stage of [plain, barrier, plain]) {
        const seen = await stage.collect();
        const inBarrier = stage === barrier ? [0, 1] : [null, null];
        assert.deepEqual(seen.map(([partition]) => partition), [0, 1]);
        assert.deepEqual(seen.map(([, partition]) => partition), inBarrier);
        for (const [, , pid = null] of seen) {
          assert.ok(pid !== null && known.has(pid), `${pid} is a new worker`);
        }
      }
      const gathered = await sc.range(0, 2, 1, 2).barrier().mapPartitions(() =>
        BarrierTaskContext.get().allGather(String(Deno.pid))
      ).collect();
      assert.deepEqual(new Set(gathered.map(Number)), known);
    },
  );

  await t.step("a worker that was ended while it waited", async () => {
    const [pid = 0] = await bothWorkers(sc);
    Deno.kill(pid, "SIGTERM");
    await ended([pid]);
    assert.equal(parentOf(pid), null);
    // Spark 4 looks before it gives a task to a worker; 3.5 tries it again.
    const next = sc.range(0, 4, 1, 4).map(() => Deno.pid);
    assert.equal((await next.collect()).includes(pid), false);
  });
});

/** Process ids of two workers, each with a task while the other has one. */
async function bothWorkers(sc: SparkContext): Promise<number[]> {
  return await sc.range(0, 2, 1, 2).barrier().mapPartitions(() => {
    BarrierTaskContext.get().barrier();
    return [Deno.pid];
  }).collect();
}
