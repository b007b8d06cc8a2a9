import assert from "node:assert/strict";
import type { RDD } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { onPartitions, sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("RDDs in order", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const each = onPartitions(t);
  const numbers = [3, 1, 4, 1, 5, 9, 2, 6];
  const ascending = [...numbers].sort((a, b) => a - b);
  const pairs: [string, number][] = [
    ["b", 1],
    ["a", 2],
    ["C", 3],
    ["b", 4],
    ["A", 5],
  ];

  await each("sortBy() orders by what the function gives", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    assert.deepEqual(await rdd.sortBy((x) => x).collect(), ascending);
    assert.deepEqual(
      await rdd.sortBy((x) => x, false, 3).collect(),
      ascending.toReversed(),
    );
    assert.deepEqual(
      await rdd.sortBy((x) => -x, true, 1).collect(),
      ascending.toReversed(),
    );
  });
  await each("sortByKey() orders pairs, by a function too", async (n) => {
    const rdd = sc.parallelize(pairs, n);
    assert.deepEqual(
      await rdd.sortByKey().keys().collect(),
      ["A", "C", "a", "b", "b"],
    );
    assert.deepEqual(
      await rdd.sortByKey(false, 2).keys().collect(),
      ["b", "b", "a", "C", "A"],
    );
    const folded = await rdd.sortByKey(true, 3, (key) => key.toLowerCase())
      .keys().map((key) => key.toLowerCase()).collect();
    assert.deepEqual(folded, ["a", "a", "b", "b", "c"]);
  });
  await each("sortByKey() puts ranges of keys into partitions", async (n) => {
    const rdd = sc.parallelize(numbers.map((x): [number, null] => [x, null]), n)
      .sortByKey(true, 3);
    const parts = await rdd.keys().glom().collect();
    assert.equal(parts.length, 3);
    assert.deepEqual(parts.flat(), ascending);
    assert.ok(parts.every((part) => part.length < numbers.length), `${parts}`);
    const firstOf = new Map(parts.flatMap((p, i) => p.map((x) => [x, i])));
    assert.equal(firstOf.size, 7, "equal keys are in one partition");
  });
  await each(
    "repartitionAndSortWithinPartitions() sorts each partition",
    async (n) => {
      const rdd = sc.parallelize(
        numbers.map((x): [number, null] => [x, null]),
        n,
      );
      const parts = await rdd.repartitionAndSortWithinPartitions(
        2,
        (key) => key % 2,
      ).keys().glom().collect();
      assert.deepEqual(parts, [[2, 4, 6], [1, 1, 3, 5, 9]]);
      const down = await rdd.repartitionAndSortWithinPartitions(
        2,
        (key) => key,
        false,
        (key) => key % 5,
      ).keys().glom().collect();
      assert.deepEqual(down, [[4, 2, 6], [9, 3, 1, 1, 5]]);
    },
  );
  await each("takeOrdered() and top() give the best in order", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    assert.deepEqual(await rdd.takeOrdered(3), [1, 1, 2]);
    assert.deepEqual(await rdd.top(3), [9, 6, 5]);
    assert.deepEqual(await rdd.takeOrdered(99), ascending);
    assert.deepEqual(await rdd.top(99), ascending.toReversed());
    assert.deepEqual(await rdd.takeOrdered(0), []);
    assert.deepEqual(await rdd.top(0), []);
    assert.deepEqual(await rdd.takeOrdered(2, (x) => -x), [9, 6]);
    assert.deepEqual(await rdd.top(2, (x) => [x % 2, -x]), [1, 1]);
  });
  await each("max() and min() are the ends of the order", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    assert.equal(await rdd.max(), 9);
    assert.equal(await rdd.min(), 1);
    assert.equal(await rdd.max((x) => -x), 1);
    assert.equal(await rdd.min((x) => Math.abs(x - 4)), 4);
    const texts = sc.parallelize(["b", "𐀀", "\uffff", "a"], n);
    assert.equal(await texts.max(), "𐀀");
    assert.equal(await texts.min(), "a");
  });
  await each("nothing stays nothing in any order", async (n) => {
    const none = sc.parallelize<[number, number]>([], n);
    assert.deepEqual(await none.sortByKey(true, 2).collect(), []);
    assert.deepEqual(await none.sortBy((pair) => pair).collect(), []);
    assert.deepEqual(
      await none.repartitionAndSortWithinPartitions(2).collect(),
      [],
    );
    assert.deepEqual(await none.top(3), []);
    assert.deepEqual(await none.takeOrdered(3), []);
    for (const name of ["max", "min"] as const) {
      await assert.rejects(none[name](), {
        name: "SparkError",
        condition: "RDD_EMPTY",
        message:
          `Cannot ${name}() empty RDD: it has no record; check isEmpty() before, or use fold() or take()`,
      });
    }
  });

  await t.step("equal keys keep the order of their records", async () => {
    const records = Array.from({ length: 200 }, (_, i): [number, number] => [
      i % 3,
      i,
    ]);
    const byKey = await sc.parallelize(records, 1).sortByKey(true, 1).collect();
    const down = await sc.parallelize(records, 1).sortByKey(false, 1).collect();
    for (const key of [0, 1, 2]) {
      const own = records.filter(([k]) => k === key);
      assert.deepEqual(byKey.filter(([k]) => k === key), own);
      assert.deepEqual(down.filter(([k]) => k === key), own);
    }
  });
  await t.step("sorted partitions of many keys are of like size", async () => {
    const sizes = await sc.range(0, 20_000, 1, 3)
      .map((i) => (i * 7919) % 20_011).sortBy((x) => x, true, 4).glom()
      .map((part) => part.length).collect();
    assert.equal(sizes.length, 4);
    assert.equal(sizes.reduce((a, b) => a + b), 20_000);
    for (const size of sizes) {
      assert.ok(size > 2500 && size < 10_000, `${sizes}`);
    }
  });
  await t.step(
    "a partition far larger than others is sampled again",
    async () => {
      const small = sc.range(0, 10, 1, 9);
      const large = sc.range(10, 20_010, 1, 1);
      const sizes = await small.union(large).sortBy((x) => x, true, 4).glom()
        .map((part) => part.length).collect();
      assert.equal(sizes.reduce((a, b) => a + b), 20_010);
      for (const size of sizes) {
        assert.ok(
          size > 1000 && size < 12_000,
          `${sizes}`,
        );
      }
    },
  );
  await t.step("a sorted RDD can be sorted, grouped and joined", async () => {
    const rdd = sc.parallelize(pairs, 3).sortByKey(true, 3);
    assert.deepEqual(
      await rdd.sortByKey(false, 2).keys().collect(),
      ["b", "b", "a", "C", "A"],
    );
    assert.deepEqual(
      sorted(await rdd.groupByKey().mapValues((g) => g.length).collect()),
      sorted([["a", 1], ["b", 2], ["A", 1], ["C", 1]]),
    );
    assert.equal(await rdd.join(rdd).count(), 7);
    const other = sc.parallelize<[string, true]>([["b", true], ["z", true]], 2);
    assert.deepEqual(sorted(await other.join(rdd).collect()), [
      ["b", [true, 1]],
      ["b", [true, 4]],
    ]);
  });
  await t.step("wrong numbers are refused where they are written", async () => {
    const rdd = sc.parallelize(pairs, 2);
    for (const call of [() => rdd.top(-1), () => rdd.takeOrdered(-1)]) {
      await assert.rejects(call, {
        name: "RangeError",
        message: "Cannot take -1 records: give a whole number from 0 on",
      });
    }
    await assert.rejects(() => rdd.top(1.5), {
      message: "Cannot take 1.5 records: give a whole number from 0 on",
    });
    assert.throws(() => rdd.sortByKey(true, 0), {
      message:
        "Cannot run sortByKey() with 0 partitions: give a whole number from 1 on",
    });
    assert.throws(() => rdd.sortBy(5 as unknown as () => number), {
      name: "TypeError",
      message:
        "Cannot run sortBy() with a number for a function: give a function",
    });
    await assert.rejects(
      () => rdd.max("x" as unknown as () => number),
      {
        name: "TypeError",
        message:
          "Cannot run max() with a string for a function: give a function",
      },
    );
  });
  await t.step("records that are no pairs are refused by name", async () => {
    const rdd = sc.parallelize<unknown>(["x"], 1) as RDD<[string, number]>;
    for (const partitions of [1, 2]) {
      await failsInWorker(
        rdd.sortByKey(true, partitions).collect(),
        "RECORD_NOT_A_PAIR",
        /Cannot take a key from a record in sortByKey\(\) at rdd_sort_test\.ts:\d+:\d+: "x" is not a pair/,
      );
      await failsInWorker(
        rdd.repartitionAndSortWithinPartitions(partitions).collect(),
        "RECORD_NOT_A_PAIR",
        /in repartitionAndSortWithinPartitions\(\) at rdd_sort_test\.ts:\d+:\d+: "x" is not a pair/,
      );
    }
  });
  await t.step("what has no order is refused by name", async () => {
    const symbols = sc.range(0, 4, 1, 1);
    const sorting = symbols.sortBy(() => Symbol("s"), true, 1);
    await failsInWorker(
      sorting.collect(),
      "RECORD_NOT_SERIALIZABLE",
      /Cannot serialize record "\[0\]\[0\]": it is a symbol/,
    );
    await failsInWorker(
      symbols.top(1, () => () => 1),
      "KEY_NOT_COMPARABLE",
      /as a key: keys are compared by value, and it has none/,
    );
  });
});
