import assert from "node:assert/strict";
import type { SparkContext } from "../../../mod.ts";
import { collectGarbage } from "../../collect_garbage.ts";
import { isNightly } from "../../nightly.ts";
import { liveJavaObjects } from "../live_objects.ts";
import { residentBytes, workers } from "../processes.ts";
import { ownSession } from "../shared_session.ts";

const WARM_UP = isNightly ? 200 : 100;
const JOBS = isNightly ? 1000 : 300;
const AT_ONCE = 50;
const ROUNDS = isNightly ? 10 : 4;
const OBJECT_SLACK = 20; // of calls that are under way
const DESCRIPTOR_SLACK = 4;
const WORKER_SLACK = 48 * 2 ** 20; // bytes: how far V8 lets garbage grow before it collects

/** What a program holds after its garbage was collected. */
interface Holdings {
  readonly objects: number;
  /** Open descriptors of this process, sockets among them. */
  readonly descriptors: number;
  readonly workers: number;
  /** Bytes of the largest worker. */
  readonly largest: number;
}

async function holdings(sc: SparkContext): Promise<Holdings> {
  await collectGarbage(); // an RDD of the JVM goes when V8 collects the RDD of this side
  return {
    objects: await liveJavaObjects(sc),
    descriptors: [...Deno.readDirSync("/proc/self/fd")].length,
    workers: workers().length,
    largest: Math.max(...workers().map((pid) => residentBytes(pid).now)),
  };
}

function assertFlat(before: Holdings, after: Holdings, what: string): void {
  const told = `${what}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
  console.log(told);
  assert.ok(after.objects <= before.objects + OBJECT_SLACK, told);
  assert.ok(after.descriptors <= before.descriptors + DESCRIPTOR_SLACK, told);
  assert.ok(after.largest <= before.largest + WORKER_SLACK, told);
}

Deno.test("small jobs leave nothing behind", async (t) => {
  await using spark = await ownSession();
  const sc = spark.sparkContext;
  const numbers = sc.parallelize([1, 2, 3], 1);
  const pairs = sc.parallelize<[string, number]>([["a", 1], ["b", 2]], 2);
  const act = async (i: number): Promise<void> => {
    switch (i % 4) {
      case 0:
        assert.deepEqual(await numbers.map((x) => x + i).collect(), [
          1 + i,
          2 + i,
          3 + i,
        ]);
        break;
      case 1:
        assert.deepEqual(await numbers.filter((x) => x > 1).take(1), [2]);
        break;
      case 2:
        assert.equal(await pairs.mapValues((x) => x * i).values().sum(), 3 * i);
        break;
      case 3:
        assert.equal(await pairs.reduceByKey((a, b) => a + b).count(), 2);
        break;
    }
  };
  for (let i = 0; i < WARM_UP; i++) await act(i);

  await t.step(`${JOBS} one after another`, async () => {
    const before = await holdings(sc);
    for (let i = 0; i < JOBS; i++) await act(i);
    assertFlat(before, await holdings(sc), `${JOBS} jobs`);
  });

  await t.step(`${AT_ONCE} at once, ${ROUNDS} times`, async () => {
    const round = (): Promise<unknown> =>
      Promise.all(Array.from({ length: AT_ONCE }, (_, i) => act(i)));
    await round(); // opens as many connections as it needs, which stay
    const before = await holdings(sc);
    for (let i = 0; i < ROUNDS; i++) await round();
    assertFlat(before, await holdings(sc), `${ROUNDS} times ${AT_ONCE} jobs`);
  });
});
