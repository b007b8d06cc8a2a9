import assert from "node:assert/strict";
import fc from "fast-check";
import { StatCounter } from "../../../../src/driver/rdd/stat_counter.ts";

Deno.test({
  name: "StatCounter gives the figures of its numbers",
  permissions: "none",
  fn() {
    const stats = new StatCounter([2, 4, 4, 4, 5, 5, 7, 9]);
    assert.deepEqual(stats.asDict(), {
      count: 8,
      mean: 5,
      sum: 40,
      min: 2,
      max: 9,
      stdev: 2,
      variance: 4,
    });
    assert.equal(stats.asDict(true).variance, 32 / 7);
    assert.equal(stats.sampleStdev(), Math.sqrt(32 / 7));
    assert.equal(
      String(stats),
      "(count: 8, mean: 5, stdev: 2, max: 9, min: 2)",
    );
  },
});

Deno.test({
  name: "StatCounter without numbers has no variance, as PySpark's",
  permissions: "none",
  fn() {
    assert.deepEqual(new StatCounter().asDict(), {
      count: 0,
      mean: 0,
      sum: 0,
      min: Infinity,
      max: -Infinity,
      stdev: NaN,
      variance: NaN,
    });
    assert.equal(new StatCounter([1]).sampleVariance(), NaN);
  },
});

Deno.test({
  name:
    "StatCounter.mergeStats() of any parts equals one pass, to 1e-9 of the spread",
  permissions: "none",
  fn() {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.array(number), { maxLength: 8 }), (parts) => {
        const merged = new StatCounter();
        for (const part of parts) merged.mergeStats(new StatCounter(part));
        const whole = new StatCounter(parts.flat());
        assert.equal(merged.count(), whole.count());
        assert.equal(merged.min(), whole.min());
        assert.equal(merged.max(), whole.max());
        const near = (a: number, b: number, scale: number): void =>
          assert.ok(Object.is(a, b) || Math.abs(a - b) <= 1e-9 * scale);
        near(merged.mean(), whole.mean(), 1e6);
        near(merged.variance(), whole.variance(), 1e12);
      }),
    );
  },
});

Deno.test({
  name: "StatCounter.mergeStats() takes itself up, and copy() is apart",
  permissions: "none",
  fn() {
    const stats = new StatCounter([1, 2, 3]);
    const copy = stats.copy().merge(100);
    assert.equal(stats.count(), 3);
    assert.equal(copy.max(), 100);
    stats.mergeStats(stats);
    assert.equal(stats.count(), 6);
    assert.equal(stats.mean(), 2);
    assert.ok(Math.abs(stats.variance() - 2 / 3) < 1e-12);
  },
});

Deno.test("StatCounter takes NaN for the greatest number, as RDD.max() does, wherever it comes", () => {
  const orders = [[NaN, 1, 3], [1, NaN, 3], [1, 3, NaN]];
  for (const numbers of orders) {
    const whole = new StatCounter(numbers);
    const merged = new StatCounter();
    for (const n of numbers) merged.mergeStats(new StatCounter([n]));
    for (const stats of [whole, merged, whole.copy()]) {
      assert.deepEqual([stats.max(), stats.min()], [NaN, 1]);
    }
  }
  const none = new StatCounter([NaN, NaN]);
  assert.deepEqual([none.max(), none.min()], [NaN, NaN]);
  const all = new StatCounter([NaN]).mergeStats(none);
  assert.deepEqual([all.max(), all.min()], [NaN, NaN]);
});

Deno.test("StatCounter is printed and written with its figures", () => {
  const stats = new StatCounter([1, 2, 3]);
  assert.match(
    Deno.inspect(stats),
    /^StatCounter \{\s+count: 3,\s+mean: 2,\s+sum: 6,/,
  );
  assert.deepEqual(JSON.parse(JSON.stringify(stats)), stats.asDict());
  assert.equal(
    String(new StatCounter([1, 3])),
    "(count: 2, mean: 2, stdev: 1, max: 3, min: 1)",
  );
});
