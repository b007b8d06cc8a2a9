import assert from "node:assert/strict";
import { SparkError } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { onPartitions } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("RDD's actions", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const each = onPartitions(t);
  const numbers = [3, 1, 4, 1, 5, 9];

  await each("treeAggregate() merges in rounds", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    const add = (a: number, b: number) => a + b;
    for (const depth of [1, 2, 3, 10]) {
      assert.equal(await rdd.treeAggregate(0, add, add, depth), 23);
    }
    const all = await rdd.treeAggregate(
      new Set<number>(),
      (set, x) => set.add(x),
      (a, b) => a.union(b),
    );
    assert.deepEqual([...all].sort(), [1, 3, 4, 5, 9]);
    assert.equal(
      await rdd.filter(() => false).treeAggregate(7, add, add),
      7 * n,
    );
  });
  await each("treeReduce() merges in rounds", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    for (const depth of [1, 2, 4]) {
      assert.equal(await rdd.treeReduce((a, b) => a + b, depth), 23);
      assert.equal(await rdd.treeReduce(Math.max, depth), 9);
    }
  });
  await each("an empty reduce is an error, by each way", async (n) => {
    const none = sc.parallelize<number>([], n);
    const calls: readonly [string, () => Promise<unknown>][] = [
      ["reduce()", () => none.reduce((a, b) => a + b)],
      ["treeReduce()", () => none.treeReduce((a, b) => a + b)],
      ["first()", () => none.first()],
      ["max()", () => none.max()],
      ["min()", () => none.min()],
    ];
    for (const [operation, call] of calls) {
      await assert.rejects(call, (error: unknown) => {
        assert.ok(error instanceof SparkError);
        assert.equal(error.condition, "RDD_EMPTY");
        assert.equal(
          error.message,
          `Cannot ${operation} empty RDD: it has no record; check isEmpty() before, or use fold() or take()`,
        );
        return true;
      });
    }
    assert.equal(await none.fold(0, (a, b) => a + b), 0);
    assert.equal(await none.sum(), 0);
    assert.equal(await none.count(), 0);
    assert.equal(await none.isEmpty(), true);
  });
  await each("runJob() runs over some partitions in order", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    const all = await sc.runJob(rdd, (records) => [[...records]]);
    assert.deepEqual(all, await rdd.glom().collect());
    const last = await sc.runJob(rdd, (it) => [...it, "end"], [n - 1, 0]);
    assert.deepEqual(last, [
      ...all[n - 1] ?? [],
      "end",
      ...all[0] ?? [],
      "end",
    ]);
    assert.deepEqual(await sc.runJob(rdd, () => [1], []), []);
    await assert.rejects(sc.runJob(rdd, () => [], [n]), {
      name: "RangeError",
      message:
        `Cannot run a job on partition ${n}: the RDD has ${n} partitions, numbered from 0`,
    });
  });
  await each("union() of a list of RDDs, emptyRDD() with it", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    const all = sc.union([
      rdd,
      sc.emptyRDD<number>(),
      rdd,
      sc.range(0, 2, 1, 2),
    ]);
    assert.deepEqual(await all.collect(), [...numbers, ...numbers, 0, 1]);
    assert.equal(await all.getNumPartitions(), 2 * n + 2);
    assert.deepEqual(await sc.union([rdd]).collect(), numbers);
  });

  await t.step("emptyRDD() has no partition and goes through all", async () => {
    const none = sc.emptyRDD<[string, number]>();
    assert.equal(await none.getNumPartitions(), 0);
    assert.deepEqual(await none.collect(), []);
    assert.deepEqual(await none.take(3), []);
    assert.equal(await none.count(), 0);
    assert.equal(await none.isEmpty(), true);
    assert.deepEqual(await none.map((x) => x).glom().collect(), []);
    assert.deepEqual(await none.zipWithIndex().collect(), []);
    assert.deepEqual(await none.zipWithUniqueId().collect(), []);
    assert.deepEqual(await none.reduceByKey((a, b) => a + b, 2).collect(), []);
    assert.deepEqual(await none.sortByKey(true, 2).collect(), []);
    assert.deepEqual(await none.join(none, 2).collect(), []);
    assert.deepEqual(await none.cartesian(none).collect(), []);
    assert.deepEqual(await none.repartition(2).collect(), []);
    assert.equal(await none.values().fold(5, (a, b) => a + b), 5);
    assert.equal(await none.treeAggregate(5, (a) => a, (a) => a), 5);
    await assert.rejects(none.reduce((a) => a), { condition: "RDD_EMPTY" });
    await assert.rejects(none.treeReduce((a) => a), { condition: "RDD_EMPTY" });
  });
  await t.step(
    "emptyRDD() is grouped into no partition when none is asked",
    async () => {
      const none = sc.emptyRDD<[string, number]>();
      assert.deepEqual(await none.groupByKey().collect(), []);
      assert.deepEqual(await none.distinct().collect(), []);
      assert.deepEqual(await none.sortByKey().collect(), []);
      assert.deepEqual(await none.join(none).collect(), []);
      assert.deepEqual(await none.subtract(none).collect(), []);
    },
  );
  await t.step("union() of no RDD is empty", async () => {
    assert.deepEqual(await sc.union([]).collect(), []);
  });
  await t.step("treeAggregate() refuses a depth below 1", async () => {
    for (const depth of [0, -1, 1.5]) {
      const message =
        `Cannot merge in a tree of depth ${depth}: give a whole number from 1 on`;
      await assert.rejects(
        sc.range(2).treeAggregate(0, (a) => a, (a) => a, depth),
        { name: "RangeError", message },
      );
      await assert.rejects(sc.range(2).treeReduce((a) => a, depth), {
        name: "RangeError",
        message,
      });
    }
  });
  await t.step("a zero value is not changed by its use", async () => {
    const zero: number[] = [];
    const push = (list: number[], x: number): number[] => {
      list.push(x);
      return list;
    };
    const join = (a: number[], b: number[]): number[] => [...a, ...b];
    for (let round = 0; round < 2; round++) {
      assert.deepEqual(
        await sc.parallelize(numbers, 3).treeAggregate(zero, push, join),
        numbers,
      );
      assert.deepEqual(
        await sc.parallelize(numbers, 3).aggregate(zero, push, join),
        numbers,
      );
    }
    assert.deepEqual(zero, []);
  });
  await t.step("records that cannot be serialized are refused", async () => {
    const bad: readonly [() => unknown, RegExp][] = [
      [() => () => 1, /Cannot serialize record "\[0\]": it is a function/],
      [() => Symbol("s"), /Cannot serialize record "\[0\]": it is a symbol/],
      [() => ({ a: [new WeakMap()] }), /"\[0\]\.a\[0\]": it is a/],
      [() => Promise.resolve(1), /Cannot serialize record "\[0\]": it is a/],
    ];
    for (const [make, message] of bad) {
      const rdd = sc.range(0, 1, 1, 1).map(() => make());
      for (
        const action of [
          () => rdd.collect(),
          () => rdd.first(),
          () => rdd.repartition(2).count(),
        ]
      ) {
        await failsInWorker(action(), "RECORD_NOT_SERIALIZABLE", message);
      }
      assert.equal(await rdd.count(), 1, "a record that stays may be anything");
    }
  });
  await t.step("parallelize() refuses what cannot be serialized", async () => {
    await assert.rejects(
      sc.parallelize<unknown>([1, { f: () => 1 }], 1).collect(),
      (error: unknown) => {
        assert.ok(error instanceof SparkError);
        assert.equal(error.condition, "RECORD_NOT_SERIALIZABLE");
        return true;
      },
    );
  });
  await t.step("50 actions at once give each its own result", async () => {
    const shared = sc.range(0, 60, 1, 3);
    const jobs = Array.from({ length: 50 }, async (_, i) => {
      switch (i % 5) {
        case 0:
          return await shared.map((x) => x * i).sum() === 1770 * i;
        case 1:
          return (await shared.map((x) => `${x}-${i}`).take(2))
            .join() === `0-${i},1-${i}`;
        case 2:
          return (await shared.map((x): [number, number] => [x % 2, i])
            .reduceByKey((a, b) => a + b, 2).values().collect())
            .join() === `${30 * i},${30 * i}`;
        case 3:
          return await shared.filter((x) => x < i).count() === i;
        default:
          return (await shared.sortBy((x) => (x + i) % 60, true, 2).first()) ===
            (60 - i) % 60;
      }
    });
    assert.deepEqual(await Promise.all(jobs), jobs.map(() => true));
  });
  await t.step("50 actions at once on one RDD share its parts", async () => {
    const rdd = sc.range(0, 40, 1, 2).map((x): [number, number] => [x % 4, x])
      .groupByKey(2).mapValues((g) => g.length).sortByKey(true, 2);
    const all = await Promise.all(
      Array.from({ length: 50 }, () => rdd.collect()),
    );
    for (const one of all) {
      assert.deepEqual(one, [[0, 10], [1, 10], [2, 10], [3, 10]]);
    }
  });
});
