import assert from "node:assert/strict";
import type { RDD } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { onPartitions, sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("RDDs of pairs", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const each = onPartitions(t);
  const pairs: [string, number][] = [
    ["a", 1],
    ["b", 2],
    ["a", 3],
    ["c", 4],
    ["b", 5],
    ["a", 6],
  ];
  const sums = [["a", 10], ["b", 7], ["c", 4]];
  const one = sc.parallelize(pairs, 1);

  await each(
    "keyBy() pairs what the function gives and the record",
    async (n) => {
      assert.deepEqual(
        await sc.parallelize(["x", "yy"], n).keyBy((s) => s.length).collect(),
        [[1, "x"], [2, "yy"]],
      );
    },
  );
  await each(
    "groupBy() groups records by what the function gives",
    async (n) => {
      const groups = await sc.parallelize([1, 2, 3, 4, 5], n)
        .groupBy((x) => x % 2, 2).mapValues((g) => [...g].sort()).collect();
      assert.deepEqual(sorted(groups), [[0, [2, 4]], [1, [1, 3, 5]]]);
    },
  );
  await each("groupByKey() gives groups that iterate twice", async (n) => {
    const twice = await sc.parallelize(pairs, n).groupByKey(2)
      .mapValues((g) => [g.length, [...g].length, [...g].length]).collect();
    assert.deepEqual(sorted(twice), [
      ["a", [3, 3, 3]],
      ["b", [2, 2, 2]],
      ["c", [1, 1, 1]],
    ]);
  });
  await each(
    "aggregateByKey() begins each key with its own zero",
    async (n) => {
      const lists = await sc.parallelize(pairs, n).aggregateByKey(
        [] as number[],
        (list, x) => {
          list.push(x);
          return list;
        },
        (a, b) => {
          a.push(...b);
          return a;
        },
        2,
      ).mapValues((list) => list.sort()).collect();
      assert.deepEqual(sorted(lists), [
        ["a", [1, 3, 6]],
        ["b", [2, 5]],
        ["c", [4]],
      ]);
    },
  );
  await each("aggregateByKey() combines what partitions gave", async (n) => {
    const counted = await sc.parallelize(pairs, n).aggregateByKey(
      { sum: 0, count: 0 },
      (value, x) => ({ sum: value.sum + x, count: value.count + 1 }),
      (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
    ).mapValues(({ sum, count }) => sum / count).collect();
    assert.deepEqual(sorted(counted), [["a", 10 / 3], ["b", 3.5], ["c", 4]]);
  });
  await each("foldByKey() merges values from a zero on", async (n) => {
    const rdd = sc.parallelize(pairs, n);
    assert.deepEqual(
      sorted(await rdd.foldByKey(0, (a, b) => a + b).collect()),
      sums,
    );
    assert.deepEqual(
      sorted(await rdd.foldByKey(1, (a, b) => a * b, 2).collect()),
      [["a", 18], ["b", 10], ["c", 4]],
    );
  });
  await each("partition functions place the keys of all of them", async (n) => {
    const rdd = sc.parallelize(pairs, n);
    const place = (key: string) => key.charCodeAt(0) - 97;
    const add = (a: number, b: number) => a + b;
    const placed: readonly [string, RDD<[string, unknown]>][] = [
      ["reduceByKey", rdd.reduceByKey(add, 3, place)],
      ["groupByKey", rdd.groupByKey(3, place)],
      ["foldByKey", rdd.foldByKey(0, add, 3, place)],
      ["aggregateByKey", rdd.aggregateByKey(0, add, add, 3, place)],
      ["combineByKey", rdd.combineByKey((v) => v, add, add, 3, place)],
      ["groupBy", rdd.keys().groupBy((k) => k, 3, place)],
    ];
    for (const [name, one] of placed) {
      assert.deepEqual(
        await one.keys().glom().collect(),
        [["a"], ["b"], ["c"]],
        name,
      );
    }
  });
  await each("reduceByKeyLocally() gives a map", async (n) => {
    const map = await sc.parallelize(pairs, n)
      .reduceByKeyLocally((a, b) => a + b);
    assert.deepEqual(sorted(map), sums);
    assert.equal(map.get("a"), 10);
  });
  await each("countByKey() and countByValue() count", async (n) => {
    const rdd = sc.parallelize(pairs, n);
    assert.deepEqual(sorted(await rdd.countByKey()), [
      ["a", 3],
      ["b", 2],
      ["c", 1],
    ]);
    const values = await rdd.map(([, v]) => [v % 2]).countByValue();
    assert.equal(values.get([0]), 3);
    assert.equal(values.get([1]), 3);
    assert.equal(values.size, 2);
  });
  await each("collectAsMap() keeps the last of a key", async (n) => {
    const map = await sc.parallelize(pairs, n).collectAsMap();
    assert.deepEqual(sorted(map), [["a", 6], ["b", 5], ["c", 4]]);
  });
  await each("lookup() finds all values of a key", async (n) => {
    const rdd = sc.parallelize(pairs, n);
    assert.deepEqual(await rdd.lookup("a"), [1, 3, 6]);
    assert.deepEqual(await rdd.lookup("z"), []);
    for (
      const there of [
        rdd.partitionBy(3),
        rdd.partitionBy(3, (key) => -key.charCodeAt(0)),
        rdd.partitionBy(3, (key) => BigInt(key.charCodeAt(0)) ** 20n),
        rdd.sortByKey(true, 3),
        rdd.repartition(3),
        rdd.distinct(3),
      ]
    ) {
      assert.deepEqual((await there.lookup("a")).sort(), [1, 3, 6]);
      assert.deepEqual(await there.lookup("z"), []);
    }
    const composite = rdd.map(([k, v]): [unknown, number] => [[k, { v }], v]);
    assert.deepEqual(
      await composite.partitionBy(3).lookup(["b", { v: 5 }]),
      [5],
    );
  });
  await each("nothing goes through all of them", async (n) => {
    const none = sc.parallelize<[string, number]>([], n);
    const add = (a: number, b: number) => a + b;
    for (
      const rdd of [
        none.keyBy((pair) => pair),
        none.groupBy((pair) => pair, 2),
        none.aggregateByKey(0, add, add, 2),
        none.foldByKey(0, add, 2),
        none.partitionBy(2),
      ]
    ) {
      assert.deepEqual(await (rdd as RDD<unknown>).collect(), []);
    }
    assert.equal((await none.reduceByKeyLocally(add)).size, 0);
    assert.equal((await none.countByKey()).size, 0);
    assert.equal((await none.countByValue()).size, 0);
    assert.equal((await none.collectAsMap()).size, 0);
    assert.deepEqual(await none.lookup("a"), []);
  });

  await t.step("a zero of any kind is serialized", async () => {
    const zeros = [null, undefined, 0n, "", new Set([1]), { a: [] }];
    for (const zero of zeros) {
      const back = await one.aggregateByKey<unknown>(
        zero,
        (value) => value,
        (a) => a,
      ).values().first();
      assert.deepEqual(back, zero);
    }
  });
  await t.step("functions and numbers are checked where written", async () => {
    const not = null as unknown as () => never;
    const calls: readonly [string, () => unknown][] = [
      ["keyBy()", () => one.keyBy(not)],
      ["groupBy()", () => one.groupBy(not)],
      ["mapValues()", () => one.mapValues(not)],
      ["flatMapValues()", () => one.flatMapValues(not)],
      ["reduceByKey()", () => one.reduceByKey(not)],
      ["foldByKey()", () => one.foldByKey(0, not)],
      ["aggregateByKey()", () => one.aggregateByKey(0, () => 0, not)],
      ["combineByKey()", () => one.combineByKey(not, not, not)],
      ["partitionFunc", () => one.partitionBy(2, not)],
    ];
    for (const [operation, call] of calls) {
      assert.throws(call, {
        name: "TypeError",
        message:
          `Cannot run ${operation} with a null for a function: give a function`,
      });
    }
    await assert.rejects(() => one.reduceByKeyLocally(not), {
      name: "TypeError",
      message:
        "Cannot run reduceByKeyLocally() with a null for a function: give a function",
    });
    assert.throws(() => one.partitionBy(0), {
      name: "RangeError",
      message:
        "Cannot run partitionBy() with 0 partitions: give a whole number from 1 on",
    });
  });
  await t.step("a partition function must give integers", async () => {
    const wrong: readonly [unknown, string][] = [
      [0.5, "0.5"],
      [NaN, "NaN"],
      ["1", "a string"],
      [undefined, "a undefined"],
    ];
    for (const [value, text] of wrong) {
      await failsInWorker(
        one.partitionBy(2, () => value as number).collect(),
        "FUNCTION_FAILED",
        new RegExp(
          `Cannot choose a partition: the partition function returned ${text}; return an integer`,
        ),
      );
    }
  });
  await t.step("records that are no pairs are refused by name", async () => {
    const rdd = sc.parallelize<unknown>([{ 0: 1, 1: 2, length: 2 }], 1) as RDD<
      [number, number]
    >;
    const add = (a: number, b: number) => a + b;
    const calls: readonly [string, () => Promise<unknown>][] = [
      ["keys", () => rdd.keys().collect()],
      ["values", () => rdd.values().collect()],
      ["mapValues", () => rdd.mapValues((v) => v).collect()],
      ["flatMapValues", () => rdd.flatMapValues((v) => [v]).collect()],
      ["groupByKey", () => rdd.groupByKey().collect()],
      ["combineByKey", () => rdd.combineByKey((v) => v, add, add).collect()],
      ["aggregateByKey", () => rdd.aggregateByKey(0, add, add).collect()],
      ["foldByKey", () => rdd.foldByKey(0, add).collect()],
      ["partitionBy", () => rdd.partitionBy(2).collect()],
      ["reduceByKeyLocally", () => rdd.reduceByKeyLocally(add)],
      ["lookup", () => rdd.lookup(1)],
      ["keys", () => rdd.countByKey()],
    ];
    for (const [name, call] of calls) {
      await failsInWorker(
        call(),
        "RECORD_NOT_A_PAIR",
        new RegExp(
          `Cannot take a key from a record in ${name}\\(\\) at rdd_keyed_test\\.ts:\\d+:\\d+: an object of class Object is not a pair; give it records of the form \\[key, value\\]`,
        ),
      );
    }
    await assert.rejects(rdd.collectAsMap(), {
      name: "SparkError",
      condition: "RECORD_NOT_A_PAIR",
      message:
        /^Cannot take a key from a record in collectAsMap\(\) at rdd_keyed_test\.ts:\d+:\d+: an object of class Object is not a pair; give it records of the form \[key, value\]$/,
    });
  });
  await t.step("what has no value is no key to count or find", async () => {
    const symbols = sc.range(0, 1, 1, 1).map(() => Symbol("s"));
    await failsInWorker(
      symbols.countByValue(),
      "KEY_NOT_COMPARABLE",
      /as a key: keys are compared by value, and it has none/,
    );
    await assert.rejects(
      (one as unknown as RDD<[unknown, number]>).lookup(() => 1),
      /as a key: keys are compared by value, and it has none/,
    );
  });
});
