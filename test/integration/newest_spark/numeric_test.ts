import assert from "node:assert/strict";
import type { RDD } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { onPartitions } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("actions over numbers", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const numbers = [2, 4, 4, 4, 5, 5, 7, 9];
  const near = (a: number, b: number): void =>
    assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);
  const each = onPartitions(t);

  await each("stats() and its parts", async (n) => {
    const rdd = sc.parallelize(numbers, n);
    const stats = await rdd.stats();
    assert.deepEqual(
      [stats.count(), stats.min(), stats.max()],
      [8, 2, 9],
    );
    near(stats.mean(), 5);
    near(await rdd.mean(), 5);
    near(await rdd.sum(), 40);
    near(await rdd.variance(), 4);
    near(await rdd.stdev(), 2);
    near(await rdd.sampleVariance(), 32 / 7);
    near(await rdd.sampleStdev(), Math.sqrt(32 / 7));
  });
  await each("stats() of no numbers", async (n) => {
    const stats = await sc.parallelize<number>([], n).stats();
    assert.deepEqual([stats.count(), stats.mean()], [0, 0]);
    assert.equal(stats.variance(), NaN);
  });
  await each("histogram() with a number of buckets", async (n) => {
    const rdd = sc.range(0, 51, 1, n);
    assert.deepEqual(await rdd.histogram(2), [[0, 25, 50], [25, 26]]);
    assert.deepEqual(await rdd.histogram(1), [[0, 50], [51]]);
    assert.deepEqual(await sc.parallelize([7, 7], n).histogram(4), [
      [7, 7],
      [2],
    ]);
  });
  await each("histogram() with bounds", async (n) => {
    const rdd = sc.range(0, 51, 1, n);
    assert.deepEqual(await rdd.histogram([0, 5, 25, 50]), [
      [0, 5, 25, 50],
      [5, 20, 26],
    ]);
    assert.deepEqual(await rdd.histogram([0, 15, 30, 45, 60]), [
      [0, 15, 30, 45, 60],
      [15, 15, 15, 6],
    ]);
    const words = sc.parallelize(["ab", "ac", "b", "bd", "ef"], n);
    assert.deepEqual(await words.histogram(["a", "b", "c"]), [
      ["a", "b", "c"],
      [2, 2],
    ]);
    const odd = sc.parallelize([NaN, 1, -1, 2, 99], n);
    assert.deepEqual(await odd.histogram([0, 2]), [[0, 2], [2]]);
  });
  await t.step("stats() refuses what is no number", async () => {
    const mixed = sc.parallelize<unknown>([1, "a"], 1) as RDD<number>;
    await failsInWorker(
      mixed.mean(),
      "FUNCTION_FAILED",
      /^TypeError: Cannot take "a" for a number: give an RDD of numbers/,
    );
    const big = sc.parallelize<unknown>([1n], 1) as RDD<number>;
    await failsInWorker(
      big.mean(),
      "FUNCTION_FAILED",
      /^TypeError: Cannot take bigint for a number: give an RDD of numbers/,
    );
  });
  await t.step("histogram() refuses records of another kind", async () => {
    const mixed = sc.parallelize<unknown>([1, "1"], 1) as RDD<number>;
    await failsInWorker(
      mixed.histogram([0, 2]),
      "FUNCTION_FAILED",
      /^TypeError: Cannot count a string in a histogram: its bounds are each a number; map the records to that first/,
    );
  });
  await each("histogram() rounds a number on a bound as PySpark", async (n) => {
    // What PySpark 4.3 counts: 0.3 divided by the width is just below 3.
    const tenths = [0, 0.1, 0.2, 0.3, 0.4];
    assert.deepEqual(
      await sc.parallelize([0.3], n).histogram(tenths),
      [tenths, [0, 0, 1, 0]],
    );
  });
  await each("histogram() skips what is not there", async (n) => {
    const gaps = sc.parallelize([null, 1, undefined, NaN, 3] as number[], n);
    assert.deepEqual(await gaps.histogram(2), [[1, 2, 3], [1, 1]]);
    assert.deepEqual(await gaps.histogram([0, 5]), [[0, 5], [2]]);
  });
  await each("actions over numbers pass over empty partitions", async (n) => {
    const rdd = sc.parallelize(numbers, n).filter((x) => x > 5);
    assert.deepEqual([await rdd.min(), await rdd.max()], [7, 9]);
    assert.equal((await rdd.stats()).count(), 2);
    assert.deepEqual(await rdd.histogram([0, 8, 9]), [[0, 8, 9], [1, 1]]);
  });
  await t.step("histogram() refuses what makes no buckets", async () => {
    const rdd = sc.parallelize(numbers, 2);
    const cases: [number | number[], string][] = [
      [0, "Cannot make 0 buckets: give a whole number from 1 on"],
      [
        [1],
        "Cannot make buckets of the bounds [ 1 ]: a bucket has two bounds; give at least two",
      ],
      [
        [1, NaN],
        "Cannot make buckets of the bounds [ 1, NaN ]: NaN is no bound; leave it out",
      ],
      [
        [2, 1],
        "Cannot make buckets of the bounds [ 2, 1 ]: they are not in ascending order; sort them",
      ],
      [
        [1, 1, 0],
        "Cannot make buckets of the bounds [ 1, 1, 0 ]: they are not in ascending order; sort them",
      ],
      [
        [1, 1],
        "Cannot make buckets of the bounds [ 1, 1 ]: one is there twice; leave one of them out",
      ],
    ];
    for (const [buckets, text] of cases) {
      await assert.rejects(rdd.histogram(buckets), new RangeError(text));
    }
    await assert.rejects(
      sc.parallelize<number>([], 3).histogram(2),
      new RangeError(
        "Cannot make buckets of an empty RDD: it has no least and greatest number; give bounds such as [0, 18, 65]",
      ),
    );
    await assert.rejects(
      sc.parallelize([1, Infinity]).histogram(2),
      new RangeError(
        "Cannot make 2 buckets from 1 to Infinity: their width is not finite; give bounds such as [0, 18, 65]",
      ),
    );
    await assert.rejects(
      sc.parallelize(["a", "b"]).histogram(2),
      new TypeError(
        'Cannot make 2 buckets from "a" to "b": only numbers are divided evenly; give bounds such as ["a", "n", "z"]',
      ),
    );
    await assert.rejects(
      rdd.histogram(2.5),
      new TypeError(
        "Cannot make buckets of 2.5: it is neither a whole number nor a list of bounds; give one of them, such as 10 or [0, 18, 65]",
      ),
    );
    await assert.rejects(
      rdd.histogram("x" as unknown as number),
      new TypeError(
        'Cannot make buckets of "x": it is neither a whole number nor a list of bounds; give one of them, such as 10 or [0, 18, 65]',
      ),
    );
  });
});
