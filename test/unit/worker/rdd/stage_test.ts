import assert from "node:assert/strict";
import { compile } from "../../../../src/common/compile.ts";
import type { Step } from "../../../../src/protocol/step.ts";
import { stageCode } from "../../../../worker/rdd/stage_code.ts";
import { RecordCodec } from "../../../../src/serde/records/record_batch.ts";
import { MemoryBudget } from "../../../../worker/spill/memory_budget.ts";
import { SpillSpace } from "../../../../worker/spill/spill_space.ts";
import {
  type StageTools,
  stageTools,
} from "../../../../worker/rdd/stage_tools.ts";

const spill = {
  space: new SpillSpace([]),
  budget: new MemoryBudget(Infinity),
  codec: new RecordCodec(),
};

type Steps = readonly Step<unknown>[];
type Program = (
  steps: Steps,
  tools: StageTools,
  index: number,
  batches: Iterable<unknown[]>,
  emit: (record: unknown) => void,
) => void;

function run(steps: Steps, records: unknown[], batchSize: number): unknown[] {
  const program = compile<Program>(stageCode(steps));
  const batches: unknown[][] = [];
  for (let at = 0; at < records.length; at += batchSize) {
    batches.push(records.slice(at, at + batchSize));
  }
  const out: unknown[] = [];
  const sites = steps.map(({ op }) => `${op}() at app.ts:1:1`);
  program(
    steps,
    stageTools(sites, spill),
    5,
    batches,
    (r: unknown) => out.push(r),
  );
  return out;
}

/** So many steps of one kind. */
function many(step: Step<unknown>, count: number): Steps {
  return new Array<Step<unknown>>(count).fill(step);
}

/** Name, steps, input, expected output. */
const CASES: readonly [string, Steps, unknown[], unknown[]][] = [
  ["no step", [], [1, 2, 3], [1, 2, 3]],
  ["map", [{ op: "map", f: (x: number) => x + 1 }], [1, 2], [2, 3]],
  [
    "filter inside flatMap",
    [
      { op: "flatMap", f: (x: number) => [x, -x] },
      { op: "filter", f: (x: number) => x > 0 },
      { op: "map", f: String },
    ],
    [1, -2],
    ["1", "2"],
  ],
  [
    "take ends the loop through nested loops",
    [
      { op: "flatMap", f: (x: number) => [x, x] },
      { op: "take", count: 3 },
    ],
    [1, 2, 3],
    [1, 1, 2],
  ],
  ["take of 0", [{ op: "take", count: 0 }], [1, 2], []],
  [
    "3,000 maps",
    many({ op: "map", f: (x: number) => x + 1 }, 3000),
    [1, 2],
    [3001, 3002],
  ],
  [
    "2,000 flatMaps, take in the middle",
    [
      ...many({ op: "flatMap", f: (x: number) => [x] }, 1000),
      { op: "take", count: 3 },
      ...many({ op: "flatMap", f: (x: number) => [x] }, 1000),
    ],
    [1, 2, 3, 4],
    [1, 2, 3],
  ],
  [
    "500 steps that need the whole partition",
    many({ op: "distinct" }, 500),
    [1, 1, 2],
    [1, 2],
  ],
  ["range near 2^53", [{ op: "range" }], [
    [-(2 ** 53 - 1), 2 ** 51, 7],
    [2 ** 53 - 1, -(2 ** 52 - 1), 4],
  ], [
    ...[0n, 1n, 2n, 3n, 4n, 5n, 6n]
      .map((i) => Number(i * 2n ** 51n - (2n ** 53n - 1n))),
    ...[0n, 1n, 2n, 3n]
      .map((i) => Number(2n ** 53n - 1n - i * (2n ** 52n - 1n))),
  ]],
  ["count", [{ op: "count" }], [1, 2, 3], [3]],
  ["count of nothing", [{ op: "count" }], [], [0]],
  [
    "steps behind a whole partition",
    [
      { op: "glom" },
      { op: "map", f: (list: unknown[]) => list.length },
      { op: "count" },
    ],
    [7, 8, 9],
    [1],
  ],
  [
    "two whole partitions in a row, take behind them",
    [
      { op: "distinct" },
      { op: "map", f: (x: number) => [x % 2, x] },
      { op: "group" },
      { op: "take", count: 1 },
    ],
    [1, 1, 2, 3],
    [[1, [1, 3]]],
  ],
  [
    "reduce",
    [{ op: "reduce", f: (a: number, b: number) => a * b }],
    [2, 3, 4],
    [
      24,
    ],
  ],
  ["reduce of nothing", [{ op: "reduce", f: () => 0 }], [], []],
  [
    "aggregate",
    [{
      op: "aggregate",
      zero: 10,
      f: (a: number, b: number) => a + b,
    }],
    [1, 2],
    [13],
  ],
  [
    "combine, mergeCombiners",
    [
      {
        op: "combine",
        create: (v: number) => [v],
        merge: (c: number[], v: number) => [...c, v],
        join: (a: number[], b: number[]) => [...a, ...b],
      },
      { op: "mergeCombiners", merge: () => "never" },
    ],
    [["a", 1], ["b", 2], ["a", 3]],
    [["a", [1, 3]], ["b", [2]]],
  ],
  ["keys", [{ op: "keys" }], [["a", 1]], ["a"]],
  ["values", [{ op: "values" }], [["a", 1]], [1]],
  ["mapValues", [{ op: "mapValues", f: (v: number) => v + 1 }], [["a", 1]], [[
    "a",
    2,
  ]]],
  [
    "flatMapValues",
    [{ op: "flatMapValues", f: (v: number) => [v, v] }],
    [["a", 1]],
    [["a", 1], ["a", 1]],
  ],
  ["range", [{ op: "range" }], [[5, -2, 3]], [5, 3, 1]],
  [
    "mapPartitions in the middle",
    [
      { op: "map", f: (x: number) => x * 10 },
      {
        op: "mapPartitions",
        indexed: true,
        f: (i: number, it: Iterable<number>) => [i, ...it],
      },
      { op: "map", f: (x: number) => x + 1 },
    ],
    [1, 2],
    [6, 11, 21],
  ],
  [
    "foreachPartition gives nothing",
    [{ op: "foreachPartition", f: (it: Iterable<number>) => [...it] }],
    [1, 2],
    [],
  ],
  ["foreach gives nothing", [{ op: "foreach", f: () => 1 }], [1, 2], []],
];

for (const [name, steps, input, expected] of CASES) {
  Deno.test({
    name: `stageCode() runs ${name} over batches of 1, 2 and 100 records`,
    permissions: "none",
    fn() {
      for (const size of [1, 2, 100]) {
        assert.deepEqual(run(steps, input, size), expected);
      }
    },
  });
}

Deno.test({
  name: "stageCode() hands mapPartitions records one by one, not ahead",
  permissions: "none",
  fn() {
    const seen: number[] = [];
    const steps: Steps = [
      { op: "map", f: (x: number) => (seen.push(x), x) },
      {
        op: "mapPartitions",
        indexed: false,
        f: (it: Iterator<number>) => [it.next().value, it.next().value],
      },
    ];
    assert.deepEqual(run(steps, [1, 2, 3, 4], 3), [1, 2]);
    assert.deepEqual(seen, [1, 2]);
  },
});

Deno.test({
  name:
    "a stage refuses records that are no pairs, and results that are not iterable",
  permissions: "none",
  fn() {
    assert.throws(() => run([{ op: "keys" }], [{ a: 1 }], 1), {
      condition: "RECORD_NOT_A_PAIR",
      message:
        "Cannot take a key from a record in keys() at app.ts:1:1: an object of class Object is not a pair; give it records of the form [key, value]",
    });
    assert.throws(
      () => run([{ op: "flatMap", f: () => Promise.resolve([]) }], [1], 1),
      {
        condition: "RESULT_NOT_ITERABLE",
        message:
          "Cannot iterate over the result of the function of flatMap() at app.ts:1:1: it is an object of class Promise; return the values themselves, an asynchronous function has none yet",
      },
    );
  },
});

Deno.test("an iterator that a function keeps ends with its task, wherever it stands", () => {
  const kept: Iterator<unknown>[] = [];
  const keep = (records: Iterable<unknown>): unknown[] => {
    const iterator = records[Symbol.iterator]();
    if (kept.length === 0) iterator.next(); // the other one has not begun
    kept.push(iterator);
    return [1];
  };
  const steps: Steps = [
    { op: "mapPartitions", f: keep, indexed: false },
    { op: "mapPartitions", f: keep, indexed: false },
  ];
  const tools = stageTools(["mapPartitions() at app.ts:1:1"], spill);
  const program = compile<Program>(stageCode(steps));
  program(steps, tools, 0, [["a", "b"]], () => {});
  assert.deepEqual(kept.map((records) => records.next().value), ["b", 1]);
  tools.life.end();
  for (const records of kept) {
    assert.throws(() => records.next(), {
      name: "WorkerError",
      condition: "ITERATOR_CLOSED",
      message:
        "Cannot read from an iterator of a task that has ended: read the records within the function that was given it, and keep those that are needed later",
    });
  }
});
