import assert from "node:assert/strict";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import type { AsyncStep } from "../../../../src/protocol/step.ts";
import type { StageOutput } from "../../../../src/protocol/command.ts";
import {
  type AsyncTask,
  runAsyncTask,
} from "../../../../worker/rdd/async_task.ts";
import { turnOfTheLoop } from "../../../../worker/task/event_loop.ts";
import { TaskLife } from "../../../../worker/task/task_life.ts";
import type { RecordOutput } from "../../../../worker/rdd/record_output.ts";
import { batchFrames, TestClock, TestSource } from "./async_fixture.ts";

const BATCH: StageOutput<unknown> = { kind: "batch", records: null };

/** A task whose bytes are the records themselves, three to a piece. */
function taskOf(
  step: AsyncStep<unknown>,
  records: readonly unknown[],
  more: Partial<AsyncTask> = {},
): { task: AsyncTask; written: number[][]; clock: TestClock } {
  const source = new TestSource();
  const bytes = batchFrames([records as unknown[]]);
  source.push(bytes);
  const written: number[][] = [];
  const clock = new TestClock();
  const task: AsyncTask = {
    step,
    site: "mapAsync() at app.ts:1:1",
    limit: null,
    index: 0,
    life: new TaskLife(),
    clock,
    io: {
      readAsync: (into) => source.readAsync(into),
      async writeAsync(piece) {
        await turnOfTheLoop();
        written.push([...piece]);
      },
    },
    reader: new ByteReader(source, 64),
    batches: [records as unknown[]],
    output: BATCH,
    openOutput: (write) => inThrees(write),
    iterable: (value) => value as Iterable<unknown>,
    failed: new Promise(() => {}),
    ...more,
  };
  return { task, written, clock };
}

function inThrees(write: (bytes: Uint8Array) => void): RecordOutput {
  let held: number[] = [];
  const finish = (): void => {
    write(new Uint8Array(held));
    held = [];
  };
  return {
    emit(record) {
      if (record === 13) throw new RangeError("13 cannot be written");
      if (held.push(Number(record)) === 3) finish();
    },
    finish,
  };
}

function mapAsync(f: (n: number) => unknown): AsyncStep<unknown> {
  return {
    op: "mapAsync",
    f,
    kind: "map",
    concurrency: 2,
    ordered: true,
    timeoutMs: null,
    retries: 0,
    retryDelayMs: 0,
    backoff: 1,
    maxRetryDelayMs: 2 ** 31 - 1,
    retryIf: null,
  };
}

Deno.test({
  name: "runAsyncTask() writes all results before it is done",
  permissions: "none",
  async fn() {
    const step = mapAsync((n) => Promise.resolve(n + 1));
    const { task, written } = taskOf(step, [1, 2, 3, 4]);
    const rest = await runAsyncTask(task);
    assert.deepEqual(written, [[2, 3, 4], [5]]);
    assert.equal(rest.hasCalls, false);
    await rest.settled;
  },
});

Deno.test({
  name:
    "runAsyncTask() hands results over after a while, where batches may be cut",
  permissions: "none",
  async fn() {
    for (const output of [BATCH, { kind: "batch", records: 3 }] as const) {
      const last = Promise.withResolvers<number>();
      const step = mapAsync((n) => n === 2 ? last.promise : Promise.resolve(n));
      const { task, written, clock } = taskOf(step, [1, 2], { output });
      const running = runAsyncTask(task);
      for (let i = 0; i < 5; i++) await turnOfTheLoop();
      clock.advance(99);
      for (let i = 0; i < 5; i++) await turnOfTheLoop();
      assert.deepEqual(written, []);
      clock.advance(1);
      for (let i = 0; i < 5; i++) await turnOfTheLoop();
      assert.deepEqual(written, output.records === null ? [[1]] : []);
      last.resolve(2);
      await running;
      assert.deepEqual(written.flat(), [1, 2]);
      assert.equal(clock.timers, 0);
    }
  },
});

Deno.test({
  name: "runAsyncTask() ends when as many records are there as are wanted",
  permissions: "none",
  async fn() {
    const step = mapAsync((n) => n < 3 ? n : new Promise(() => {}));
    const { task, written } = taskOf(step, [1, 2, 3, 4], { limit: 2 });
    const rest = await runAsyncTask(task);
    assert.deepEqual(written, [[1, 2]]);
    assert.equal(rest.hasCalls, true);
  },
});

Deno.test({
  name:
    "runAsyncTask() throws what fails, when nothing is being written any more",
  permissions: "none",
  async fn() {
    const gone = Promise.reject(new Error("left behind"));
    gone.catch(() => {/* its task comes last */});
    const failures: readonly [string, ReturnType<typeof taskOf>][] = [
      [
        "of 4",
        taskOf(
          mapAsync((n) => n === 4 ? Promise.reject(new Error("of 4")) : n),
          [1, 2, 3, 4],
        ),
      ],
      ["13 cannot be written", taskOf(mapAsync((n) => n), [1, 13])],
      [
        "left behind",
        taskOf(mapAsync(() => new Promise(() => {})), [1], { failed: gone }),
      ],
    ];
    for (const [message, { task, written }] of failures) {
      await assert.rejects(runAsyncTask(task), { message });
      const soFar = written.length;
      for (let i = 0; i < 5; i++) await turnOfTheLoop();
      assert.equal(written.length, soFar);
    }
  },
});

Deno.test({
  name: "runAsyncTask() fails when a batch that is cut cannot be written",
  permissions: "none",
  async fn() {
    let finished = 0;
    const { task, clock } = taskOf(
      mapAsync((n) => n === 2 ? new Promise(() => {}) : n),
      [1, 2],
      {
        openOutput: () => ({
          emit() {},
          finish() {
            finished++;
            throw new RangeError("no room");
          },
        }),
      },
    );
    const failed = assert.rejects(runAsyncTask(task), { message: "no room" });
    await turnOfTheLoop();
    clock.advance(100);
    await failed;
    assert.equal(finished, 1);
  },
});
