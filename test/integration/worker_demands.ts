import assert from "node:assert/strict";
import { withTimeout } from "../../src/common/deadline.ts";
import { type SparkContext, TaskContext } from "../../mod.ts";
import { failsInWorker } from "./failures.ts";
import { ended, parentOf } from "./processes.ts";

const DEADLINE_MS = 60_000;

/**
 * What Spark demands of its workers, with a daemon and without: whatever
 * happens to a task, the next job runs.
 *
 * @param t the test
 * @param sc a context with two cores
 */
export async function checkWorkerDemands(
  t: Deno.TestContext,
  sc: SparkContext,
): Promise<void> {
  const goesOn = async (): Promise<void> =>
    assert.equal(await sc.range(0, 100, 1, 1).map(String).count(), 100);

  await t.step(
    "a cancelled task's worker ends, its parent does not",
    async () => {
      const folder = await Deno.makeTempDir();
      try {
        using watch = Deno.watchFs(folder);
        const endless = sc.range(0, 1, 1, 1).foreach(() => {
          const pids = `${Deno.ppid} ${Deno.pid}`;
          Deno.writeTextFileSync(`${folder}/pids.new`, pids);
          Deno.renameSync(`${folder}/pids.new`, `${folder}/pids`);
          for (;;) { /* for ever */ }
        });
        const failed = assert.rejects(endless, /cancelled/);
        const pids = await withTimeout(DEADLINE_MS, pidsIn(folder, watch));
        assert.ok(pids !== undefined, "the task runs");
        await sc.cancelAllJobs();
        await failed;
        const [parent = 0, worker = 0] = pids;
        assert.ok(
          await withTimeout(DEADLINE_MS, ended([worker])),
          `${worker} is left`,
        );
        assert.notEqual(parentOf(parent), null);
        await goesOn();
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  );

  await t.step(
    "standard input is at its end, for functions and what they start",
    async () => {
      const seen = await withTimeout(
        DEADLINE_MS,
        sc.range(0, 2, 1, 1).mapAsync(async () => {
          const space = new Uint8Array(10);
          const started = new Deno.Command("cat", { stdin: "inherit" });
          const { stdout } = await started.output();
          return [
            await Deno.stdin.read(space),
            Deno.stdin.readSync(space),
            stdout.length,
          ];
        }).collect(),
      );
      assert.deepEqual(seen, [[null, null, 0], [null, null, 0]]);
    },
  );

  await t.step("an error's text comes whole in every script", async () => {
    const text = "数字 не число, \xd6\xd0, 𝄞 and a line\nmore";
    await failsInWorker(
      sc.range(0, 1, 1, 1).map(() => {
        throw new Error(text);
      }).count(),
      "FUNCTION_FAILED",
      new RegExp(`^Error: ${text}\n {2}in partition 0 of stage`),
    );
    await goesOn();
  });

  await t.step(
    "an error of the JVM's, while it makes the input, is its own",
    async () => {
      const file = await Deno.makeTempFile();
      await Deno.writeTextFile(file, "a line\nanother");
      const lines = sc.textFile(file, 1).filter(() => true);
      assert.equal(await lines.count(), 2);
      await Deno.remove(file);
      await assert.rejects(lines.count(), /does not exist/);
      await goesOn();
    },
  );

  await t.step(
    "native code that crashes is told with its partition",
    async () => {
      await failsInWorker(
        sc.range(0, 2, 1, 2).map((i) => {
          const nowhere = Deno.UnsafePointer.create(8n);
          if (i === 0 || nowhere === null) return i;
          return new Deno.UnsafePointerView(nowhere).getInt8();
        }).collect(),
        "WORKER_LOST",
        /^Cannot go on with the task: its worker process \d+ ended without a word, as it does after kill -9, when native code crashes, or when memory is full; look at the executor's stderr, and for memory raise "spark\.executor\.pyspark\.memory" or "spark\.executor\.memoryOverhead", or use more partitions\n {2}in partition 1 of stage/,
      );
      await goesOn();
    },
  );

  await t.step(
    "accumulators of two jobs are kept apart in the same workers",
    async () => {
      const sums = [sc.accumulator(0), sc.accumulator(0)];
      for (const sum of sums) {
        await sc.range(0, 100, 1, 6).foreach((i) => sum.add(i));
        assert.deepEqual(sums.map(({ value }) => value), [
          4950,
          sum === sums[0] ? 0 : 4950,
        ]);
      }
    },
  );

  await t.step(
    "a worker that gave its first record only serves no old input",
    async () => {
      const numbers = sc.range(0, 100_000, 1, 1).map((i) => i);
      for (let round = 0; round < 3; round++) {
        assert.equal(await numbers.first(), 0);
        assert.equal(await withTimeout(DEADLINE_MS, numbers.count()), 100_000);
      }
    },
  );

  await t.step("stages and partitions are numbered as Spark does", async () => {
    const rdd = sc.range(0, 10, 1, 2).map(() => {
      const context = TaskContext.get();
      return [context?.stageId() ?? -1, context?.partitionId() ?? -1];
    });
    const [[first = 0] = []] = await rdd.take(1);
    const [[second] = []] = await rdd.take(1);
    assert.equal(second, first + 1);
    assert.deepEqual(
      (await rdd.collect()).map(([, partition]) => partition),
      [0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
    );
  });
}

/** The process ids that a task writes, once it has. */
async function pidsIn(
  folder: string,
  watch: Deno.FsWatcher,
): Promise<number[] | undefined> {
  for await (const { paths } of watch) {
    if (!paths.includes(`${folder}/pids`)) continue;
    return (await Deno.readTextFile(`${folder}/pids`)).split(" ").map(Number);
  }
  return undefined;
}
