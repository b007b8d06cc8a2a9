import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { OwnStep } from "../../../../src/protocol/step.ts";
import { compareKeys } from "../../../../src/serde/keys/compare.ts";
import { RecordCodec } from "../../../../src/serde/records/record_batch.ts";
import { MemoryBudget } from "../../../../worker/spill/memory_budget.ts";
import { SpillSpace } from "../../../../worker/spill/spill_space.ts";
import { runOwnStep } from "../../../../worker/rdd/partition_steps.ts";
import { stageTools } from "../../../../worker/rdd/stage_tools.ts";

const spill = {
  space: new SpillSpace([]),
  budget: new MemoryBudget(Infinity),
  codec: new RecordCodec(),
};

/** What a step gives of a partition's records; its own iterables are read only once. */
function run(
  step: OwnStep<unknown>,
  records: readonly unknown[],
  index: number = 0,
): unknown[] {
  const tools = stageTools(["step() at app.ts:1:1"], spill);
  const once = records.values();
  return [...runOwnStep(step, once, { index, at: 0, tools })];
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const byKey = (n: number): [string, number][] =>
  range(n).map((i) => [i % 2 === 0 ? "even" : "odd", i]);
const notAPair = {
  name: "WorkerError",
  message:
    "Cannot take a key from a record in step() at app.ts:1:1: 5 is not a pair; give it records of the form [key, value]",
};

Deno.test("sample step keeps records in order, the same for one seed and partition", () => {
  const step = { op: "sample", lower: 0, upper: 0.5, seed: 3 } as const;
  const kept = run(step, range(1000)) as number[];
  assert.ok(kept.length > 400 && kept.length < 600, `${kept.length}`);
  assert.deepEqual(kept, kept.toSorted((a, b) => a - b));
  assert.deepEqual(run(step, range(1000)), kept);
  assert.notDeepEqual(run(step, range(1000), 1), kept);
  assert.notDeepEqual(run({ ...step, seed: 4 }, range(1000)), kept);
});

Deno.test("sample steps of neighboring ranges deal each record out once", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
    fc.integer(),
    fc.nat(20),
    (cuts, seed, index) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), 1];
      const dealt = edges.slice(1).flatMap((upper, i) =>
        run(
          { op: "sample", lower: edges[i] ?? 0, upper, seed },
          range(50),
          index,
        ) as number[]
      );
      assert.deepEqual(dealt.toSorted((a, b) => a - b), range(50));
    },
  ));
});

Deno.test("poisson step repeats records in place", () => {
  const step = { op: "poisson", mean: 2, seed: 3 } as const;
  const kept = run(step, range(1000)) as number[];
  assert.ok(kept.length > 1700 && kept.length < 2300, `${kept.length}`);
  assert.deepEqual(kept, kept.toSorted((a, b) => a - b));
  assert.deepEqual(run({ ...step, mean: 0 }, range(9)), []);
});

Deno.test("sampleByKey step takes each key's fraction, none of other keys", () => {
  const step = {
    op: "sampleByKey",
    fractions: [["odd", 0.25]],
    withReplacement: false,
    seed: 1,
  } as const;
  const kept = run(step, byKey(2000)) as [string, number][];
  assert.ok(kept.length > 180 && kept.length < 320, `${kept.length}`);
  assert.ok(kept.every(([key]) => key === "odd"));
  const many = run({ ...step, withReplacement: true }, byKey(2000));
  assert.ok(many.length > 180 && many.length < 320, `${many.length}`);
  const all = { ...step, fractions: [[["a"], 1]] };
  assert.deepEqual(run(all, [[["a"], 1], [["b"], 2]]), [[["a"], 1]]);
  assert.throws(() => run(step, [5]), notAPair);
});

Deno.test("sort step sorts by key, equal ones in their order, both ways", () => {
  const anyPairs = fc.array(
    fc.tuple(fc.oneof(fc.nat(5), fc.string({ maxLength: 1 })), fc.nat()),
  );
  fc.assert(fc.property(anyPairs, fc.boolean(), (pairs, ascending) => {
    const sign = ascending ? 1 : -1;
    const wanted = pairs.toSorted(([a], [b]) => sign * compareKeys(a, b));
    const step = { op: "sort", key: null, ofKeys: true, ascending } as const;
    assert.deepEqual(run(step, pairs), wanted);
  }));
});

Deno.test("sort step sorts by a function of keys, or of records", () => {
  const pairs = [["bb", 1], ["a", 3], ["ccc", 2]];
  const key = (text: string): number => -text.length;
  assert.deepEqual(
    run({ op: "sort", key, ofKeys: true, ascending: true }, pairs),
    [["ccc", 2], ["bb", 1], ["a", 3]],
  );
  const second = (pair: unknown[]): unknown => pair[1];
  assert.deepEqual(
    run({ op: "sort", key: second, ofKeys: false, ascending: false }, pairs),
    [["a", 3], ["ccc", 2], ["bb", 1]],
  );
  assert.throws(
    () => run({ op: "sort", key: null, ofKeys: true, ascending: true }, [5]),
    notAPair,
  );
});

Deno.test("takeOrdered step gives one list, the first of the sorted records", () => {
  fc.assert(fc.property(
    fc.array(fc.tuple(fc.nat(20), fc.nat()), { maxLength: 60 }),
    fc.integer({ min: 1, max: 70 }),
    fc.boolean(),
    (records, count, ascending) => {
      const key = ([first]: [number, number]): number => first;
      const sign = ascending ? 1 : -1;
      const wanted = records.toSorted((a, b) => sign * (a[0] - b[0]))
        .slice(0, count);
      assert.deepEqual(
        run({ op: "takeOrdered", count, key, ascending }, records),
        [wanted],
      );
    },
  ));
});

Deno.test("takeOrdered step holds few of many records", () => {
  const many = range(20_000).map((i) => (i * 7919) % 20_000);
  const step = { op: "takeOrdered", key: null, ascending: true } as const;
  assert.deepEqual(run({ ...step, count: 5 }, many), [range(5)]);
  assert.deepEqual(run({ ...step, count: 5, ascending: false }, many), [
    [19_999, 19_998, 19_997, 19_996, 19_995],
  ]);
  assert.deepEqual(run({ ...step, count: 1 }, []), [[]]);
});

Deno.test("zipWithIndex step counts from its partition's start", () => {
  const step = { op: "zipWithIndex", starts: [0, 10] } as const;
  assert.deepEqual(run(step, ["a", "b"], 1), [["a", 10], ["b", 11]]);
  assert.deepEqual(run(step, ["a"], 0), [["a", 0]]);
});

Deno.test("zipWithUniqueId steps never give a number twice", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }),
      (sizes) => {
        const step = {
          op: "zipWithUniqueId",
          partitions: sizes.length,
        } as const;
        const ids = sizes.flatMap((size, index) =>
          run(step, range(size), index).map((pair) => (pair as number[])[1])
        );
        assert.equal(new Set(ids).size, ids.length);
      },
    ),
  );
  assert.deepEqual(
    run({ op: "zipWithUniqueId", partitions: 3 }, ["a", "b"], 2),
    [["a", 2], ["b", 5]],
  );
});

Deno.test("sketch step counts, and samples keys fairly", () => {
  const step = {
    op: "sketch",
    size: 100,
    seed: 1,
    key: null,
    ofKeys: true,
  } as const;
  const [few] = run(step, byKey(4)) as [number, unknown[]][];
  assert.deepEqual(few, [4, ["even", "odd", "even", "odd"]]);
  const pairs = range(2000).map((i): [number, null] => [i, null]);
  const [many] = run(step, pairs) as [number, number[]][];
  assert.ok(many !== undefined);
  assert.equal(many[0], 2000);
  assert.equal(many[1].length, 100);
  assert.equal(new Set(many[1]).size, 100);
  const late = many[1].filter((key) => key >= 1000).length;
  assert.ok(late > 30 && late < 70, `${late}`);
  assert.deepEqual(run(step, []), [[0, []]]);
  const key = (text: string): number => text.length;
  assert.deepEqual(run({ ...step, key }, byKey(2)), [[2, [4, 3]]]);
  assert.throws(() => run(step, [5]), notAPair);
});
