import assert from "node:assert/strict";
import { sourceNode } from "../../../../src/driver/rdd/plan/plan_node.ts";
import { RDD, rddOf } from "../../../../src/driver/rdd/rdd.ts";
import {
  checkCount,
  checkFunction,
  checkPartitions,
  isAsyncFunction,
} from "../../../../src/driver/rdd/checks.ts";
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
