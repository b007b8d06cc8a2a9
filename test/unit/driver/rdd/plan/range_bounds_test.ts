import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  determineBounds,
  type WeightedKey,
} from "../../../../../src/driver/rdd/plan/range_bounds.ts";
import { compareKeys } from "../../../../../src/serde/keys/compare.ts";
import { anyKey } from "../../../serde/records/arbitraries.ts";

const anySample = fc.array(
  fc.record({
    key: fc.oneof(fc.integer({ min: -20, max: 20 }), anyKey),
    weight: fc.double({ min: 0.5, max: 100, noNaN: true }),
  }),
  { maxLength: 60 },
);

function keysOf(...keys: unknown[]): WeightedKey[] {
  return keys.map((key) => ({ key, weight: 1 }));
}

Deno.test("determineBounds() gives keys of the sample, in order, none twice", () => {
  fc.assert(
    fc.property(anySample, fc.integer({ min: 1, max: 30 }), (sample, n) => {
      const bounds = determineBounds(sample, n);
      assert.ok(bounds.length <= n - 1);
      for (const [i, bound] of bounds.entries()) {
        assert.ok(sample.some(({ key }) => compareKeys(key, bound) === 0));
        if (i > 0) assert.ok(compareKeys(bounds[i - 1], bound) < 0);
      }
    }),
  );
});

Deno.test("determineBounds() gives the same for any order of the sample", () => {
  const shuffled = anySample.chain((sample) =>
    fc.tuple(
      fc.constant(sample),
      fc.shuffledSubarray(sample, {
        minLength: sample.length,
        maxLength: sample.length,
      }),
      fc.integer({ min: 1, max: 8 }),
    )
  );
  fc.assert(fc.property(shuffled, ([sample, other, n]) => {
    // Weights of one alone: sums of others round differently in another order.
    const even = (keys: readonly WeightedKey[]): WeightedKey[] =>
      keys.map(({ key }) => ({ key, weight: 1 }));
    const [a, b] = [
      determineBounds(even(sample), n),
      determineBounds(even(other), n),
    ];
    assert.equal(a.length, b.length);
    assert.ok(a.every((bound, i) => compareKeys(bound, b[i]) === 0));
  }));
});

Deno.test("determineBounds() cuts distinct keys into ranges of about equal weight", () => {
  const many = fc.uniqueArray(fc.integer(), { minLength: 40, maxLength: 200 });
  fc.assert(fc.property(many, fc.integer({ min: 2, max: 10 }), (keys, n) => {
    const bounds = determineBounds(keysOf(...keys), n) as number[];
    assert.equal(bounds.length, n - 1);
    const edges = [-Infinity, ...bounds, Infinity];
    for (let i = 0; i < n; i++) {
      const [low, high] = [edges[i] ?? 0, edges[i + 1] ?? 0];
      const inside = keys.filter((key) => key > low && key <= high).length;
      assert.ok(Math.abs(inside - keys.length / n) <= n + 1, `${inside}`);
    }
  }));
});

Deno.test("determineBounds() weighs keys by the records that they stand for", () => {
  const sample = [
    { key: "a", weight: 97 },
    { key: "b", weight: 1 },
    { key: "c", weight: 1 },
    { key: "d", weight: 1 },
  ];
  assert.deepEqual(determineBounds(sample, 2), ["a"]);
  assert.deepEqual(determineBounds(keysOf("a", "b", "c", "d"), 2), ["b"]);
});

Deno.test("determineBounds() of nothing, of one key and for one range gives few", () => {
  assert.deepEqual(determineBounds([], 5), []);
  assert.deepEqual(determineBounds(keysOf(3, 1, 2), 1), []);
  assert.deepEqual(determineBounds(keysOf(7, 7, 7, 7), 3), [7]);
  assert.deepEqual(determineBounds(keysOf(undefined, undefined, 1), 3), [
    undefined,
    1,
  ]);
});
