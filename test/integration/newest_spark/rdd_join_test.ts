import assert from "node:assert/strict";
import type { RDD } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { onPartitions, sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("RDD's joins", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const each = onPartitions(t);
  const lefts: [string, number][] = [
    ["both", 1],
    ["both", 2],
    ["left", 3],
    ["left", 4],
  ];
  const rights: [string, string][] = [
    ["right", "x"],
    ["both", "y"],
    ["both", "z"],
  ];
  const crossed: [string, [number, string]][] = [
    ["both", [1, "y"]],
    ["both", [1, "z"]],
    ["both", [2, "y"]],
    ["both", [2, "z"]],
  ];
  const notPairs = sc.parallelize<unknown>([[1, 2, 3]], 1) as RDD<
    [number, number]
  >;
  const numbers = sc.parallelize<[number, number]>([[1, 2]], 1);

  /** Both sides, the right one in a partition more. */
  function sides(n: number): [RDD<[string, number]>, RDD<[string, string]>] {
    return [sc.parallelize(lefts, n), sc.parallelize(rights, n + 1)];
  }

  await each("join() crosses the values of common keys", async (n) => {
    const [a, b] = sides(n);
    assert.deepEqual(sorted(await a.join(b).collect()), sorted(crossed));
  });
  await each("leftOuterJoin() keeps its own keys", async (n) => {
    const [a, b] = sides(n);
    assert.deepEqual(
      sorted(await a.leftOuterJoin(b, 2).collect()),
      sorted<unknown>([
        ...crossed,
        ["left", [3, undefined]],
        ["left", [4, undefined]],
      ]),
    );
  });
  await each("rightOuterJoin() keeps the other's keys", async (n) => {
    const [a, b] = sides(n);
    assert.deepEqual(
      sorted(await a.rightOuterJoin(b, 2).collect()),
      sorted<unknown>([...crossed, ["right", [undefined, "x"]]]),
    );
  });
  await each("fullOuterJoin() keeps all keys", async (n) => {
    const [a, b] = sides(n);
    assert.deepEqual(
      sorted(await a.fullOuterJoin(b, 2).collect()),
      sorted<unknown>([
        ...crossed,
        ["left", [3, undefined]],
        ["left", [4, undefined]],
        ["right", [undefined, "x"]],
      ]),
    );
  });
  await each("cogroup() gives both groups of each key", async (n) => {
    const [a, b] = sides(n);
    const groups = await a.cogroup(b, 3).mapValues(([xs, ys]) => [
      [...xs].sort(),
      [...ys].sort(),
    ]).collect();
    assert.deepEqual(
      sorted<unknown>(groups),
      sorted<unknown>([
        ["both", [[1, 2], ["y", "z"]]],
        ["left", [[3, 4], []]],
        ["right", [[], ["x"]]],
      ]),
    );
  });
  await each("groupWith() groups up to four RDDs", async (n) => {
    const [a, b] = sides(n);
    const one = await a.groupWith(b).mapValues((groups) =>
      groups.map((values) => values.length)
    ).collect();
    assert.deepEqual(
      sorted(one),
      sorted<unknown>([["both", [2, 2]], ["left", [2, 0]], ["right", [0, 1]]]),
    );
    const c = sc.parallelize<[string, boolean]>([["left", true]], n);
    const d = sc.parallelize<[string, null]>([["both", null]], 1);
    const three = await a.groupWith(b, c, d).mapValues(([as, bs, cs, ds]) => [
      [...as].sort(),
      [...bs].sort(),
      [...cs],
      [...ds],
    ]).collect();
    assert.deepEqual(
      sorted<unknown>(three),
      sorted<unknown>([
        ["both", [[1, 2], ["y", "z"], [], [null]]],
        ["left", [[3, 4], [], [true], []]],
        ["right", [[], ["x"], [], []]],
      ]),
    );
  });
  await each("subtractByKey() leaves out the other's keys", async (n) => {
    const [a, b] = sides(n);
    assert.deepEqual(
      sorted(await a.subtractByKey(b).collect()),
      sorted(lefts.filter(([key]) => key === "left")),
    );
  });
  await each("joins with nothing give what the kind says", async (n) => {
    const [a] = sides(n);
    const none = sc.parallelize<[string, string]>([], n);
    assert.deepEqual(await a.join(none, 2).collect(), []);
    assert.deepEqual(await none.leftOuterJoin(a, 2).collect(), []);
    const alone = lefts.map(([key, value]) => [key, [value, undefined]]);
    assert.deepEqual(
      sorted<unknown>(await a.fullOuterJoin(none, 2).collect()),
      sorted<unknown>(alone),
    );
    assert.deepEqual(
      sorted(await a.subtractByKey(none, 2).collect()),
      sorted(lefts),
    );
  });

  await t.step("a join with itself crosses each key's values", async () => {
    const [a] = sides(2);
    assert.equal(await a.join(a).count(), 8);
  });
  await t.step("numPartitions says how many a join makes", async () => {
    const [a, b] = sides(2);
    assert.equal(await a.join(b, 7).getNumPartitions(), 7);
    assert.equal(await a.cogroup(b, 4).getNumPartitions(), 4);
    assert.equal(await a.subtractByKey(b, 4).getNumPartitions(), 4);
    assert.equal(await a.join(b).getNumPartitions(), 5);
    for (const wrong of [0, -1, 1.5, NaN]) {
      assert.throws(() => a.join(b, wrong), {
        name: "RangeError",
        message:
          `Cannot run join() with ${wrong} partitions: give a whole number from 1 on`,
      });
    }
  });
  await t.step("undefined and null are keys and values as others", async () => {
    const a = sc.parallelize<[null | undefined, number | undefined]>([
      [undefined, 1],
      [null, undefined],
    ], 2);
    const b = sc.parallelize<[null | undefined, string]>([
      [null, "null"],
      [undefined, "undefined"],
    ], 3);
    assert.deepEqual(
      sorted<unknown>(await a.join(b).collect()),
      sorted<unknown>([
        [undefined, [1, "undefined"]],
        [null, [undefined, "null"]],
      ]),
    );
  });
  await t.step("records that are no pairs are refused by name", async () => {
    const joins: readonly [string, RDD<unknown>][] = [
      ["join", numbers.join(notPairs)],
      ["join", notPairs.join(numbers)],
      ["leftOuterJoin", numbers.leftOuterJoin(notPairs)],
      ["rightOuterJoin", numbers.rightOuterJoin(notPairs)],
      ["fullOuterJoin", numbers.fullOuterJoin(notPairs)],
      ["cogroup", numbers.cogroup(notPairs)],
      ["groupWith", numbers.groupWith(numbers, notPairs)],
      ["subtractByKey", numbers.subtractByKey(notPairs)],
    ];
    for (const [name, rdd] of joins) {
      await failsInWorker(
        rdd.collect(),
        "RECORD_NOT_A_PAIR",
        new RegExp(
          `Cannot take a key from a record in ${name}\\(\\) at rdd_join_test\\.ts:\\d+:\\d+: an array of length 3 is not a pair; give it records of the form \\[key, value\\]`,
        ),
      );
    }
  });
  await t.step(
    "records that cannot be serialized are refused by their place",
    async () => {
      const keyed = numbers.map(([key]): [unknown, number] => [() => key, 1]);
      await failsInWorker(
        keyed.join(keyed).collect(),
        "RECORD_NOT_SERIALIZABLE",
        /Cannot serialize record "\[0\]\[0\]": it is a function without a name; keep data in records and call functions on them/,
      );
    },
  );
});
