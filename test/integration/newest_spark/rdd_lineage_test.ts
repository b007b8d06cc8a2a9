/** Plans of thousands of operations, and many levels of RDDs that are partitioned alike. */
import assert from "node:assert/strict";
import { functions, type RDD } from "../../../mod.ts";
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
      const most = await mostWorkers(async () =>
        assert.deepEqual((await joined.collect()).sort(), [[1, 60], [2, 60]])
      );
      // Two tasks with seven each, and those that wait for the next ones.
      assert.ok(most > 0 && most <= 20, `${most} workers`);
    },
  );

  await t.step(
    "chains of other pairings end with the right result, in few workers",
    async () => {
      type Pairs = RDD<[number, number]>;
      const pairs = (...keys: readonly number[]): Pairs =>
        sc.parallelize(keys.map((key): [number, number] => [key, 1]), 2);
      const other = pairs(1, 2);
      const links: readonly ((chain: Pairs) => Pairs)[] = [
        (chain) =>
          chain.cogroup(other).mapValues(([a, b]) =>
            [...a, ...b].reduce((sum, n) => sum + n, 0)
          ),
        (chain) =>
          chain.leftOuterJoin(other).mapValues(([a, b]) => a + (b ?? 10)),
        (chain) => chain.subtractByKey(pairs(4)),
      ];
      const most = await mostWorkers(async () => {
        let chain = pairs(1, 2, 3, 4);
        for (let i = 0; i < 3; i++) {
          for (const link of links) chain = link(chain);
        }
        assert.deepEqual((await chain.collect()).sort(), [
          [1, 7],
          [2, 7],
          [3, 31],
        ]);
        let common = sc.range(0, 20, 1, 2);
        for (let i = 0; i < 8; i++) {
          common = common.intersection(sc.range(i, 30, 1, 2));
        }
        assert.deepEqual((await common.collect()).sort((a, b) => a - b), [
          7,
          8,
          9,
          10,
          11,
          12,
          13,
          14,
          15,
          16,
          17,
          18,
          19,
        ]);
      });
      assert.ok(most <= 20, `${most} workers`);
    },
  );

  await t.step("forty unions with a step between", async () => {
    const one = sc.parallelize([1], 1);
    let all: RDD<number> = sc.parallelize([0], 1);
    for (let i = 0; i < 40; i++) all = all.union(one).map((n) => n + 1);
    // The first and the first that was added have been through all steps.
    assert.deepEqual(
      (await all.collect()).slice(0, 4),
      [40, 41, 40, 39],
    );
  });

  await t.step("fifty columns and unions of frames", async () => {
    let wide = spark.range(2).toDF("id");
    for (let i = 0; i < 50; i++) {
      wide = wide.withColumn("id", functions.col("id").plus(1));
    }
    assert.deepEqual(await wide.collect(), [{ id: 50 }, { id: 51 }]);
    let long = spark.range(1);
    for (let i = 0; i < 50; i++) long = long.union(spark.range(1));
    assert.equal(await long.count(), 51);
  });

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

/** The most workers that there were while a job ran. */
async function mostWorkers(run: () => Promise<void>): Promise<number> {
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, workers().length);
  }, 100);
  try {
    await run();
  } finally {
    clearInterval(watch);
  }
  return most;
}
