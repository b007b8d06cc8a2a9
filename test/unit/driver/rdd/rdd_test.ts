import assert from "node:assert/strict";
import { inspect } from "node:util";
import { sourceNode } from "../../../../src/driver/rdd/plan/plan_node.ts";
import { planOf, RDD, rddOf } from "../../../../src/driver/rdd/rdd.ts";
import { RDDBarrier } from "../../../../src/driver/rdd/rdd_barrier.ts";
import { callSite } from "../../../../src/driver/runtime/call_site.ts";
import type { SparkRuntime } from "../../../../src/driver/runtime/runtime.ts";

/** Pairs that nobody computes. */
function pairs(): RDD<[string, number]> {
  const node = sourceNode(
    () => Promise.reject(new Error("Nothing runs here")),
    callSite("textFile()"),
  );
  return rddOf({ runtime: {} as SparkRuntime, node });
}

/** A text without the lines and columns of this file. */
function withoutPlaces(text: string): string {
  return text.replaceAll(/ at rdd_test\.ts:\d+:\d+/g, " at here");
}

Deno.test("an RDD is printed as its name and operations, by every console", () => {
  const counts = pairs().mapValues((n) => n + 1).reduceByKey((a, b) => a + b);
  const text =
    "RDD[textFile() at here → mapValues() at here → reduceByKey() at here]";
  const ways = [String, Deno.inspect, inspect, (rdd: unknown) => `${rdd}`];
  for (const way of ways) assert.equal(withoutPlaces(way(counts)), text);
  assert.equal(
    withoutPlaces(JSON.stringify({ counts })),
    `{"counts":"${text}"}`,
  );
  counts.setName("counts");
  assert.equal(
    withoutPlaces(String(counts)),
    text.replace("[", '["counts": '),
  );
});

Deno.test("an RDD is printed with its latest operations, and the first of several parents", () => {
  let rdd: RDD<[string, number]> = pairs();
  for (let i = 0; i < 3000; i++) rdd = rdd.filter(() => true).sortByKey();
  const filters = Array.from(
    { length: 4 },
    () => "filter() at here → sortByKey() at here",
  );
  assert.equal(
    withoutPlaces(String(rdd)),
    `RDD[… → ${filters.join(" → ")}]`,
  );
  const a = pairs();
  const two: readonly [RDD<unknown>, string][] = [
    [a.join(a), "join()"],
    [a.union(a), "union()"],
    [a.zip(a), "zip()"],
    [a.cartesian(a), "cartesian()"],
    [a.coalesce(1), "coalesce()"],
  ];
  for (const [rdd, operation] of two) {
    assert.equal(
      withoutPlaces(String(rdd)),
      `RDD[textFile() at here → ${operation} at here]`,
    );
  }
  assert.equal(
    withoutPlaces(Deno.inspect(a.barrier())),
    "RDDBarrier[textFile() at here]",
  );
});

Deno.test("users see no member of an RDD that is not theirs", () => {
  const own = Object.getOwnPropertyNames(pairs());
  assert.deepEqual(own, []);
  const members = Object.getOwnPropertyNames(RDD.prototype);
  for (const name of ["node", "runtime", "derive", "step", "shuffle", "plan"]) {
    assert.ok(!members.includes(name), name);
  }
  assert.equal(Object.getPrototypeOf(RDD.prototype), Object.prototype);
  assert.deepEqual(Object.getOwnPropertyNames(RDDBarrier.prototype), [
    "constructor",
    "mapPartitions",
    "mapPartitionsWithIndex",
    "toString",
    "toJSON",
  ]);
  assert.equal(planOf(pairs()).node.kind, "source");
});
