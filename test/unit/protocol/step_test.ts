import assert from "node:assert/strict";
import {
  isAsyncStep,
  keepsKeys,
  mapStepRoots,
  type Step,
  stepRoots,
  STEPS as DESCRIPTORS,
} from "../../../src/protocol/step.ts";

const pure = { permissions: "none" } as const;

/** A step of each kind, its roots named after their properties. */
const STEPS: readonly Step<unknown>[] = [
  { op: "map", f: "f" },
  { op: "filter", f: "f" },
  { op: "flatMap", f: "f" },
  { op: "mapValues", f: "f" },
  { op: "flatMapValues", f: "f" },
  { op: "foreach", f: "f" },
  { op: "keys" },
  { op: "values" },
  { op: "keyBy", f: "f" },
  { op: "tag", part: 1 },
  { op: "join", kind: "inner" },
  { op: "lookup", key: "key" },
  { op: "range" },
  { op: "take", count: 3 },
  { op: "combine", create: "create", merge: "merge", join: "join" },
  { op: "combineFrom", zero: "zero", merge: "merge", join: "join" },
  { op: "mergeCombiners", merge: "merge" },
  { op: "group" },
  { op: "cogroup", parts: 2 },
  { op: "distinct" },
  { op: "countValues" },
  { op: "glom" },
  { op: "reduce", f: "f" },
  { op: "aggregate", zero: "zero", f: "f" },
  { op: "count" },
  { op: "mapPartitions", f: "f", indexed: true },
  { op: "foreachPartition", f: "f" },
  { op: "sample", lower: 0, upper: 1, seed: 2 },
  { op: "poisson", mean: 1, seed: 2 },
  {
    op: "sampleByKey",
    fractions: "fractions",
    withReplacement: false,
    seed: 2,
  },
  { op: "sort", key: "key", ofKeys: true, ascending: false },
  { op: "takeOrdered", count: 2, key: "key", ascending: true },
  { op: "zipWithIndex", starts: [0, 4] },
  { op: "zipWithUniqueId", partitions: 3 },
  { op: "sketch", size: 5, seed: 1, key: "key", ofKeys: true },
  {
    op: "mapAsync",
    f: "f",
    kind: "map",
    concurrency: 4,
    ordered: true,
    timeoutMs: null,
    retries: 0,
    retryDelayMs: 0,
    backoff: 1,
    maxRetryDelayMs: 9,
    retryIf: "retryIf",
  },
  { op: "mapPartitionsAsync", f: "f", indexed: false },
  { op: "foreachPartitionAsync", f: "f" },
  { op: "pipe", command: ["cat"], env: [], checkCode: false },
];

Deno.test("these tests know every kind of step once", pure, () => {
  assert.deepEqual(
    STEPS.map(({ op }) => op).sort(),
    Object.keys(DESCRIPTORS).sort(),
  );
});

for (const step of STEPS) {
  Deno.test(
    `mapStepRoots() names the roots of ${step.op} in their order, and nothing else`,
    pure,
    () => {
      const frozen = Object.freeze({ ...step });
      const seen: unknown[] = [];
      const named = mapStepRoots(frozen, (root) => seen.push(root) - 1);
      assert.deepEqual(seen, stepRoots(step));
      const wanted: Record<string, unknown> = { ...step };
      stepRoots(step).forEach((property, i) => wanted[property] = i);
      assert.deepEqual(named, wanted);
      assert.deepEqual(
        mapStepRoots(named, (at) => seen[at]),
        step,
        "there and back",
      );
    },
  );
}

Deno.test("mapStepRoots() leaves an absent key function alone", pure, () => {
  for (const op of ["sort", "takeOrdered", "sketch"] as const) {
    const step = {
      ...STEPS.find((step) => step.op === op),
      key: null,
    } as Step<unknown>;
    assert.deepEqual(mapStepRoots(step, () => assert.fail("no root")), step);
  }
  const calls = {
    ...STEPS.find((step) => step.op === "mapAsync"),
    retryIf: null,
  } as Step<unknown>;
  assert.deepEqual(mapStepRoots(calls, (root) => root), calls);
});

Deno.test(
  "mapStepRoots() takes a null or undefined value of the program for a root",
  pure,
  () => {
    for (const value of [null, undefined, 0, false, ""]) {
      const roots: unknown[] = [];
      const name = (root: unknown): number => roots.push(root) - 1;
      assert.deepEqual(mapStepRoots({ op: "lookup", key: value }, name), {
        op: "lookup",
        key: 0,
      });
      assert.deepEqual(
        mapStepRoots({ op: "aggregate", zero: value, f: "f" }, name),
        { op: "aggregate", zero: 1, f: 2 },
      );
      const from = { op: "combineFrom", zero: value, merge: "m", join: "j" };
      assert.deepEqual(mapStepRoots(from as Step<unknown>, name), {
        op: "combineFrom",
        zero: 3,
        merge: 4,
        join: 5,
      });
      assert.deepEqual(roots, [value, value, "f", value, "m", "j"]);
    }
  },
);

Deno.test(
  "keepsKeys() is true of steps that leave each key in its partition",
  pure,
  () => {
    const kept = STEPS.filter(keepsKeys).map(({ op }) => op);
    assert.deepEqual(kept.sort(), [
      "cogroup",
      "combine",
      "combineFrom",
      "distinct",
      "filter",
      "flatMapValues",
      "group",
      "join",
      "mapValues",
      "mergeCombiners",
      "poisson",
      "sample",
      "sampleByKey",
      "sort",
      "tag",
      "take",
    ]);
    assert.equal(keepsKeys({ op: "join", kind: "intersect" }), false);
    assert.equal(keepsKeys({ op: "join", kind: "subtract" }), true);
  },
);

Deno.test("isAsyncStep() is true of the four steps that await", pure, () => {
  assert.deepEqual(
    STEPS.filter(isAsyncStep).map(({ op }) => op),
    ["mapAsync", "mapPartitionsAsync", "foreachPartitionAsync", "pipe"],
  );
});
