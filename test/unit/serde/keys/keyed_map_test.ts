import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as fc from "fast-check";
import { compareKeys } from "../../../../src/serde/keys/compare.ts";
import { KeyedMap } from "../../../../src/serde/keys/keyed_map.ts";
import { anyKey, anyText } from "../records/arbitraries.ts";

const pure = { permissions: "none" } as const;

Deno.test("KeyedMap finds keys of equal value", pure, () => {
  const map = new KeyedMap<unknown, number>();
  map.set(["a", 1], 1).set({ x: [2] }, 2).set(NaN, 3).set(0, 4).set("1", 5);
  map.set(1, 6).set(1n, 7).set(true, 8).set(null, 9).set(undefined, 10);
  assert.equal(map.get(["a", 1]), 1);
  assert.equal(map.get({ x: [2] }), 2);
  assert.equal(map.get(NaN), 3);
  assert.equal(map.get(-0), 4);
  assert.deepEqual(
    ["1", 1, 1n, true, null, undefined].map((key) => map.get(key)),
    [5, 6, 7, 8, 9, 10],
  );
  assert.equal(map.size, 10);
  assert.ok(map.has(["a", 1]));
  assert.ok(!map.has(["a", "1"]));
  assert.equal(map.get(["a", 1, 1]), undefined);
  map.set(["a", 1], 11).set("1", 12);
  assert.equal(map.get(["a", 1]), 11);
  assert.equal(map.size, 10);
  map.clear();
  assert.deepEqual([...map], []);
  assert.ok(!map.has(["a", 1]) && !map.has("1") && !map.has(1));
});

Deno.test(
  "KeyedMap keeps a string apart from a composite key's encoding",
  pure,
  () => {
    const map = new KeyedMap<unknown, string>();
    map.set(["a"], "array").set("P0a\0\0", "string");
    assert.equal(map.size, 2);
  },
);

Deno.test(
  "KeyedMap lists keys as inserted",
  pure,
  () => {
    const map = new KeyedMap<unknown, number>();
    map.set([1], 1).set("b", 2).set("a", 3).set([0], 4);
    assert.deepEqual([...map.entries()], [
      [[1], 1],
      ["b", 2],
      ["a", 3],
      [[0], 4],
    ]);
    assert.deepEqual([...map.keys()], [[1], "b", "a", [0]]);
    assert.deepEqual([...map.values()], [1, 2, 3, 4]);
  },
);

Deno.test("KeyedMap.combine creates once and merges after that", pure, () => {
  const words = fc.array(fc.tuple(fc.oneof(anyText, anyKey), fc.integer()));
  fc.assert(fc.property(words, (records) => {
    const map = new KeyedMap<unknown, number[]>();
    for (const [key, value] of records) {
      map.combine(key, value, (v) => [v], (list, v) => (list.push(v), list));
    }
    for (const [key, list] of map) {
      const wanted = records.filter(([k]) => compareKeys(k, key) === 0);
      assert.deepEqual(list, wanted.map(([, value]) => value));
    }
    const total = [...map.values()].reduce((n, list) => n + list.length, 0);
    assert.equal(total, records.length);
  }));
});

Deno.test("KeyedMap.combine counts an undefined value as there", pure, () => {
  const map = new KeyedMap<string, number | undefined>();
  const create = (): undefined => undefined;
  map.combine("a", 1, create, () => 2);
  map.combine("a", 1, create, () => 2);
  assert.equal(map.get("a"), 2);
});

Deno.test("KeyedMap refuses keys without a value to compare", pure, () => {
  const map = new KeyedMap<unknown, number>();
  for (const key of [Symbol("s"), () => 1, [Promise.resolve()]]) {
    assert.throws(() => map.set(key, 1), { condition: "KEY_NOT_COMPARABLE" });
    assert.throws(() => map.get(key), { condition: "KEY_NOT_COMPARABLE" });
  }
  assert.equal(map.size, 0);
});

Deno.test(
  "KeyedMap keeps no key whose first value could not be made",
  pure,
  () => {
    const map = new KeyedMap<unknown, number>();
    const fail = (): number => {
      throw new Error("no value");
    };
    for (const key of ["a", 1, null, [1]]) {
      assert.throws(() => map.combine(key, 1, fail, fail), /no value/);
      assert.ok(!map.has(key));
    }
    assert.equal(map.size, 0);
  },
);

Deno.test(
  "KeyedMap finds many numbers and texts of every length as Map does",
  pure,
  () => {
    const key = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.string({ maxLength: 5 }),
      // Around the words of a slot: characters of one byte, the 0 that fills
      // them, and characters that do not fit.
      fc.string({
        unit: fc.constantFrom("\0", "a", "\x01", "\xff", "\u0100", "\u6161"),
        maxLength: 14,
      }),
      fc.string({ minLength: 60, maxLength: 70 }),
      fc.constantFrom(NaN, 0, 2 ** 31, -(2 ** 31), 2 ** 32, Infinity, "", "0"),
    );
    fc.assert(fc.property(fc.array(key, { maxLength: 2000 }), (keys) => {
      const map = new KeyedMap<unknown, number>();
      const wanted = new Map<unknown, number>();
      for (const [at, key] of keys.entries()) {
        assert.equal(map.get(key), wanted.get(key));
        map.set(key, at);
        wanted.set(key, at);
      }
      assert.equal(map.size, wanted.size);
      for (const [key, at] of wanted) assert.equal(map.get(key), at);
    }));
  },
);

Deno.test("KeyedMap is printed as a Map, and written as its pairs", () => {
  const map = new KeyedMap<unknown, number>();
  map.set("a", 1).set(["b", 2], 2);
  assert.equal(
    Deno.inspect(map, { colors: false }),
    'KeyedMap(2) { "a" => 1, [ "b", 2 ] => 2 }',
  );
  assert.equal(
    inspect(map, { colors: false }),
    "KeyedMap(2) { 'a' => 1, [ 'b', 2 ] => 2 }",
  );
  assert.equal(String(map), "KeyedMap(2)");
  assert.equal(JSON.stringify(map), '[["a",1],[["b",2],2]]');
});
