/** Plans of thousands of operations, and many levels of RDDs that are partitioned alike. */
import assert from "node:assert/strict";
import type { RDD } from "../../../mod.ts";
import { workers } from "../processes.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("lineages", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;

  await t.step("union() takes a thousand RDDs at once, and none", async () => {
    const many = Array.from({ length: 1000 }, (_, i) => sc.parallelize([i], 1));
    const all = sc.union(many);
    assert.equal(await all.count(), 1000);
    assert.equal(await all.getNumPartitions(), 1000);
    assert.equal(await sc.union([]).count(), 0);
  });

  await t.step("a thousand unions one by one are one", async () => {
    const one = sc.parallelize([1], 1);
    let all: RDD<number> = sc.parallelize([0], 1);
    for (let i = 0; i < 1000; i++) all = all.union(one);
    assert.equal(await all.sum(), 1000);
    assert.deepEqual(await all.take(3), [0, 1, 1]);
  });

  await t.step(
    "unions of RDDs that are partitioned alike stay so, flat or not",
    async () => {
      const part = (): RDD<[number, number]> =>
        sc.parallelize<[number, number]>([[1, 1], [2, 2], [3, 3]], 2)
          .partitionBy(3);
      const [a, b, c] = [part(), part(), part()];
      const both = a.union(b);
      assert.equal(await both.getNumPartitions(), 3);
      assert.equal(await both.union(c).getNumPartitions(), 3);
      // Spark joins the two partition by partition, and puts others behind them.
      assert.equal(
        await both.union(sc.range(2, 4, 1, 2).keyBy((n) => n))
          .getNumPartitions(),
        5,
      );
      assert.equal(await both.cache().union(c).getNumPartitions(), 3);
      assert.deepEqual((await both.union(c).lookup(2)).length, 3);
      both.unpersist();
    },
  );

  await t.step(
    "three thousand maps and a thousand flatMaps are one stage",
    async () => {
      let numbers = sc.range(3);
      for (let i = 0; i < 3000; i++) numbers = numbers.map((n) => n + 1);
      assert.deepEqual(await numbers.collect(), [3000, 3001, 3002]);
      for (let i = 0; i < 1000; i++) numbers = numbers.flatMap((n) => [n]);
      assert.equal(await numbers.count(), 3);
    },
  );

  await t.step(
    "sixty chained joins take time in line with their number, and few workers",
    async () => {
      const other = sc.parallelize<[number, number]>([[1, 1], [2, 1]], 2);
      let joined = sc.parallelize<[number, number]>([[1, 0], [2, 0]], 2);
      for (let i = 0; i < 60; i++) {
        joined = joined.join(other).mapValues(([a, b]) => a + b);
      }
      let most = 0;
      const watch = setInterval(() => {
        most = Math.max(most, workers().length);
      }, 100);
      try {
        assert.deepEqual((await joined.collect()).sort(), [[1, 60], [2, 60]]);
      } finally {
        clearInterval(watch);
      }
      // Two tasks with seven each, and those that wait for the next ones.
      assert.ok(most > 0 && most <= 20, `${most} workers`);
    },
  );

  await t.step(
    "steps over many kept RDDs keep their order and partitions",
    async () => {
      let numbers = sc.range(0, 100, 1, 3);
      const kept: RDD<number>[] = [];
      for (let i = 0; i < 40; i++) {
        numbers = numbers.map((n) => n + 1).cache();
        kept.push(numbers);
      }
      const wanted = Array.from({ length: 100 }, (_, i) => i + 40);
      assert.deepEqual(await numbers.collect(), wanted);
      const sizes = await numbers.glom().map((list) => list.length).collect();
      assert.deepEqual(sizes, [33, 33, 34]);
      for (const each of kept) each.unpersist();
      assert.deepEqual(await numbers.collect(), wanted);
    },
  );

  await t.step("zips of zips hold few workers too", async () => {
    let numbers = sc.range(0, 20, 1, 2);
    for (let i = 0; i < 6; i++) {
      numbers = numbers.zip(numbers).map(([a, b]) => Math.max(a, b));
    }
    assert.deepEqual(
      await numbers.collect(),
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  await t.step("range() loses no number near 2^53", async () => {
    const [most, half] = [2 ** 53 - 1, 2 ** 51];
    const cases: readonly [number, number, number][] = [
      [-most, 2 ** 52 + 2, half],
      [most, -most, -half],
      [most - 5, most, 1],
      [-most, -most + 5, 2],
      [most, most - 7, -3],
      [0, most, most],
      [5, 5, 1],
      [5, 4, 1],
      [4, 5, -1],
    ];
    for (const [start, end, step] of cases) {
      const wanted: number[] = [];
      const isBefore = (n: bigint): boolean =>
        step > 0 ? n < BigInt(end) : n > BigInt(end);
      for (let n = BigInt(start); isBefore(n); n += BigInt(step)) {
        wanted.push(Number(n));
      }
      for (const slices of [1, 3, 8]) {
        const range = sc.range(start, end, step, slices);
        assert.deepEqual(await range.collect(), wanted);
      }
    }
  });
});
