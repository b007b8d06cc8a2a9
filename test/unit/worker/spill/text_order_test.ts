import assert from "node:assert/strict";
import fc from "fast-check";
import { compareKeys } from "../../../../src/serde/keys/compare.ts";
import { textOrder } from "../../../../worker/spill/text_order.ts";

const signs = [1, -1] as const;

function oracle(keys: readonly string[], sign: 1 | -1): number[] {
  return keys.map((_, i) => i).sort((i, j) =>
    sign * compareKeys(keys[i], keys[j]) || i - j
  );
}

function check(keys: readonly string[]): void {
  for (const sign of signs) {
    assert.deepEqual(
      Array.from(textOrder(keys, sign) ?? []),
      oracle(keys, sign),
    );
  }
}

Deno.test({
  name: "textOrder agrees with compareKeys on strings of Latin-1",
  permissions: "none",
  fn() {
    const unit = (most: number) =>
      fc.integer({ min: 0, max: most }).map((c) => String.fromCharCode(c));
    const text = fc.oneof(
      fc.string({ unit: unit(255), maxLength: 20 }),
      fc.string({ unit: unit(2), maxLength: 60 }),
      fc.string({ unit: unit(2), maxLength: 4 }).map((s) => "key" + s),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 200 }), check),
      { numRuns: 300 },
    );
  },
});

Deno.test({
  name: "textOrder agrees with compareKeys when all characters occur",
  permissions: "none",
  fn() {
    const all = Array.from({ length: 256 }, (_, c) => String.fromCharCode(c));
    check([...all, "", ...all.toReversed(), ...all.map((c) => c + "\0")]);
  },
});

Deno.test({
  name: "textOrder agrees with compareKeys on many strings with few values",
  permissions: "none",
  fn() {
    check(Array.from({ length: 5000 }, (_, i) => `k${i * 7919 % 613}`));
    check(Array.from({ length: 100 }, () => "same"));
  },
});

Deno.test({
  name: "textOrder declines keys that are no strings or not Latin-1",
  permissions: "none",
  fn() {
    assert.equal(textOrder(["a", 1], 1), null);
    assert.equal(textOrder([1, "a"], 1), null);
    assert.equal(textOrder(["a", "\u0100"], 1), null);
  },
});
