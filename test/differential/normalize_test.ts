import assert from "node:assert/strict";
import { normalize, type Outcome, sameOutcome } from "./normalize.ts";
import {
  bagOf,
  FLOAT,
  INT,
  listOf,
  optionOf,
  type RecordType,
  TEXT,
  tupleOf,
} from "./record_type.ts";

function result(value: unknown): Outcome {
  return { kind: "result", value };
}

function failure(text: string): Outcome {
  return { kind: "failure", text };
}

/** What `sortByKey()` promises of pairs. */
const RUNS: RecordType = {
  kind: "runs",
  item: tupleOf(INT, TEXT),
  sortKey: { ofFirst: true },
};

Deno.test("sameOutcome() compares lists in order and bags in any", {
  permissions: "none",
}, () => {
  const [a, b] = [result([1, 2, 2]), result([2, 1, 2])];
  assert.equal(sameOutcome(a, b, bagOf(INT)), true);
  assert.equal(sameOutcome(a, b, listOf(INT)), false);
  assert.equal(sameOutcome(a, result([1, 2]), bagOf(INT)), false);
  assert.equal(sameOutcome(a, result([1, 1, 2]), bagOf(INT)), false);
});

Deno.test(
  "sameOutcome() compares bags within bags",
  { permissions: "none" },
  () => {
    const type = bagOf(tupleOf(TEXT, bagOf(listOf(INT))));
    const a = result([["x", [[2], [1, 0]]], ["y", []]]);
    const b = result([["y", []], ["x", [[1, 0], [2]]]]);
    assert.equal(sameOutcome(a, b, type), true);
    const c = result([["y", []], ["x", [[0, 1], [2]]]]);
    assert.equal(sameOutcome(a, c, type), false);
  },
);

Deno.test("sameOutcome() compares runs in order, and each in any order", {
  permissions: "none",
}, () => {
  const a = result([[1, "a"], [1, "b"], [2, "c"]]);
  const b = result([[1, "b"], [1, "a"], [2, "c"]]);
  const c = result([[2, "c"], [1, "a"], [1, "b"]]);
  assert.equal(sameOutcome(a, b, RUNS), true);
  assert.equal(sameOutcome(a, c, RUNS), false);
});

Deno.test("sameOutcome() allows floats a tolerance and integers none", {
  permissions: "none",
}, () => {
  assert.equal(sameOutcome(result(0.1 + 0.2), result(0.3), FLOAT), true);
  assert.equal(sameOutcome(result(0.3), result(0.300001), FLOAT), false);
  assert.equal(sameOutcome(result(2 ** 52), result(2 ** 52 + 1), INT), false);
});

Deno.test(
  "sameOutcome() takes failures for the same when both are about empty RDDs",
  { permissions: "none" },
  () => {
    const spark = failure("ValueError: RDD is empty");
    const ours = failure("Cannot first() empty RDD");
    assert.equal(sameOutcome(spark, ours, INT), true);
    assert.equal(sameOutcome(spark, failure("Worker died"), INT), false);
    assert.equal(sameOutcome(spark, result(1), INT), false);
  },
);

Deno.test("sameOutcome() refuses what is no list where one has to be", {
  permissions: "none",
}, () => {
  assert.equal(sameOutcome(result([1]), result({ 0: 1 }), listOf(INT)), false);
  assert.equal(sameOutcome(result(["a"]), result("a"), listOf(TEXT)), false);
});

Deno.test("normalize() makes one of undefined and null, and of 0 and -0", {
  permissions: "none",
}, () => {
  const type = tupleOf(optionOf(INT), INT);
  assert.deepEqual(normalize([undefined, -0], type), [null, 0]);
  assert.deepEqual(normalize([null, 0], type), [null, 0]);
  assert.deepEqual(normalize(new Set([2, 1]), bagOf(INT)), [1, 2]);
});
