import assert from "node:assert/strict";
import type { RDD } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { onPartitions } from "../partitionings.ts";
import { ownSession, sharedSession } from "../shared_session.ts";

/** What a program of samples gives, on an application of its own. */
async function samples(master: string): Promise<unknown[]> {
  await using spark = await ownSession({ "spark.master": master });
  assert.equal(spark.sparkContext.master, master);
  const rdd = spark.sparkContext.range(0, 600, 1, 5);
  const pairs = rdd.map((x): [number, number] => [x % 2, x]);
  const fractions = new Map([[0, 0.3], [1, 0.6]]);
  const [small, large] = rdd.randomSplit([1, 2], 3);
  assert.ok(small !== undefined && large !== undefined);
  return [
    await rdd.sample(false, 0.2, 42).collect(),
    await rdd.sample(true, 1.5, 42).collect(),
    await pairs.sampleByKey(false, fractions, 7).collect(),
    await pairs.sampleByKey(true, fractions, 7).collect(),
    await small.collect(),
    await large.collect(),
    await rdd.takeSample(false, 20, 5),
    await rdd.takeSample(true, 20, 5),
  ];
}

Deno.test("samples are equal for one worker and for two", async () => {
  assert.deepEqual(await samples("local[1]"), await samples("local[2]"));
});

Deno.test("RDD's samples", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const each = onPartitions(t);

  function pairsOf(rdd: RDD<number>): RDD<[string, number]> {
    return rdd.map((x): [string, number] => [x % 2 === 0 ? "even" : "odd", x]);
  }

  await each(
    "sample() without replacement takes a part in order",
    async (n) => {
      const rdd = sc.range(0, 1000, 1, n);
      const part = await rdd.sample(false, 0.3, 1).collect();
      assert.ok(part.length > 200 && part.length < 400, `${part.length}`);
      assert.deepEqual(part, [...new Set(part)].sort((a, b) => a - b));
      assert.deepEqual(await rdd.sample(false, 0, 1).collect(), []);
      assert.equal(await rdd.sample(false, 1, 1).count(), 1000);
      assert.equal(await rdd.sample(false, 1.5, 1).count(), 1000);
    },
  );
  await each("sample() with replacement repeats records", async (n) => {
    const rdd = sc.range(0, 1000, 1, n);
    const part = await rdd.sample(true, 2, 1).collect();
    assert.ok(part.length > 1700 && part.length < 2300, `${part.length}`);
    const kinds = new Set(part).size; // 1 - e^-2 of all: 865
    assert.ok(kinds > 780 && kinds < 930, `${kinds}`);
    assert.deepEqual(await rdd.sample(true, 0, 1).collect(), []);
  });
  await each("sampleByKey() takes each key's own part", async (n) => {
    const rdd = pairsOf(sc.range(0, 1000, 1, n));
    const fractions: [string, number][] = [["even", 0.2], ["none", 1]];
    const part = await rdd.sampleByKey(false, fractions, 1).collect();
    assert.ok(part.every(([key]) => key === "even"));
    assert.ok(part.length > 50 && part.length < 150, `${part.length}`);
    const many = await rdd.sampleByKey(true, new Map([["odd", 3]]), 1).count();
    assert.ok(many > 1250 && many < 1750, `${many}`);
  });
  await each("randomSplit() deals each record out once", async (n) => {
    const rdd = sc.range(0, 1000, 1, n);
    const [a, b, c] = rdd.randomSplit([3, 1, 0], 9);
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    const [as, bs] = [await a.collect(), await b.collect()];
    assert.ok(as.length > 650 && as.length < 850, `${as.length}`);
    assert.deepEqual(
      [...as, ...bs].sort((x, y) => x - y),
      await rdd.collect(),
    );
    assert.equal(await c.count(), 0);
  });
  await each("takeSample() takes just so many", async (n) => {
    const rdd = sc.range(0, 50, 1, n);
    const some = await rdd.takeSample(false, 10, 3);
    assert.equal(some.length, 10);
    assert.equal(new Set(some).size, 10);
    const all = await rdd.takeSample(false, 99, 3);
    assert.deepEqual(all.toSorted((a, b) => a - b), await rdd.collect());
    assert.notDeepEqual(all, await rdd.collect(), "in no order");
    const many = await rdd.takeSample(true, 120, 3);
    assert.equal(many.length, 120);
    assert.ok(many.every((x) => x >= 0 && x < 50));
    assert.deepEqual(await rdd.takeSample(true, 0), []);
  });
  await each("the same seed gives the same sample", async (n) => {
    const rdd = sc.range(0, 400, 1, n);
    const sampled = rdd.sample(false, 0.5, -1);
    const first = await sampled.collect();
    assert.deepEqual(await sampled.collect(), first, "recomputed");
    assert.deepEqual(await rdd.sample(false, 0.5, -1).collect(), first);
    assert.notDeepEqual(await rdd.sample(false, 0.5, -2).collect(), first);
    const [split] = rdd.randomSplit([1, 1], -1);
    assert.deepEqual(await split?.collect(), first);
  });
  await each("a sample of nothing is empty", async (n) => {
    const none = sc.parallelize<number>([], n);
    assert.deepEqual(await none.sample(true, 3).collect(), []);
    assert.deepEqual(await none.takeSample(true, 3), []);
    assert.deepEqual(await none.randomSplit([1, 1])[1]?.collect(), []);
    const keyed = pairsOf(none).sampleByKey(false, [["odd", 1]]);
    assert.deepEqual(await keyed.collect(), []);
  });

  await t.step(
    "without a seed samples differ, each for itself firm",
    async () => {
      const rdd = sc.range(0, 400, 1, 2);
      const sampled = rdd.sample(false, 0.5);
      const first = await sampled.collect();
      assert.deepEqual(await sampled.collect(), first);
      assert.notDeepEqual(await rdd.sample(false, 0.5).collect(), first);
    },
  );
  await t.step("partitions draw numbers of their own", async () => {
    const parts = await sc.range(0, 400, 1, 2).map((x) => x % 200)
      .sample(false, 0.5, 1).glom().collect();
    assert.notDeepEqual(parts[0], parts[1]);
  });
  await t.step("sampleByKey() finds keys by value", async () => {
    const rdd = sc.parallelize<[number[], string]>([[[1], "a"], [[2], "b"]], 2);
    assert.deepEqual(
      await rdd.sampleByKey(false, [[[2], 1]]).values().collect(),
      ["b"],
    );
  });
  await t.step("bad input is refused", async () => {
    const rdd = sc.range(4);
    const wrong: readonly [() => unknown, string][] = [
      [
        () => rdd.sample(false, -0.1),
        "Cannot take a sample with fraction -0.1: give a finite number from 0 on",
      ],
      [
        () => rdd.sample(true, -1),
        "Cannot take a sample with fraction -1: give a finite number from 0 on",
      ],
      [
        () => rdd.sample(true, NaN),
        "Cannot take a sample with fraction NaN: give a finite number from 0 on",
      ],
      [
        () => rdd.sample(true, Infinity),
        "Cannot take a sample with fraction Infinity: give a finite number from 0 on",
      ],
      [
        () => pairsOf(rdd).sampleByKey(false, [["odd", -2]]),
        "Cannot take a sample with fraction -2: give a finite number from 0 on",
      ],
      [
        () => rdd.randomSplit([1, -1]),
        "Cannot split by the weights [1, -1]: -1 is none; give numbers from 0 on",
      ],
      [
        () => rdd.randomSplit([0, 0]),
        "Cannot split by the weights [0, 0]: their sum is 0; give at least one above 0, and none infinite",
      ],
      [
        () => rdd.randomSplit([]),
        "Cannot split by the weights []: their sum is 0; give at least one above 0, and none infinite",
      ],
    ];
    for (const [call, message] of wrong) {
      assert.throws(call, { name: "RangeError", message });
    }
    await assert.rejects(rdd.takeSample(false, -1), {
      name: "RangeError",
      message:
        "Cannot take a sample of -1 records: give a whole number from 0 on",
    });
    await assert.rejects(rdd.takeSample(false, 0.5), {
      name: "RangeError",
      message:
        "Cannot take a sample of 0.5 records: give a whole number from 0 on",
    });
  });
  await t.step("records that are no pairs are refused by name", async () => {
    const rdd = sc.range(0, 1, 1, 1) as unknown as RDD<[number, number]>;
    await failsInWorker(
      rdd.sampleByKey(false, [[0, 1]]).collect(),
      "RECORD_NOT_A_PAIR",
      /Cannot take a key from a record in sampleByKey\(\) at rdd_sample_test\.ts:\d+:\d+: 0 is not a pair; give it records of the form \[key, value\]/,
    );
  });
});
