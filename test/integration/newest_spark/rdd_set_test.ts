import assert from "node:assert/strict";
import { JavaError, SparkError } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { onPartitions, sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("RDDs as sets, in pairs, and numbered", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const each = onPartitions(t);
  const words = ["b", "a", "b", "c", "a", "b"];

  await each("intersection() gives common records once", async (n) => {
    const a = sc.parallelize<unknown>([1, 1, [2], "x", null], n);
    const b = sc.parallelize<unknown>([[2], null, 1, 1, "1"], 2);
    assert.deepEqual(
      sorted(await a.intersection(b).collect()),
      sorted<unknown>([1, [2], null]),
    );
  });
  await each("subtract() keeps duplicates of what remains", async (n) => {
    const a = sc.parallelize<unknown>([1, 1, [2], "x", "x", undefined], n);
    const b = sc.parallelize<unknown>([[2], null, 1], 2);
    assert.deepEqual(
      sorted(await a.subtract(b, 3).collect()),
      sorted<unknown>(["x", "x", undefined]),
    );
  });
  await each("distinct() gives one of each", async (n) => {
    const rdd = sc.parallelize(words, n);
    assert.deepEqual(sorted(await rdd.distinct(2).collect()), ["a", "b", "c"]);
    assert.deepEqual(sorted(await rdd.distinct().collect()), ["a", "b", "c"]);
  });
  await each("cartesian() pairs each with each", async (n) => {
    const pairs = await sc.parallelize(words.slice(0, 3), n)
      .cartesian(sc.parallelize([1, 2], 2)).collect();
    assert.deepEqual(
      sorted(pairs),
      sorted(words.slice(0, 3).flatMap((w) => [[w, 1], [w, 2]])),
    );
  });
  await each("zip() pairs the records at the same places", async (n) => {
    const rdd = sc.parallelize(words, n);
    assert.deepEqual(
      await rdd.zip(rdd.map((w) => w.toUpperCase())).collect(),
      words.map((w) => [w, w.toUpperCase()]),
    );
  });
  await each("zipWithIndex() counts over all partitions", async (n) => {
    assert.deepEqual(
      await sc.parallelize(words, n).zipWithIndex().collect(),
      words.map((w, i) => [w, i]),
    );
  });
  await each("zipWithUniqueId() gives k times n plus p", async (n) => {
    const rdd = sc.parallelize(words, n);
    const parts = await rdd.glom().collect();
    assert.deepEqual(
      await rdd.zipWithUniqueId().collect(),
      parts.flatMap((part, p) => part.map((w, k) => [w, k * n + p])),
    );
  });
  await each("union() of three keeps order and duplicates", async (n) => {
    const rdd = sc.parallelize(words, n);
    const all = rdd.union(rdd).union(sc.parallelize([1], 1));
    assert.deepEqual(await all.collect(), [...words, ...words, 1]);
    assert.equal(await all.getNumPartitions(), 2 * n + 1);
  });
  await each("nothing goes through all of them", async (n) => {
    const none = sc.parallelize<string>([], n);
    const rdd = sc.parallelize(words, n);
    assert.deepEqual(await none.intersection(rdd).collect(), []);
    assert.deepEqual(await none.subtract(rdd, 2).collect(), []);
    assert.deepEqual(
      sorted(await rdd.subtract(none, 2).collect()),
      sorted(words),
    );
    assert.deepEqual(await none.distinct().collect(), []);
    assert.deepEqual(await none.cartesian(sc.range(2)).collect(), []);
    assert.deepEqual(await none.zip(none).collect(), []);
    assert.deepEqual(await none.zipWithIndex().collect(), []);
    assert.deepEqual(await none.zipWithUniqueId().collect(), []);
    assert.deepEqual(await none.union(rdd).collect(), words);
  });

  await t.step("zip() and cartesian() pass batch after batch", async () => {
    const rdd = sc.range(0, 5000, 1, 3);
    const zipped = rdd.zip(rdd.map((n) => `${n}`.padStart(400, "0")));
    assert.equal(
      await zipped.filter(([n, s]) => n === Number(s)).count(),
      5000,
    );
    const sum = await sc.range(0, 300, 1, 2).cartesian(sc.range(0, 200, 1, 2))
      .map(([a, b]) => a * b).sum();
    assert.equal(sum, 299 * 150 * 199 * 100);
  });
  await t.step("pairs of cartesian() and zip() go on as others", async () => {
    const [a, b] = [sc.range(0, 3, 1, 2), sc.range(5, 8, 1, 2)];
    assert.equal(await a.cartesian(b).cartesian(a).count(), 27);
    assert.deepEqual(await a.zip(b).zip(a).collect(), [
      [[0, 5], 0],
      [[1, 6], 1],
      [[2, 7], 2],
    ]);
    assert.deepEqual(await a.zip(b).coalesce(1).values().collect(), [5, 6, 7]);
    assert.deepEqual(
      sorted(
        await a.cartesian(b).groupByKey().mapValues((g) => g.length)
          .collect(),
      ),
      [[0, 3], [1, 3], [2, 3]],
    );
  });
  await t.step("zip() of other numbers of partitions is refused", async () => {
    const zipped = sc.range(0, 6, 1, 2).zip(sc.range(0, 6, 1, 3));
    await assert.rejects(zipped.collect(), (error: unknown) => {
      assert.ok(error instanceof SparkError);
      assert.equal(error.condition, "ZIP_PARTITIONS_DIFFER");
      assert.equal(
        error.message,
        "Can only zip with RDD which has the same number of partitions: this one has 2, the other 3; repartition() one of them",
      );
      return true;
    });
  });
  await t.step("zip() of other numbers of records is refused", async () => {
    await failsInWorker(
      sc.range(0, 6, 1, 2).zip(sc.range(0, 8, 1, 2)).collect(),
      "ZIP_LENGTHS_DIFFER",
      /Can only zip RDDs with same number of elements in each partition: one batch has 3 records, the other 4/,
    );
    // Whole batches are missing on one side: Spark itself notices.
    await assert.rejects(
      sc.range(0, 5000, 1, 1).zip(sc.range(0, 10, 1, 1)).collect(),
      /Can only zip RDDs with same number of elements in each partition/,
    );
    await assert.rejects(
      sc.range(0, 2048, 1, 1).zip(sc.range(0, 1024, 1, 1)).collect(),
      (error: unknown) => {
        assert.ok(error instanceof JavaError);
        assert.match(
          error.message,
          /Can only zip RDDs with same number of elements in each partition/,
        );
        return true;
      },
    );
  });
  await t.step(
    "zip() with an empty partition on one side is refused",
    async () => {
      await assert.rejects(
        sc.range(0, 2, 1, 2).zip(sc.range(0, 1, 1, 2)).collect(),
        /Can only zip RDDs with same number of elements in each partition/,
      );
    },
  );
  await t.step("numPartitions is checked where it is written", () => {
    const rdd = sc.range(3);
    const wrong: readonly [string, () => unknown][] = [
      ["subtract()", () => rdd.subtract(rdd, 0)],
      ["distinct()", () => rdd.distinct(0)],
      ["coalesce()", () => rdd.coalesce(0)],
      ["repartition()", () => rdd.coalesce(0, true)],
    ];
    for (const [operation, call] of wrong) {
      assert.throws(call, {
        name: "RangeError",
        message:
          `Cannot run ${operation} with 0 partitions: give a whole number from 1 on`,
      });
    }
  });
  await t.step("records without a value are no members of a set", async () => {
    const functions = sc.range(0, 2, 1, 1).map((n) => () => n);
    await failsInWorker(
      functions.distinct().collect(),
      "KEY_NOT_COMPARABLE",
      /Cannot use function without a name as a key: keys are compared by value, and it has none; use the data that tells it from others/,
    );
    for (const name of ["intersection", "subtract", "zip", "union"] as const) {
      await failsInWorker(
        functions[name](functions as never).collect(),
        "RECORD_NOT_SERIALIZABLE",
        /it is a function without a name; keep data in records and call functions on them/,
      );
    }
  });
  await t.step("distinct() after mapValues() after distinct()", async () => {
    const pairs = Array.from({ length: 20 }, (_, i): [string, number] => [
      "a",
      i,
    ]);
    const twice = sc.parallelize(pairs, 3).distinct(4).mapValues(() => 0)
      .distinct(4);
    assert.deepEqual(await twice.collect(), [["a", 0]]);
    const kept = sc.parallelize(pairs, 3).distinct(4)
      .mapPartitions((it) => it.map(() => 0), { preservesPartitioning: true })
      .distinct(4);
    assert.deepEqual(await kept.collect(), [0]);
  });
});
