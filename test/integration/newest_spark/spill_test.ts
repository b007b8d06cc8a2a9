import assert from "node:assert/strict";
import type { RDD, SparkContext } from "../../../mod.ts";
import { contextRuntime } from "../../../src/driver/context/spark_context.ts";
import { ownSession } from "../shared_session.ts";

const RECORDS = 40_000; // of about 1 kB, so that no table of them fits into the budget
const KEYS = 1000;
const TEXT = "x".repeat(1000);

/** What Spark's own metrics say that all stages so far wrote to disk, in bytes. */
async function spilledBytes(sc: SparkContext): Promise<number> {
  const runtime = contextRuntime(sc);
  return await runtime.gateway.scope(async () => {
    const context = await runtime.jsc.callObject("sc");
    await (await context.callObject("listenerBus")).call("waitUntilEmpty");
    const stages = await (await context.callObject("statusStore")).callObject(
      "stageList",
      null,
      false,
      false,
      await runtime.gateway.newArray("double", 0),
      null,
    );
    let bytes = 0;
    const count = await stages.callNumber("size");
    for (let i = 0; i < count; i++) {
      const stage = await stages.callObject("apply", i);
      bytes += Number(await stage.call("diskBytesSpilled"));
    }
    return bytes;
  });
}

Deno.test("records that memory cannot hold go to disk", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    await using spark = await ownSession({
      "spark.python.worker.memory": "24m",
      "spark.local.dir": folder,
    });
    const sc = spark.sparkContext;
    const data = (): RDD<[number, string]> =>
      sc.range(0, RECORDS, 1, 4).map((i): [number, string] => [
        i * 7919 % KEYS,
        `${i}${TEXT}`,
      ]);
    const perKey = RECORDS / KEYS;
    let before = await spilledBytes(sc);
    const spills = async (): Promise<void> => {
      const now = await spilledBytes(sc);
      assert.ok(now > before, `${before} -> ${now}`);
      before = now;
    };

    await t.step(
      "groupByKey() groups exactly, and Spark counts the bytes",
      async () => {
        const groups = await data().groupByKey(2)
          .mapValues((values) => {
            const seen = new Set<string>();
            for (const value of values) seen.add(value);
            return [values.length, seen.size];
          }).collect();
        assert.equal(groups.length, KEYS);
        for (const [, sizes] of groups) {
          assert.deepEqual(sizes, [perKey, perKey]);
        }
        await spills();
      },
    );

    await t.step(
      "a group that does not fit is read as often as it is asked for",
      async () => {
        const [one] = await data().map(([, value]): [string, string] => [
          "all",
          value,
        ])
          .groupByKey(2).map(([key, values]) => {
            let bytes = 0;
            for (const value of values) {
              bytes += value.length;
            }
            for (const value of values) bytes -= value.length;
            return [key, values.length, bytes];
          }).collect();
        assert.deepEqual(one, ["all", RECORDS, 0]);
        await spills();
      },
    );

    await t.step("sortByKey() sorts exactly", async () => {
      const keys = await data().sortByKey(false, 2).keys().collect();
      assert.deepEqual(keys, keys.toSorted((a, b) => b - a));
      assert.equal(keys.length, RECORDS);
      await spills();
    });

    await t.step(
      "distinct(), aggregateByKey() and join() are exact",
      async () => {
        assert.equal(await data().values().distinct(2).count(), RECORDS);
        const lists = data().aggregateByKey(
          [] as string[],
          (list, value) => [...list, value],
          (a, b) => [...a, ...b],
          2,
        ).mapValues((list) => list.length);
        for (const [, length] of await lists.collect()) {
          assert.equal(length, perKey);
        }
        const names = sc.range(KEYS).map((
          i,
        ): [number, string] => [i, `key ${i}`]);
        assert.equal(await data().join(names, 2).count(), RECORDS);
        await spills();
      },
    );

    await t.step("a group that went to disk can be collected", async () => {
      const [pair] = await data().filter(([key]) => key === 7)
        .groupByKey(2).collect();
      assert.equal(pair?.[1].length, perKey);
    });

    await t.step("nothing of it has a name in the folder", () => {
      const names: string[] = [];
      const walk = (path: string): void => {
        for (const entry of Deno.readDirSync(path)) {
          if (entry.name.startsWith("tspark-")) names.push(entry.name);
          if (entry.isDirectory) walk(`${path}/${entry.name}`);
        }
      };
      walk(folder);
      assert.deepEqual(names, []);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
