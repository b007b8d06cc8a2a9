import assert from "node:assert/strict";
import type { AsyncStep } from "../../../../src/protocol/step.ts";
import { runAsyncStage } from "../../../../worker/rdd/async_stage.ts";
import { turnOfTheLoop } from "../../../../worker/task/event_loop.ts";
import { asyncTools, inputOf, TestOutput } from "./async_fixture.ts";

async function run(
  step: AsyncStep<unknown>,
  records: readonly unknown[],
  output = new TestOutput(),
): Promise<unknown[]> {
  await runAsyncStage(step, await inputOf(records), asyncTools(output));
  return output.records;
}

/** A step over whole partitions. */
function partitions(
  f: (records: IteratorObject<number>) => unknown,
): AsyncStep<unknown> {
  return { op: "mapPartitionsAsync", f, indexed: false };
}

const KINDS: readonly [string, (r: IteratorObject<number>) => unknown][] = [
  ["an asynchronous generator", async function* (records) {
    for await (const n of records) yield n * 2;
  }],
  ["a promise of a list", async (records) => {
    const doubled: number[] = [];
    for await (const n of records) doubled.push(n * 2);
    return doubled;
  }],
  ["a promise of an asynchronous generator", async (records) => {
    await turnOfTheLoop();
    return async function* () {
      for await (const n of records) yield n * 2;
    }();
  }],
  [
    "a promise of an iterator",
    (records) => Promise.resolve(records.map((n) => n * 2)),
  ],
];

for (const [name, f] of KINDS) {
  Deno.test({
    name: `runAsyncStage() takes ${name} from mapPartitions`,
    permissions: "none",
    async fn() {
      assert.deepEqual(await run(partitions(f), [1, 2, 3, 4]), [2, 4, 6, 8]);
      assert.deepEqual(await run(partitions(f), []), []);
      assert.deepEqual(
        await run(partitions(f), [1, 2, 3, 4], new TestOutput(3)),
        [2, 4, 6],
      );
    },
  });
}

Deno.test({
  name: "runAsyncStage() gives mapPartitionsWithIndex the partition's index",
  permissions: "none",
  async fn() {
    const f = (index: number): Promise<number[]> => Promise.resolve([index]);
    const step = { op: "mapPartitionsAsync", f, indexed: true } as const;
    assert.deepEqual(await run(step, [1, 2, 3]), [7]);
  },
});

Deno.test({
  name: "runAsyncStage() ends a generator whose records nobody wants any more",
  permissions: "none",
  async fn() {
    let hasEnded = false;
    const step = partitions(async function* (records) {
      try {
        for await (const n of records) yield n;
      } finally {
        hasEnded = true;
      }
    });
    await run(step, [1, 2, 3], new TestOutput(1));
    assert.equal(hasEnded, true);
  },
});

Deno.test({
  name: "runAsyncStage() holds a generator up while the output is full",
  permissions: "none",
  async fn() {
    const output = new TestOutput();
    output.isFull = true;
    const running = run(
      partitions(async function* (records) {
        for await (const n of records) yield n;
      }),
      [1, 2],
      output,
    );
    for (let i = 0; i < 10; i++) await turnOfTheLoop();
    assert.deepEqual(output.records, [1]);
    output.drain();
    assert.deepEqual(await running, [1, 2]);
  },
});

Deno.test({
  name: "runAsyncStage() passes on what a function over partitions throws",
  permissions: "none",
  async fn() {
    const step = partitions(async function* (records) {
      for await (const n of records) {
        yield n;
        if (n === 2) throw new RangeError("of 2");
      }
    });
    await assert.rejects(run(step, [1, 2, 3]), { message: "of 2" });
    const none = partitions(() => Promise.resolve(5));
    await assert.rejects(run(none, [1]), {
      message: "This cannot be iterated",
    });
  },
});

Deno.test({
  name: "runAsyncStage() runs foreachPartition to its end, generators as well",
  permissions: "none",
  async fn() {
    const seen: number[] = [];
    const kinds: readonly ((r: IteratorObject<number>) => unknown)[] = [
      async (records) => {
        for await (const n of records) seen.push(n);
      },
      async function* (records) {
        for await (const n of records) yield seen.push(n);
      },
      (records) => Promise.resolve(records.map((n) => seen.push(n))),
    ];
    for (const f of kinds) {
      seen.length = 0;
      assert.deepEqual(
        await run({ op: "foreachPartitionAsync", f }, [1, 2]),
        [],
      );
      assert.deepEqual(seen, [1, 2]);
    }
  },
});

Deno.test({
  name: "runAsyncStage() runs mapAsync",
  permissions: "none",
  async fn() {
    const step = {
      op: "mapAsync",
      f: (n: number) => Promise.resolve(n + 1),
      kind: "map",
      concurrency: 2,
      ordered: true,
      timeoutMs: null,
      retries: 0,
      retryDelayMs: 0,
      backoff: 1,
      maxRetryDelayMs: 2 ** 31 - 1,
      retryIf: null,
    } as const;
    assert.deepEqual(await run(step, [1, 2, 3]), [2, 3, 4]);
  },
});
