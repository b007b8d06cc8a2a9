import assert from "node:assert/strict";
import { failsInWorker } from "../failures.ts";
import { onPartitions, sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

/**
 * Keys in classes of equal ones, the classes in ascending order: the rules of
 * docs/equality_and_order.md, one by one.
 */
const CLASSES: readonly (readonly unknown[])[] = [
  [undefined, undefined],
  [null, null],
  [false],
  [true, true],
  [-Infinity],
  [-1.5],
  [-0, 0, 0],
  [5e-324],
  [1, 1.0],
  [2 ** 53],
  [Infinity],
  [NaN, 0 / 0],
  [-(2n ** 70n)],
  [-1n, -1n],
  [0n, -0n],
  [1n, BigInt(1)],
  [2n ** 70n],
  ["", ""],
  ["1"],
  ["10"],
  ["9"],
  ["A"],
  ["a", "a"],
  ["a\0"],
  ["aa"],
  ["é"], // one character, U+00E9
  ["\u{e9}\u{301}"],
  ["\uffff"],
  ["𐀀", "\u{10000}"], // astral: two code units, of which the first is below U+FFFF
  ["😀"],
  [new Date(-1)],
  [new Date(0), new Date("1970-01-01T01:00+01:00")],
  [new Date(NaN), new Date("no date")],
  [new Uint8Array([1]), new Uint8Array([0, 1]).subarray(1)],
  [new Uint8Array([1, 0])],
  [new Uint8Array([2])],
  [[], []],
  [[undefined], new Array(1)],
  [[null]],
  [[0, "b"], [-0, "b"]],
  [[1]],
  [[1, "a"], [1, "a"]],
  [[1, "b"]],
  [[1n]],
  [["1"]],
  [[[]]],
  [{}, Object.create(null)],
  [{ a: undefined }],
  [{ a: 1 }],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }],
  [{ a: 2 }],
  [{ b: [{ c: NaN }] }, { b: [{ c: NaN }] }],
  [new Map(), new Map()],
  [new Map([[1, 2], [3, 4]]), new Map([[3, 4], [1, 2]])],
  [new Set([1, 2]), new Set([2, 1])],
];

/** Every key with the number of its class, far from in order. */
const KEYED = CLASSES.flatMap((keys, at) =>
  keys.map((key): [unknown, number] => [key, at])
).map((pair, i, all) => all[(i * 37) % all.length] ?? pair);

Deno.test("which keys are equal, and their order", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const each = onPartitions(t);
  const numbers = CLASSES.map((_, at) => at);
  const ascending = (a: number, b: number): number => a - b;

  await t.step("the shuffled keys are all of them", () => {
    assert.equal(new Set(KEYED).size, CLASSES.flat().length);
  });
  await each("groupByKey() groups equal keys and no others", async (n) => {
    const groups = await sc.parallelize(KEYED, n).groupByKey(5)
      .mapValues((values) => [...values]).values().collect();
    assert.deepEqual(
      groups.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
      CLASSES.map((keys, at) => keys.map(() => at)),
    );
  });
  await each("sortByKey() brings all kinds into one order", async (n) => {
    const rdd = sc.parallelize(KEYED, n);
    const wanted = CLASSES.flatMap((keys, at) => keys.map(() => at));
    for (const partitions of [1, 4]) {
      assert.deepEqual(
        await rdd.sortByKey(true, partitions).values().collect(),
        wanted,
      );
      assert.deepEqual(
        await rdd.sortByKey(false, partitions).values().collect(),
        wanted.toReversed(),
      );
    }
    assert.deepEqual(
      await rdd.sortBy(([key]) => ["x", { key }], true, 3).values().collect(),
      wanted,
      "inside of lists and objects too",
    );
  });
  await each("distinct() keeps one of equal records", async (n) => {
    const rdd = sc.parallelize(KEYED, n);
    const kept = await rdd.keys().distinct(5).collect();
    assert.equal(kept.length, CLASSES.length);
    const nested = await rdd.map(([key, at]) => ({ at, in: [key] })).distinct(5)
      .map(({ at }) => at).collect();
    assert.deepEqual(nested.sort(ascending), numbers);
  });
  await each("join() meets equal keys and no others", async (n) => {
    const left = sc.parallelize(KEYED, n);
    const right = sc.parallelize(
      CLASSES.map((keys, at): [unknown, number] => [keys.at(-1), at]),
      2,
    );
    const met = await left.join(right, 5).values().collect();
    assert.equal(met.length, KEYED.length);
    assert.ok(met.every(([a, b]) => a === b));
    assert.equal(await left.subtractByKey(right, 5).count(), 0);
    assert.equal(
      await right.keys().intersection(left.keys()).count(),
      CLASSES.length,
    );
  });
  await each("countByValue() and lookup() find equal keys", async (n) => {
    const rdd = sc.parallelize(KEYED, n);
    const counts = await rdd.keys().countByValue();
    assert.equal(counts.size, CLASSES.length);
    for (const keys of CLASSES) {
      for (const key of keys) assert.equal(counts.get(key), keys.length);
    }
    const placed = rdd.partitionBy(5);
    for (const at of [0, 6, 11, 14, 28, 30, 37, 39, 46, 49, 53]) {
      const key = CLASSES[at]?.[0];
      assert.deepEqual(
        [...new Set(await placed.lookup(key))],
        [at],
        Deno.inspect(key),
      );
    }
  });
  await each("top(), min() and max() use the order", async (n) => {
    const keys = sc.parallelize(KEYED, n).keys();
    assert.equal(await keys.min(), undefined);
    assert.deepEqual(await keys.max(), new Set([1, 2]));
    assert.equal(
      await keys.filter((key) => typeof key === "number").max(),
      NaN,
    );
    const texts = keys.filter((key) => typeof key === "string");
    assert.deepEqual(await texts.top(3), ["😀", "𐀀", "𐀀"]);
    assert.deepEqual(await keys.takeOrdered(3), [undefined, undefined, null]);
  });

  await t.step("1, 1n, '1' and true are four keys", async () => {
    const counts = await sc.parallelize<unknown>([1, 1n, "1", true], 2)
      .countByValue();
    assert.deepEqual(
      sorted(counts),
      sorted<unknown>([[1, 1], [1n, 1], ["1", 1], [true, 1]]),
    );
  });
  await t.step("objects compare by name, then value", async () => {
    const records = [{ b: 1 }, { a: 2, z: 0 }, { a: 1, z: 9 }, { a: 1 }];
    assert.deepEqual(
      await sc.parallelize<object>(records, 2).sortBy((x) => x, true, 2)
        .collect(),
      [{ a: 1 }, { a: 1, z: 9 }, { a: 2, z: 0 }, { b: 1 }],
    );
  });
  await t.step("strings sort by code point, not by code unit", async () => {
    const texts = ["\u{1f600}", "\uffff", "\ue000", "z"];
    assert.deepEqual(
      await sc.parallelize(texts, 3).sortBy((s) => s, true, 2).collect(),
      ["z", "\ue000", "\uffff", "\u{1f600}"],
    );
    assert.deepEqual(
      texts.toSorted()[1],
      "\u{1f600}",
      "JavaScript's own order",
    );
  });
  await t.step("lone surrogates are keys of their own", async () => {
    const texts = ["\ud800", "\udc00", "\ud800", "\ufffd"];
    const counts = await sc.parallelize(texts, 2).countByValue();
    assert.equal(counts.size, 3);
    assert.equal(counts.get("\ud800"), 2);
    const groups = await sc.parallelize(texts, 2).groupBy((s) => s, 3)
      .mapValues((g) => g.length).collect();
    assert.deepEqual(
      new Map(groups),
      new Map([["\ud800", 2], ["\udc00", 1], ["\ufffd", 1]]),
    );
  });
  await t.step("columns of a DataFrame's rows are keys by value", async () => {
    const rows = spark.sql(
      "select * from values (2, 'b'), (1, 'a'), (2, 'b') as t(n, s)",
    ).rdd;
    assert.equal(await rows.distinct().count(), 2);
    const counts = await rows.map((row) => [row.n, row.s]).countByValue();
    assert.equal(counts.get([2, "b"]), 2);
    const first = await rows.sortBy((row) => row, true, 2).first();
    assert.deepEqual([first.n, first.s], [1, "a"]);
  });
  await t.step("what has no value to compare is no key", async () => {
    class Point {
      x = 1;
    }
    const makers: readonly [() => unknown, string][] = [
      [() => () => 1, "function without a name"],
      [() => Symbol("s"), "symbol"],
      [() => Promise.resolve(1), "promise"],
      [() => new WeakMap(), "WeakMap"],
      [() => new Point(), "Point"],
    ];
    for (const [make, kind] of makers) {
      const rdd = sc.range(0, 1, 1, 1).map(() => make()).distinct(1);
      await failsInWorker(
        rdd.collect(),
        "KEY_NOT_COMPARABLE",
        new RegExp(
          `Cannot use .*${kind}.* as a key: keys are compared by value, and it has none; `,
          "i",
        ),
      );
    }
  });
});
