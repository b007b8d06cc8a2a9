import assert from "node:assert/strict";
import { BoundedFloat } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { onPartitions } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

const AMPLE_MS = 60_000; // more than any job here takes

Deno.test("answers within a time or a size", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const each = onPartitions(t);
  const numbers = Array.from({ length: 20 }, (_, i) => i + 0.5);

  await each("sumApprox() is exact when it has time", async (partitions) => {
    const sum = await sc.parallelize(numbers, partitions).sumApprox(AMPLE_MS);
    assert.ok(sum instanceof BoundedFloat);
    // The parts come in any order, so the last digit may differ.
    assert.ok(Math.abs(sum.mean - 200) < 1e-9);
    assert.equal(sum.confidence, 1);
    assert.equal(sum.low, sum.mean);
    assert.equal(sum.high, sum.mean);
    assert.equal(+sum, sum.mean);
    assert.equal(`${sum}`, `${sum.mean} [${sum.low}, ${sum.high}]`);
  });

  await each("meanApprox() is exact when it has time", async (partitions) => {
    const rdd = sc.parallelize(numbers, partitions);
    const mean = await rdd.meanApprox(AMPLE_MS, 0.9);
    assert.ok(Math.abs(mean.mean - 10) < 1e-9);
    assert.equal(mean.confidence, 1);
    assert.equal(mean.low, mean.high);
  });

  await each("countApprox() is exact when it has time", async (partitions) => {
    const rdd = sc.parallelize(numbers.map(String), partitions);
    assert.equal(await rdd.countApprox(AMPLE_MS), 20);
  });

  await each("countApproxDistinct() is near", async (partitions) => {
    const few = sc.parallelize([..."abcabc", ..."cab"], partitions);
    assert.equal(await few.countApproxDistinct(), 3);
    const many = sc.range(0, 3000, 1, partitions)
      .map((n) => [n % 1000, { half: n % 2 === 0 }]);
    const guess = await many.countApproxDistinct(0.01);
    assert.ok(Math.abs(guess - 1000) < 60, String(guess));
    const equal = sc.parallelize<unknown>(
      [1, [1], [1], NaN, NaN, "1", { a: 1n }, { a: 1n }],
      partitions,
    );
    assert.equal(await equal.countApproxDistinct(), 5);
  });

  await t.step("nothing is 0", async () => {
    for (
      const empty of [sc.emptyRDD<number>(), sc.parallelize<number>([], 3)]
    ) {
      assert.equal(await empty.countApprox(AMPLE_MS), 0);
      assert.equal((await empty.sumApprox(AMPLE_MS)).mean, 0);
      assert.equal((await empty.meanApprox(AMPLE_MS)).mean, 0);
      assert.equal(await empty.countApproxDistinct(), 0);
    }
  });

  await t.step("an estimate comes when time is up", async () => {
    const gate = await Deno.makeTempFile();
    const slow = sc.range(0, 40, 1, 4).mapPartitionsWithIndex((index, it) => {
      // The last partition waits for the test to take the file away.
      while (index === 3 && isThere(gate)) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      }
      return it;
    });
    try {
      const count = await slow.map((n) => n * 2).sumApprox(5000, 0.95);
      assert.ok(count.low <= count.mean && count.mean <= count.high);
      assert.notEqual(count.low, count.high);
      assert.equal(count.confidence, 0.95);
    } finally {
      await Deno.remove(gate);
    }
    assert.equal(await slow.count(), 40);
  });

  await t.step("bad input is refused", async () => {
    const rdd = sc.parallelize([1, 2, 3], 2);
    for (const relativeSD of [0, 0.000016, -1, NaN]) {
      await assert.rejects(rdd.countApproxDistinct(relativeSD), {
        name: "RangeError",
        message:
          `Cannot run countApproxDistinct() with relativeSD ${relativeSD}: give a number from 0.000017 on, such as 0.05`,
      });
    }
    assert.equal(await rdd.countApproxDistinct(0.001), 3);
    for (const timeoutMs of [-1, 0.5, NaN, Infinity]) {
      await assert.rejects(rdd.countApprox(timeoutMs), {
        name: "RangeError",
        message:
          `Cannot run countApprox() for ${timeoutMs} ms: give a whole number from 0 on`,
      });
    }
    for (const confidence of [-0.1, 1.1, NaN]) {
      await assert.rejects(rdd.sumApprox(10, confidence), {
        name: "RangeError",
        message:
          `Cannot run sumApprox() with confidence ${confidence}: give a number from 0 to 1`,
      });
    }
    const words = sc.parallelize(["a", "b"], 1) as never as typeof rdd;
    await failsInWorker(
      words.meanApprox(AMPLE_MS),
      "FUNCTION_FAILED",
      /Cannot take "a" for a number: give an RDD of numbers/,
    );
    await failsInWorker(
      words.sumApprox(AMPLE_MS),
      "FUNCTION_FAILED",
      /Cannot take "a" for a number: give an RDD of numbers/,
    );
  });
});

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
