import assert from "node:assert/strict";
import { KeyHasher } from "../../../../src/serde/keys/key_hasher.ts";

const pure = { permissions: "none" } as const;

/** Hashes by the xxHash library for Python, of bytes that were put together by hand. */
const known: [unknown, number][] = [
  [undefined, 723693013],
  [null, 451316389],
  [true, 351762824],
  [1, 2607386462],
  [-2.5, 333253431],
  ["", 1675168690],
  ["word", 4162887228],
  ["a\0é", 1792302235],
  [1n, 2245108104],
  [["a", 1], 1352455797],
  ["x".repeat(100), 2993505713],
  [{ b: 1, a: "x" }, 3074757635],
];

Deno.test("KeyHasher.hash is the xxHash32 of the encoded key", pure, () => {
  const hasher = new KeyHasher();
  for (const [key, hash] of known) {
    assert.equal(hasher.hash(key), hash, Deno.inspect(key));
  }
});

Deno.test("KeyHasher.hash is equal for keys of equal value", pure, () => {
  const hasher = new KeyHasher();
  assert.equal(hasher.hash(-0), hasher.hash(0));
  assert.equal(hasher.hash({ a: 1, b: 2 }), hasher.hash({ b: 2, a: 1 }));
  assert.equal(hasher.hash(new Date(7)), hasher.hash(new Date(7)));
  const four = new Set([1, 1n, "1", true].map((key) => hasher.hash(key)));
  assert.equal(four.size, 4);
});

Deno.test(
  "KeyHasher.hash refuses keys without a value to compare",
  pure,
  () => {
    assert.throws(() => new KeyHasher().hash([Symbol("s")]), {
      condition: "KEY_NOT_COMPARABLE",
      message:
        'Cannot use symbol "s" as a key: keys are compared by value, and it has none; use the data that tells it from others',
    });
  },
);
