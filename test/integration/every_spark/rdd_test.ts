import assert from "node:assert/strict";
import { type RDD, SparkError, WorkerError } from "../../../mod.ts";
import { onPartitions, sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("RDD", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const numbers = [3, 1, 4, 1, 5, 9];
  const pairs: [string, number][] = [
    ["a", 1],
    ["b", 2],
    ["a", 3],
    ["c", 4],
    ["b", 5],
    ["a", 6],
  ];
  const each = onPartitions(t);

  await each("collect() gives the records in order", async (n) => {
    assert.deepEqual(await sc.parallelize(numbers, n).collect(), numbers);
  });
  await each("map() and filter() keep the order", async (n) => {
    const rdd = sc.parallelize(numbers, n).map((x) => x * 2)
      .filter((x) => x > 5);
    assert.deepEqual(await rdd.collect(), [6, 8, 10, 18]);
  });
  await each("flatMap() takes arrays, strings and generators", async (n) => {
    const rdd = sc.parallelize(["ab", "", "c"], n);
    assert.deepEqual(await rdd.flatMap((s) => s).collect(), ["a", "b", "c"]);
    assert.deepEqual(
      await rdd.flatMap((s) => [s, s]).collect(),
      ["ab", "ab", "", "", "c", "c"],
    );
    const twice = rdd.flatMap(function* (s) {
      yield s.length;
      yield s;
    });
    assert.deepEqual(await twice.collect(), [2, "ab", 0, "", 1, "c"]);
  });
  await each("mapPartitions() sees each partition once", async (n) => {
    const counts = await sc.parallelize(numbers, n).mapPartitions((records) => {
      let count = 0;
      for (const _ of records) count++;
      return [count];
    }).collect();
    assert.equal(counts.length, n);
    assert.equal(counts.reduce((a, b) => a + b), 6);
  });
  await each("mapPartitions() may stop early and may be chained", async (n) => {
    const firsts = sc.parallelize(numbers, n).mapPartitions(function* (it) {
      for (const x of it) {
        yield x;
        return;
      }
    }).mapPartitions((it) => [...it].map((x) => x + 1));
    const expected = (await sc.parallelize(numbers, n).glom().collect())
      .filter((part) => part.length > 0).map((part) => (part[0] ?? 0) + 1);
    assert.deepEqual(await firsts.collect(), expected);
  });
  await each("mapPartitionsWithIndex() knows the index", async (n) => {
    const indices = await sc.parallelize(numbers, n)
      .mapPartitionsWithIndex((index) => [index]).collect();
    assert.deepEqual(indices, Array.from({ length: n }, (_, i) => i));
  });
  await each("glom() cuts as Spark cuts", async (n) => {
    const parts = await sc.parallelize(numbers, n).glom().collect();
    const expected = Array.from(
      { length: n },
      (_, i) =>
        numbers.slice(Math.floor(i * 6 / n), Math.floor((i + 1) * 6 / n)),
    );
    assert.deepEqual(parts, expected);
  });
  await each("keys(), values(), mapValues(), flatMapValues()", async (n) => {
    const rdd = sc.parallelize(pairs, n);
    assert.deepEqual(await rdd.keys().collect(), pairs.map(([k]) => k));
    assert.deepEqual(await rdd.values().collect(), pairs.map(([, v]) => v));
    assert.deepEqual(
      await rdd.mapValues((v) => -v).collect(),
      pairs.map(([k, v]) => [k, -v]),
    );
    assert.deepEqual(
      await rdd.flatMapValues((v) => v > 4 ? [v, v] : []).collect(),
      [["b", 5], ["b", 5], ["a", 6], ["a", 6]],
    );
  });
  await each("reduceByKey() merges over all partitions", async (n) => {
    const sums = await sc.parallelize(pairs, n).reduceByKey((a, b) => a + b)
      .collect();
    assert.deepEqual(sorted(sums), [["a", 10], ["b", 7], ["c", 4]]);
  });
  await each("groupByKey() gives all values of a key", async (n) => {
    const groups = await sc.parallelize(pairs, n).groupByKey(2)
      .mapValues((values) => [...values].sort()).collect();
    assert.deepEqual(sorted(groups), [
      ["a", [1, 3, 6]],
      ["b", [2, 5]],
      ["c", [4]],
    ]);
  });
  await each("combineByKey() changes the type of values", async (n) => {
    const texts = await sc.parallelize(pairs, n).combineByKey(
      (v) => [v],
      (list, v) => [...list, v],
      (a, b) => [...a, ...b],
    ).mapValues((list) => list.sort().join("+")).collect();
    assert.deepEqual(sorted(texts), [["a", "1+3+6"], ["b", "2+5"], ["c", "4"]]);
  });
  await each("partitionBy() obeys the partition function", async (n) => {
    const parts = await sc.parallelize(pairs, n)
      .partitionBy(3, (key) => key.charCodeAt(0) - 98).keys().glom().collect();
    assert.deepEqual(parts.map((keys) => [...new Set(keys)]), [
      ["b"],
      ["c"],
      ["a"],
    ]);
  });
  await each("keys equal by value fall together", async (n) => {
    const keyed: [unknown, number][] = [
      [["a", 1], 1],
      [{ x: 1, y: 2 }, 2],
      [["a", 1], 3],
      [{ y: 2, x: 1 }, 4],
      [-0, 5],
      [0, 6],
      [NaN, 7],
      [NaN, 8],
      [1, 9],
      [1n, 10],
      ["1", 11],
      [true, 12],
    ];
    const sums = await sc.parallelize(keyed, n).reduceByKey((a, b) => a + b, 4)
      .values().collect();
    assert.deepEqual(
      sums.sort((a, b) => a - b),
      [4, 6, 9, 10, 11, 11, 12, 15],
    );
  });
  await each("union() keeps duplicates and order", async (n) => {
    const a = sc.parallelize(numbers, n);
    const b = sc.parallelize(["x"], 2).map((s) => s + s);
    assert.deepEqual(await a.union(b).collect(), [...numbers, "xx"]);
    assert.equal(await a.union(b).getNumPartitions(), n + 2);
  });
  await each("distinct() compares by value", async (n) => {
    const rdd = sc.parallelize<unknown>([[1], [1], "a", "a", null], n);
    assert.deepEqual(
      sorted(await rdd.distinct().collect()),
      sorted<unknown>(["a", [1], null]),
    );
  });
  await each("count(), first(), take(), isEmpty()", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    assert.equal(await rdd.count(), 6);
    assert.equal(await rdd.filter((x) => x > 100).count(), 0);
    assert.equal(await rdd.first(), 3);
    assert.deepEqual(await rdd.take(4), [3, 1, 4, 1]);
    assert.deepEqual(await rdd.take(0), []);
    assert.deepEqual(await rdd.take(99), numbers);
    assert.equal(await rdd.isEmpty(), false);
    assert.equal(await rdd.filter((x) => x > 100).isEmpty(), true);
  });
  await each("reduce(), fold(), aggregate(), sum()", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    assert.equal(await rdd.reduce((a, b) => Math.max(a, b)), 9);
    assert.equal(await rdd.fold(0, (a, b) => a + b), 23);
    assert.deepEqual(
      await rdd.aggregate(
        [0, 0],
        ([sum, count], x) => [sum + x, count + 1],
        (a, b) => [a[0] + b[0], a[1] + b[1]],
      ),
      [23, 6],
    );
    assert.equal(await rdd.sum(), 23);
    assert.equal(await rdd.filter((x) => x > 100).sum(), 0);
  });
  await each(
    "fold() gives each partition a copy of its zero value",
    async (n) => {
      const lists = sc.parallelize(numbers, n).map((x): number[] => [x]);
      const all = await lists.fold([], (a, b) => {
        a.push(...b);
        return a;
      });
      assert.deepEqual(all, numbers);
    },
  );
  await each("repartition() and coalesce() keep every record", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    const wide = rdd.repartition(4);
    assert.equal(await wide.getNumPartitions(), 4);
    assert.deepEqual(sorted(await wide.collect()), sorted([...numbers]));
    const narrow = rdd.coalesce(2);
    assert.equal(await narrow.getNumPartitions(), Math.min(2, n));
    assert.deepEqual(await narrow.collect(), numbers);
    assert.equal(await rdd.coalesce(5, true).getNumPartitions(), 5);
  });
  await each("toLocalIterator() goes through all partitions", async (n) => {
    for (const prefetch of [false, true]) {
      const got: number[] = [];
      for await (
        const x of sc.parallelize(numbers, n).toLocalIterator(prefetch)
      ) {
        got.push(x);
      }
      assert.deepEqual(got, numbers);
    }
  });
  await each("an empty RDD goes through everything", async (n) => {
    const none: RDD<[string, number]> = sc.parallelize<[string, number]>([], n);
    assert.deepEqual(await none.collect(), []);
    assert.deepEqual(await none.reduceByKey((a, b) => a + b).collect(), []);
    assert.deepEqual(await none.groupByKey().collect(), []);
    assert.deepEqual(await none.distinct().take(1), []);
    assert.equal(await none.count(), 0);
  });

  await t.step("repartition() spreads records evenly", async () => {
    const sizes = await sc.range(0, 1000, 1, 1).repartition(4).glom()
      .map((part) => part.length).collect();
    assert.deepEqual(sizes, [250, 250, 250, 250]);
  });
  await t.step("range() counts up and down", async () => {
    assert.deepEqual(await sc.range(4).collect(), [0, 1, 2, 3]);
    assert.deepEqual(await sc.range(2, 9, 3, 2).collect(), [2, 5, 8]);
    assert.deepEqual(await sc.range(5, 0, -2, 3).collect(), [5, 3, 1]);
    assert.deepEqual(await sc.range(3, 3).collect(), []);
    assert.equal(await sc.range(100_000).count(), 100_000);
  });
  await t.step("records come back exactly as they went", async () => {
    const records = [
      null,
      undefined,
      -0,
      NaN,
      Infinity,
      2 ** 53,
      123456789012345678901234567890n,
      -1n,
      "𝄞 ünï",
      "",
      new Date(1e12),
      new Map<unknown, unknown>([[1, "a"], ["b", [2]]]),
      new Set([1, "1"]),
      new Uint8Array([1, 2, 255]),
      new Float64Array([0.5, -0]),
      { a: [{ b: null }], "": 1 },
      [[], [undefined]],
    ];
    const back = await sc.parallelize(records, 3).map((x) => x).collect();
    assert.deepEqual(back, records);
    assert.ok(Object.is(back[2], -0));
  });
  await t.step("a large record and many small ones pass", async () => {
    const large = "x".repeat(5_000_000);
    const back = await sc.parallelize([large, "y"], 1).map((s) => s.length)
      .collect();
    assert.deepEqual(back, [5_000_000, 1]);
    assert.equal(
      await sc.range(0, 300_000, 1, 3).map((x) => [x % 1000, 1])
        .reduceByKey((a, b) => a + b).values().reduce((a, b) => a + b),
      300_000,
    );
  });
  await t.step("reduce() and first() of nothing are errors", async () => {
    const none = sc.parallelize<number>([], 2);
    await assert.rejects(none.reduce((a, b) => a + b), {
      name: "SparkError",
      condition: "RDD_EMPTY",
      message:
        "Cannot reduce() empty RDD: it has no record; check isEmpty() before, or use fold() or take()",
    });
    await assert.rejects(none.first(), SparkError);
  });
  await t.step("wrong arguments are refused where they are written", () => {
    const rdd = sc.parallelize([1]);
    assert.throws(() => rdd.map(null as unknown as () => number), {
      name: "TypeError",
      message: "Cannot run map() with a null for a function: give a function",
    });
    assert.throws(() => rdd.repartition(0), {
      name: "RangeError",
      message:
        "Cannot run repartition() with 0 partitions: give a whole number from 1 on",
    });
    assert.throws(() => sc.range(0, 1, 0), {
      message:
        "Cannot make a range with step 0: give a positive or negative step",
    });
    assert.throws(() => sc.range(0.5), {
      message:
        "Cannot make a range with 0.5: give integers between -2^53 and 2^53",
    });
  });
  await t.step("records that are no pairs are refused by name", async () => {
    const rdd = sc.parallelize<unknown>([1, 2], 1) as RDD<[number, number]>;
    await assert.rejects(
      rdd.reduceByKey((a, b) => a + b).collect(),
      (error: unknown) => {
        assert.ok(error instanceof WorkerError);
        assert.equal(error.condition, "RECORD_NOT_A_PAIR");
        assert.match(
          error.message,
          /Cannot take a key from a record in reduceByKey\(\) at rdd_test\.ts:\d+:\d+: 1 is not a pair; give it records of the form \[key, value\]/,
        );
        return true;
      },
    );
  });
  await t.step(
    "a function's result that is not iterable is refused",
    async () => {
      const wrong = (() => 5) as unknown as () => number[];
      await assert.rejects(
        sc.parallelize([1], 1).flatMap(wrong).collect(),
        /Cannot iterate over the result of the function of flatMap\(\) at rdd_test\.ts:\d+:\d+: it is 5; return an array or another iterable/,
      );
    },
  );
});
