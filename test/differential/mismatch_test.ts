import assert from "node:assert/strict";
import { describeMismatch } from "./mismatch.ts";
import type { Program } from "./program.ts";
import { bagOf, INT, TEXT, tupleOf } from "./record_type.ts";

const PAIR = tupleOf(TEXT, INT);
const PROGRAM: Program = {
  seed: 5,
  index: 17,
  steps: [
    {
      op: "parallelize",
      type: PAIR,
      of: [],
      data: [["a", 1], ["b", 2]],
      partitions: 3,
    },
    { op: "sortByKey", type: PAIR, of: [0], ascending: false },
    { op: "subtractByKey", type: PAIR, of: [0, 1], partitions: 2 },
    { op: "map", type: INT, of: [2], f: "measure" },
  ],
  action: { op: "treeReduce", of: 3, f: "add", depth: 2 },
  result: bagOf(INT),
};

Deno.test(
  "describeMismatch() shows seed, program and every outcome in comparable form",
  { permissions: "none" },
  () => {
    const text = describeMismatch(PROGRAM, {
      arrays: { kind: "result", value: [2, 1] },
      TSpark: { kind: "failure", text: "Error: Worker died" },
      PySpark: { kind: "result", value: 7 },
      Scala: undefined,
    });
    assert.deepEqual(text.split("\n"), [
      "Program 17 of seed 5, with a result of type bag<int>:",
      'r0 = parallelize([["a",1],["b",2]], partitions: 3)',
      "r1 = r0.sortByKey(ascending: false)",
      "r2 = r0.subtractByKey(r1, partitions: 2)",
      "r3 = r2.map(measure)",
      "r3.treeReduce(add, depth: 2)",
      "arrays: [1,2]",
      "TSpark: failure: Error: Worker died",
      "PySpark: TypeError: Cannot read 7 as a bag: it is no list: 7",
      "Scala: no outcome",
    ]);
  },
);

Deno.test(
  "describeMismatch() cuts a long result",
  { permissions: "none" },
  () => {
    const value = Array.from({ length: 10_000 }, () => 7);
    const text = describeMismatch(PROGRAM, {
      arrays: { kind: "result", value },
    });
    assert.ok(text.length < 5000, `${text.length} characters`);
  },
);
