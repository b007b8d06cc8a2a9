import assert from "node:assert/strict";
import { sourceNode } from "../../../../src/driver/rdd/plan/plan_node.ts";
import { RDD, rddOf } from "../../../../src/driver/rdd/rdd.ts";
import {
  checkCount,
  checkFlag,
  checkFunction,
  checkOptions,
  checkPartitions,
  isAsyncFunction,
} from "../../../../src/driver/rdd/checks.ts";
import { StorageLevel } from "../../../../src/driver/rdd/storage_level.ts";
import { parallelizeNode } from "../../../../src/driver/context/source_nodes.ts";
import { callSite } from "../../../../src/driver/runtime/call_site.ts";
import type { SparkRuntime } from "../../../../src/driver/runtime/runtime.ts";

/** Pairs of an application of their own, which nobody runs. */
function pairs(): RDD<[string, number]> {
  const node = sourceNode(
    () => Promise.reject(new Error("Nothing runs here")),
    callSite("test()"),
  );
  return rddOf({ runtime: {} as SparkRuntime, node });
}

Deno.test("operations over two RDDs refuse those of two applications", () => {
  const [a, b] = [pairs(), pairs()];
  const calls: readonly [string, () => unknown][] = [
    ["union()", () => a.union(b)],
    ["intersection()", () => a.intersection(b)],
    ["subtract()", () => a.subtract(b)],
    ["cartesian()", () => a.cartesian(b)],
    ["zip()", () => a.zip(b)],
    ["join()", () => a.join(b)],
    ["leftOuterJoin()", () => a.leftOuterJoin(b)],
    ["rightOuterJoin()", () => a.rightOuterJoin(b)],
    ["fullOuterJoin()", () => a.fullOuterJoin(b)],
    ["cogroup()", () => a.cogroup(b)],
    ["groupWith()", () => a.groupWith(a, b)],
    ["subtractByKey()", () => a.subtractByKey(b)],
  ];
  for (const [operation, call] of calls) {
    assert.throws(call, {
      name: "TypeError",
      message:
        `Cannot run ${operation} over RDDs of two applications: make both with the same SparkContext`,
    });
  }
  assert.ok(a.join(a) instanceof RDD);
});

Deno.test("checkPartitions() takes whole numbers of 31 bits from 1 on", () => {
  for (const good of [1, 2, 100, 2 ** 31 - 1]) checkPartitions("f()", good);
  for (const bad of [0, -1, 1.5, NaN, Infinity, 2 ** 31]) {
    assert.throws(() => checkPartitions("f()", bad), {
      name: "RangeError",
      message:
        `Cannot run f() with ${bad} partitions: give a whole number from 1 on`,
    });
  }
});

Deno.test("checkPartitions() shows what is no number as it was written", () => {
  const given: readonly [unknown, string][] = [
    ["2", '"2"'],
    [2n, "2n"],
    [null, "null"],
    [{ numPartitions: 2 }, "{ numPartitions: 2 }"],
  ];
  for (const [value, text] of given) {
    assert.throws(() => checkPartitions("f()", value as number), {
      name: "RangeError",
      message:
        `Cannot run f() with ${text} partitions: give a whole number from 1 on`,
    });
  }
});

Deno.test("checkFlag() takes true and false, and nothing that is like them", () => {
  for (const good of [true, false]) checkFlag("f()", "ascending", good);
  const given: readonly [unknown, string][] = [
    [{ ascending: false }, "{ ascending: false }"],
    ["false", '"false"'],
    [0, "0"],
    [null, "null"],
    [undefined, "undefined"],
  ];
  for (const [value, text] of given) {
    assert.throws(() => checkFlag("f()", "ascending", value), {
      name: "TypeError",
      message: `Cannot run f() with ascending ${text}: give true or false`,
    });
  }
});

Deno.test("checkOptions() refuses names that an operation does not know, and suggests", () => {
  const known = ["retries", "timeoutMs"];
  checkOptions("f()", {}, known);
  checkOptions("f()", { retries: 1, timeoutMs: undefined }, known);
  const given: readonly [unknown, string][] = [
    [
      { retrys: 2 },
      'Cannot run f() with the option "retrys": it takes retries, timeoutMs; write "retries"',
    ],
    [
      { verbose: true },
      'Cannot run f() with the option "verbose": it takes retries, timeoutMs; leave it out',
    ],
    [3, "Cannot run f() with 3 for options: give an object"],
    [null, "Cannot run f() with null for options: give an object"],
    ["x", 'Cannot run f() with "x" for options: give an object'],
  ];
  for (const [options, message] of given) {
    assert.throws(() => checkOptions("f()", options, known), {
      name: "TypeError",
      message,
    });
  }
});

Deno.test("operations refuse what is no flag and no option of theirs", () => {
  const a = pairs();
  const wrong = { ascending: false } as unknown as boolean;
  const flag = (operation: string, name: string): string =>
    `Cannot run ${operation} with ${name} { ascending: false }: give true or false`;
  const calls: readonly [string, () => unknown][] = [
    [flag("sortBy()", "ascending"), () => a.sortBy(([, n]) => n, wrong)],
    [flag("sortByKey()", "ascending"), () => a.sortByKey(wrong)],
    [
      flag("repartitionAndSortWithinPartitions()", "ascending"),
      () =>
        a.repartitionAndSortWithinPartitions(2, (k: string) => k.length, wrong),
    ],
    [flag("sample()", "withReplacement"), () => a.sample(wrong, 0.5)],
    [
      flag("sampleByKey()", "withReplacement"),
      () => a.sampleByKey(wrong, new Map([["a", 1]])),
    ],
    [flag("coalesce()", "shuffle"), () => a.coalesce(1, wrong)],
    [
      'Cannot run mapPartitions() with the option "preservePartitioning": it takes preservesPartitioning; write "preservesPartitioning"',
      () =>
        a.mapPartitions(
          (records) => records,
          { preservePartitioning: true } as object,
        ),
    ],
    [
      "Cannot take a sample with fraction undefined: give a finite number from 0 on",
      () => a.sample(false, undefined as unknown as number),
    ],
    [
      'Cannot run pipe() with the option "checkcode": it takes env, checkCode; write "checkCode"',
      () => a.pipe("cat", { checkcode: true } as object),
    ],
    [
      'Cannot run mapAsync() with the option "verbose": it takes concurrency, ordered, timeoutMs, retries, retryDelayMs, backoff, maxRetryDelayMs, retryIf; leave it out',
      () =>
        a.mapAsync(
          (pair) => Promise.resolve(pair),
          { verbose: true } as object,
        ),
    ],
  ];
  for (const [message, call] of calls) {
    assert.throws(call, { message });
  }
});

Deno.test("what is no RDD, and no storage level, is refused as what it is", () => {
  const a = pairs();
  const other = [["a", 1]] as unknown as RDD<[string, number]>;
  const calls = [
    () => a.union(other),
    () => a.join(other),
    () => a.zip(other),
    () => a.groupWith(other),
  ];
  for (const call of calls) {
    assert.throws(call, {
      name: "TypeError",
      message:
        "Cannot use an array of length 1 as an RDD: it is none; give an RDD, such as one of sc.parallelize()",
    });
  }
  a.persist(StorageLevel.DISK_ONLY);
  assert.throws(() => a.persist("DISK_ONLY" as unknown as StorageLevel), {
    name: "TypeError",
    message:
      'Cannot keep records at the level "DISK_ONLY": give one of StorageLevel, such as StorageLevel.MEMORY_AND_DISK',
  });
});

Deno.test("parallelize() refuses what has no items", () => {
  const given: readonly [unknown, string][] = [
    [5, "5"],
    [undefined, "undefined"],
    [null, "null"],
    [{ a: 1 }, "an object of class Object"],
  ];
  for (const [data, text] of given) {
    assert.throws(() => parallelizeNode(data as unknown[], undefined), {
      name: "TypeError",
      message:
        `Cannot make an RDD of ${text}: give an array or another iterable`,
    });
  }
  for (const data of [[], "ab", new Set([1]), new Map([[1, 2]])]) {
    parallelizeNode(data as Iterable<unknown>, undefined);
  }
});

Deno.test("checkCount() takes whole numbers from 0 on", () => {
  for (const good of [0, 1, 2 ** 40]) checkCount(good);
  for (const bad of [-1, 0.5, NaN, Infinity]) {
    assert.throws(() => checkCount(bad), {
      name: "RangeError",
      message: `Cannot take ${bad} records: give a whole number from 0 on`,
    });
  }
});

Deno.test("checkFunction() takes functions of every kind and nothing else", () => {
  for (const good of [() => 1, Math.max, class {}, function* () {}]) {
    checkFunction("f()", good);
  }
  const bad: readonly [unknown, string][] = [
    [null, "null"],
    [undefined, "undefined"],
    ["x", "string"],
    [{}, "object"],
  ];
  for (const [value, name] of bad) {
    assert.throws(() => checkFunction("f()", value), {
      name: "TypeError",
      message: `Cannot run f() with a ${name} for a function: give a function`,
    });
  }
});

Deno.test("isAsyncFunction() knows what was written with async", () => {
  assert.equal(isAsyncFunction(async () => {}), true);
  assert.equal(isAsyncFunction(async function* () {}), true);
  assert.equal(isAsyncFunction(() => Promise.resolve()), false);
  assert.equal(isAsyncFunction(function* () {}), false);
});

Deno.test("operations that do not wait refuse async functions, and name those that do", () => {
  const later = async (x: unknown): Promise<unknown> => await x;
  const a = pairs();
  const calls: readonly [string, () => unknown][] = [
    ["map()", () => a.map(later)],
    ["filter()", () => a.filter(later)],
    ["keyBy()", () => a.keyBy(later)],
    ["mapValues()", () => a.mapValues(later)],
    ["sortBy()", () => a.sortBy(later)],
    ["groupBy()", () => a.groupBy(later)],
  ];
  for (const [operation, call] of calls) {
    assert.throws(
      call,
      new TypeError(
        `Cannot run ${operation} with an async function: it does not wait for promises; use mapAsync(), flatMapAsync(), foreachAsync() or mapPartitions() for functions that await`,
      ),
    );
  }
  a.mapAsync(later);
  a.mapPartitions(async function* (records) {
    for await (const record of records) yield record;
  });
});
