import assert from "node:assert/strict";
import { withTimeout } from "../../../src/common/deadline.ts";
import type { RDD, SparkContext } from "../../../mod.ts";
import { planOf } from "../../../src/driver/rdd/rdd.ts";
import { gone } from "../processes.ts";
import { sharedSession } from "../shared_session.ts";

const DEADLINE_MS = 60_000;

/** Tasks that never end, and the processes that run them. */
class EndlessTasks implements AsyncDisposable {
  readonly rdd: RDD<number>;
  readonly #folder: string;
  readonly #watch: Deno.FsWatcher;

  private constructor(folder: string, sc: SparkContext) {
    this.#folder = folder;
    this.#watch = Deno.watchFs(folder);
    this.rdd = sc.range(0, 2, 1, 2).map((n) => {
      Deno.writeTextFileSync(`${folder}/${Deno.pid}`, "");
      let rounds = n;
      while (rounds >= 0) rounds = (rounds + 1) % 1000;
      return rounds;
    });
  }

  static async make(sc: SparkContext): Promise<EndlessTasks> {
    return new EndlessTasks(await Deno.makeTempDir(), sc);
  }

  /** Resolves with their process ids when both run. */
  async running(): Promise<number[]> {
    const both = (async (): Promise<number[]> => {
      for await (const _ of this.#watch) {
        const names = [...Deno.readDirSync(this.#folder)];
        if (names.length === 2) return names.map(({ name }) => Number(name));
      }
      return [];
    })();
    const pids = await withTimeout(DEADLINE_MS, both);
    assert.equal(pids?.length, 2, "two tasks run");
    return pids;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch.close();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

Deno.test("actions that are cancelled", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const numbers = sc.range(0, 10, 1, 2).map((n) => n * 2);
  const gateway = planOf(numbers).runtime.gateway;
  await numbers.collect();
  const connections = gateway.connections;

  await t.step("a signal that is aborted already starts nothing", async () => {
    const reason = new Error("no need");
    const signal = AbortSignal.abort(reason);
    const df = spark.range(3);
    const actions = [
      () => numbers.collect({ signal }),
      () => numbers.count({ signal }),
      () => numbers.take(3, { signal }),
      () => df.collect({ signal }),
      () => df.count({ signal }),
      () => df.isEmpty({ signal }),
      () => df.take(1, { signal }),
      () => df.head(undefined, { signal }),
      () => df.head(1, { signal }),
      () => df.first({ signal }),
      () => df.tail(1, { signal }),
      () => df.toArrow({ signal }),
      () => df.toLocalIterator(false, { signal }).next(),
      () => df.foreach(() => {}, { signal }),
      () => df.foreachPartition(() => {}, { signal }),
      () => df.show(1, true, false, { signal }),
      () => df.showString(1, true, false, { signal }),
      () => df.corr("id", "id", { signal }),
      () => df.cov("id", "id", { signal }),
      () => df.approxQuantile("id", [0.5], 0, { signal }),
      () => df.analyze({ signal }),
      () => df.write.format("noop").mode("append").save(undefined, { signal }),
    ];
    for (const action of actions) {
      await assert.rejects(
        async () => await action(),
        (error) => error === reason,
        String(action),
      );
    }
    assert.deepEqual(await sc.statusTracker().getActiveJobsIds(), []);
  });

  await t.step("a signal ends the job and its workers", async () => {
    await using tasks = await EndlessTasks.make(sc);
    const controller = new AbortController();
    const action = tasks.rdd.collect({ signal: controller.signal });
    const pids = await tasks.running();
    const reason = new Error("took too long");
    controller.abort(reason);
    await assert.rejects(action, (error) => error === reason);
    await gone(pids);
    assert.deepEqual(await sc.statusTracker().getActiveJobsIds(), []);
    assert.equal((await numbers.collect()).length, 10);
  });

  await t.step("a signal ends only its own action", async () => {
    await using tasks = await EndlessTasks.make(sc);
    const signal = AbortSignal.timeout(1);
    const other = numbers.map((n) => n + 1).collect();
    await assert.rejects(tasks.rdd.count({ signal }), { name: "TimeoutError" });
    assert.equal((await other).length, 10);
  });

  await t.step("a signal ends an action that waits for others", async () => {
    await using tasks = await EndlessTasks.make(sc);
    const first = new AbortController();
    const running = tasks.rdd.collect({ signal: first.signal });
    const pids = await tasks.running();
    const second = new AbortController();
    const waiting = numbers.map((n) => n - 1).collect({
      signal: second.signal,
    });
    const reason = new Error("not waiting");
    second.abort(reason);
    await assert.rejects(waiting, (error) => error === reason);
    first.abort();
    await assert.rejects(running, { name: "AbortError" });
    await gone(pids);
  });

  await t.step(
    "a signal ends an iteration between two partitions",
    async () => {
      const controller = new AbortController();
      const seen: number[] = [];
      const reason = new Error("enough");
      await assert.rejects(async () => {
        const records = numbers.toLocalIterator(false, {
          signal: controller.signal,
        });
        for await (const n of records) {
          seen.push(n);
          controller.abort(reason);
        }
      }, (error) => error === reason);
      assert.ok(seen.length >= 1 && seen.length < 10, `seen: ${seen}`);
      assert.equal(await numbers.count(), 10);
    },
  );

  await t.step(
    "cancelJobGroup(), cancelJobsWithTag() and cancelAllJobs() end jobs",
    async () => {
      const ways: [
        (body: () => Promise<unknown>) => Promise<unknown>,
        () => Promise<void>,
      ][] = [
        [
          (body) => sc.withJobGroup("endless", body),
          () => sc.cancelJobGroup("endless"),
        ],
        [
          (body) => sc.withJobTag("endless", body),
          () => sc.cancelJobsWithTag("endless"),
        ],
        [(body) => body(), () => sc.cancelAllJobs()],
      ];
      for (const [run, cancel] of ways) {
        await using tasks = await EndlessTasks.make(sc);
        const action = run(() => tasks.rdd.collect());
        const pids = await tasks.running();
        const ended = assert.rejects(action, /cancelled/);
        await cancel();
        await ended;
        await gone(pids);
      }
      assert.equal(await numbers.count(), 10);
    },
  );

  await t.step("connections come back to the pool", () => {
    assert.ok(
      gateway.connections <= connections + 3,
      `${gateway.connections} connections`,
    );
  });
});
