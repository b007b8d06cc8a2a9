import assert from "node:assert/strict";
import type { RDD } from "../../../mod.ts";
import { onPartitions, sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

/** How many different shuffles an RDD is computed by. */
async function shuffles(rdd: RDD<unknown>): Promise<number> {
  const text = await rdd.toDebugString();
  return new Set(text.match(/ShuffledRDD\[\d+\]/g) ?? []).size;
}

Deno.test("partitioners", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const each = onPartitions(t);
  const records = Array.from({ length: 12 }, (_, i): [string, number] => [
    "abcd"[i % 4] ?? "",
    i,
  ]);
  const add = (a: number, b: number): number => a + b;
  const place = (key: string): number => key.charCodeAt(0);
  const pairs = sc.parallelize(records, 2);
  const other = sc.parallelize<[string, string]>([["a", "x"], ["z", "y"]], 2);
  const joined: [string, [number, string]][] = [
    ["a", [0, "x"]],
    ["a", [4, "x"]],
    ["a", [8, "x"]],
  ];

  /** Number of stages of the one job that an action runs. */
  async function stages(action: () => Promise<unknown>): Promise<number> {
    const group = crypto.randomUUID();
    await sc.withJobGroup(group, action);
    const tracker = sc.statusTracker();
    const [job, ...more] = await tracker.getJobIdsForGroup(group);
    assert.ok(job !== undefined && more.length === 0, "one job");
    return (await tracker.getJobInfo(job))?.stageIds.length ?? 0;
  }

  await each("co-partitioned RDDs join without a shuffle more", async (n) => {
    const left = sc.parallelize(records, n).partitionBy(3);
    const right = other.partitionBy(3);
    const join = left.join(right);
    assert.equal(await shuffles(join), 2);
    assert.equal(await join.getNumPartitions(), 3);
    assert.deepEqual(sorted(await join.collect()), sorted(joined));
    assert.equal(await stages(() => join.collect()), 3);
  });
  await each("RDDs that are not, join by one shuffle of both", async (n) => {
    const join = sc.parallelize(records, n).join(other, 3);
    assert.equal(await shuffles(join), 1);
    assert.deepEqual(sorted(await join.collect()), sorted(joined));
    assert.equal(await stages(() => join.collect()), 2);
  });
  await each("one side that is partitioned stays in place", async (n) => {
    const left = sc.parallelize(records, n).partitionBy(3);
    for (const join of [left.join(other), left.join(other, 3)]) {
      assert.equal(await shuffles(join), 2);
      assert.equal(await join.getNumPartitions(), 3);
      assert.deepEqual(sorted(await join.collect()), sorted(joined));
    }
    const back = other.join(left, 3);
    assert.equal(await shuffles(back), 2);
    assert.deepEqual(
      sorted(await back.mapValues(([w, v]) => [v, w]).collect()),
      sorted<unknown>(joined),
    );
  });
  await each("joins obey the partition function that is there", async (n) => {
    const left = sc.parallelize(records, n).partitionBy(3, place);
    const same = left.join(other.partitionBy(3, place));
    assert.equal(await shuffles(same), 2);
    assert.deepEqual(sorted(await same.collect()), sorted(joined));
    const one = left.join(other);
    assert.equal(await shuffles(one), 2);
    assert.deepEqual(sorted(await one.collect()), sorted(joined));
    const parts = await one.keys().glom().collect();
    assert.deepEqual(parts.map((keys) => keys.length), [0, 3, 0]); // "a" is 97
  });
  await each("reduceByKey() after partitionBy() stays in place", async (n) => {
    const placed = sc.parallelize(records, n).partitionBy(3);
    const sums = placed.reduceByKey(add);
    assert.equal(await shuffles(sums), 1);
    assert.deepEqual(
      sorted(await sums.collect()),
      [["a", 12], ["b", 15], ["c", 18], ["d", 21]],
    );
    assert.equal(await shuffles(placed.reduceByKey(add, 3)), 1);
    assert.equal(await shuffles(placed.groupByKey()), 1);
    assert.equal(await shuffles(placed.aggregateByKey(0, add, add)), 1);
    assert.equal(await shuffles(placed.foldByKey(0, add)), 1);
    assert.equal(await shuffles(sums.join(placed)), 1);
    assert.equal(await shuffles(placed.reduceByKey(add, 4)), 2);
  });

  await t.step("what keeps keys keeps the partitioner", async () => {
    const placed = pairs.partitionBy(3);
    const kept: readonly [string, RDD<[string, unknown]>][] = [
      ["mapValues", placed.mapValues((v) => -v)],
      ["flatMapValues", placed.flatMapValues((v) => [v, v])],
      ["filter", placed.filter(([, v]) => v > 3)],
      ["sample", placed.sample(false, 0.9, 1)],
      ["sampleByKey", placed.sampleByKey(false, [["a", 1]], 1)],
      ["groupByKey", placed.groupByKey()],
      ["join", placed.join(placed)],
      ["cogroup", placed.cogroup(placed)],
      ["subtractByKey", placed.subtractByKey(placed)],
      ["union", placed.union(placed)],
      ["cache", placed.mapValues((v) => v).cache()],
    ];
    for (const [name, rdd] of kept) {
      const again = rdd.partitionBy(3);
      assert.equal(await shuffles(again), 1, name);
      assert.equal(await again.count(), await rdd.count(), name);
    }
  });
  await t.step("what may change keys loses the partitioner", async () => {
    const placed = pairs.partitionBy(3);
    const lost: readonly [string, RDD<[string, unknown]>][] = [
      ["map", placed.map(([k, v]) => [k, v])],
      ["flatMap", placed.flatMap((pair) => [pair])],
      ["mapPartitions", placed.mapPartitions((it) => it)],
      ["keyBy", placed.values().keyBy((v) => `${v}`)],
      ["coalesce", placed.coalesce(2)],
      ["repartition", placed.repartition(3)],
      ["zip", placed.keys().zip(placed.values())],
      ["other union", placed.union(pairs)],
    ];
    for (const [name, rdd] of lost) {
      const again = rdd.partitionBy(3);
      const added = await shuffles(again) - await shuffles(rdd);
      assert.equal(added, 1, name);
      assert.deepEqual(
        sorted(await again.keys().collect()),
        sorted(await rdd.keys().collect()),
        name,
      );
    }
  });
  await t.step(
    "mapPartitions() may promise to keep the partitioner",
    async () => {
      const placed = pairs.partitionBy(3);
      const options = { preservesPartitioning: true };
      const swift = placed.mapPartitions(
        (it) => it.map(([k, v]): [string, number] => [k, v * 2]),
        options,
      ).reduceByKey(add);
      assert.equal(await shuffles(swift), 1);
      assert.deepEqual(
        sorted(await swift.collect()),
        [["a", 24], ["b", 30], ["c", 36], ["d", 42]],
      );
      const indexed = placed.mapPartitionsWithIndex(
        (_, it) => it.map(([k]): [string, number] => [k, 1]),
        options,
      ).reduceByKey(add);
      assert.equal(await shuffles(indexed), 1);
      assert.deepEqual(
        sorted(await indexed.collect()),
        [["a", 3], ["b", 3], ["c", 3], ["d", 3]],
      );
    },
  );
  await t.step("partitionBy() twice the same shuffles once", async () => {
    assert.equal(await shuffles(pairs.partitionBy(3).partitionBy(3)), 1);
    const twice = pairs.partitionBy(3, place).partitionBy(3, place);
    assert.equal(await shuffles(twice), 1);
    assert.deepEqual(sorted(await twice.collect()), sorted(records));
    assert.equal(await shuffles(pairs.partitionBy(3).partitionBy(4)), 2);
    assert.equal(await shuffles(pairs.partitionBy(3, place).partitionBy(3)), 2);
  });
  await t.step("partition functions are equal by identity", async () => {
    const first = pairs.partitionBy(3, (key) => key.charCodeAt(0));
    const twin = other.partitionBy(3, (key) => key.charCodeAt(0));
    assert.equal(await shuffles(first.partitionBy(3, place)), 2);
    const join = first.join(twin);
    assert.equal(await shuffles(join), 3, "one side comes to the other");
    assert.deepEqual(sorted(await join.collect()), sorted(joined));
    const make = (by: number) => (key: string): number =>
      key.charCodeAt(0) + by;
    const [one, two] = [make(0), make(1)];
    const placed = pairs.partitionBy(3, one).partitionBy(3, two);
    assert.equal(await shuffles(placed), 2);
    const keys = await placed.keys().glom().map((k) => [...new Set(k)].sort())
      .collect();
    assert.deepEqual(keys, [["b"], ["c"], ["a", "d"]]);
  });
  await t.step("a sorted RDD joins within its ranges", async () => {
    const ordered = pairs.sortByKey(true, 3);
    const join = ordered.join(other);
    assert.equal(await shuffles(join), 2);
    assert.deepEqual(sorted(await join.collect()), sorted(joined));
    assert.equal(await shuffles(ordered.reduceByKey(add, 3)), 2);
    assert.deepEqual(
      sorted(await ordered.reduceByKey(add, 3).collect()),
      [["a", 12], ["b", 15], ["c", 18], ["d", 21]],
    );
  });
  await t.step(
    "far fewer partitions than usual are not joined in",
    async () => {
      const few = other.partitionBy(1);
      const many = sc.parallelize(records, 20);
      const join = few.join(many);
      assert.equal(await join.getNumPartitions(), 21);
      assert.equal(await join.count(), 3);
    },
  );
  await t.step(
    "partitions of whole records are no partitions of keys",
    async () => {
      const distinct = pairs.distinct(3);
      assert.equal(await shuffles(distinct.partitionBy(3)), 2);
      assert.deepEqual(
        sorted(await distinct.reduceByKey(add, 3).collect()),
        [["a", 12], ["b", 15], ["c", 18], ["d", 21]],
      );
      const spread = pairs.repartition(3);
      assert.equal(await shuffles(spread.repartition(3)), 2);
      assert.equal(await spread.reduceByKey(add, 3).count(), 4);
    },
  );
});
