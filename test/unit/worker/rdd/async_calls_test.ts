import assert from "node:assert/strict";
import fc from "fast-check";
import { WorkerError } from "../../../../src/common/errors.ts";
import { AsyncCalls } from "../../../../worker/rdd/async_calls.ts";
import { turnOfTheLoop } from "../../../../worker/task/event_loop.ts";
import {
  asyncTools,
  batchFrames,
  inputOf,
  openAsync,
  TestClock,
  TestOutput,
  TestSource,
} from "./async_fixture.ts";

type Step = ConstructorParameters<typeof AsyncCalls>[0];

function step(f: (record: never) => unknown, more: Partial<Step> = {}): Step {
  return {
    op: "mapAsync",
    f,
    kind: "map",
    concurrency: 4,
    ordered: true,
    timeoutMs: null,
    retries: 0,
    retryDelayMs: 0,
    ...more,
  };
}

/** A function whose calls end when the test says so. */
class Calls {
  readonly pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly begun: number[] = [];
  most = 0;

  readonly f = (record: number): Promise<unknown> => {
    const call = Promise.withResolvers<unknown>();
    this.begun.push(record);
    this.pending.set(record, call);
    this.most = Math.max(this.most, this.pending.size);
    return call.promise;
  };

  async resolve(record: number, value: unknown = record): Promise<void> {
    this.pending.get(record)?.resolve(value);
    this.pending.delete(record);
    await settled();
  }

  async reject(record: number, error: unknown): Promise<void> {
    this.pending.get(record)?.reject(error);
    this.pending.delete(record);
    await settled();
  }
}

/** On a busy machine the stage lets the loop turn more often, and goes on a turn later. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await turnOfTheLoop();
}

async function start(
  calls: Calls,
  records: readonly unknown[],
  more: Partial<Step> = {},
  output = new TestOutput(),
  clock = new TestClock(),
): Promise<{ end: Promise<string>; output: TestOutput; clock: TestClock }> {
  const tools = asyncTools(output, clock);
  const input = await inputOf(records);
  const running = new AsyncCalls(step(calls.f, more), input, tools).run();
  const end = running.then(() => "done", (error) => String(error));
  await settled();
  return { end, output, clock };
}

Deno.test({
  name: "AsyncCalls begins no more calls at once than allowed",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const { end, output } = await start(calls, [0, 1, 2, 3, 4, 5, 6], {
      concurrency: 3,
    });
    assert.deepEqual(calls.begun, [0, 1, 2]);
    await calls.resolve(1);
    assert.deepEqual(calls.begun, [0, 1, 2, 3]);
    for (const record of [0, 2, 3, 4, 5, 6]) await calls.resolve(record);
    assert.equal(await end, "done");
    assert.equal(calls.most, 3);
    assert.deepEqual(output.records, [0, 1, 2, 3, 4, 5, 6]);
  },
});

Deno.test({
  name: "AsyncCalls gives results in order, or as they are done",
  permissions: "none",
  async fn() {
    for (const ordered of [true, false]) {
      const calls = new Calls();
      const { end, output } = await start(calls, [0, 1, 2, 3], { ordered });
      for (const record of [2, 0, 3, 1]) await calls.resolve(record);
      assert.equal(await end, "done");
      assert.deepEqual(output.records, ordered ? [0, 1, 2, 3] : [2, 0, 3, 1]);
    }
  },
});

Deno.test({
  name: "AsyncCalls keeps only so many results that wait for an earlier one",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const records = Array.from({ length: 100 }, (_, i) => i);
    const { end, output } = await start(calls, records, { concurrency: 2 });
    for (let record = 1; calls.pending.size > 1; record++) {
      await calls.resolve(record);
    }
    assert.equal(calls.begun.length, 16); // 8 for each call that may be under way
    await calls.resolve(0);
    while (calls.pending.size > 0) {
      await calls.resolve(Number([...calls.pending.keys()].pop()));
    }
    assert.equal(await end, "done");
    assert.deepEqual(output.records, records);
  },
});

Deno.test({
  name: "AsyncCalls takes plain results, thenables, and empty partitions",
  permissions: "none",
  async fn() {
    const thenable = (n: number): unknown => ({
      then: (resolve: (value: number) => void) => resolve(n * 10),
    });
    for (const records of [[], [1, 2, 3, 4, 5]]) {
      const output = new TestOutput();
      const f = (n: number): unknown => n % 2 === 0 ? thenable(n) : n * 10;
      await new AsyncCalls(step(f), await inputOf(records), asyncTools(output))
        .run();
      assert.deepEqual(output.records, records.map((n) => n * 10));
    }
  },
});

Deno.test({
  name:
    "AsyncCalls for flatMap takes iterables, asynchronous ones, and promises",
  permissions: "none",
  async fn() {
    async function* twice(n: number): AsyncGenerator<number> {
      yield n;
      await turnOfTheLoop();
      yield -n;
    }
    const kinds: readonly ((n: number) => unknown)[] = [
      (n) => [n, -n],
      (n) => Promise.resolve([n, -n]),
      twice,
      (n) => Promise.resolve(twice(n)),
    ];
    for (const f of kinds) {
      const output = new TestOutput();
      const input = await inputOf([1, 2]);
      const flat = step(f, { kind: "flatMap" });
      await new AsyncCalls(flat, input, asyncTools(output)).run();
      assert.deepEqual(output.records, [1, -1, 2, -2]);
    }
    const none = step(() => 5, { kind: "flatMap" });
    await assert.rejects(
      new AsyncCalls(none, await inputOf([1]), asyncTools(new TestOutput()))
        .run(),
      { message: "This cannot be iterated" },
    );
  },
});

Deno.test({
  name: "AsyncCalls for foreach gives nothing",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const { end, output } = await start(calls, [0, 1], { kind: "foreach" });
    await calls.resolve(0);
    await calls.resolve(1);
    assert.equal(await end, "done");
    assert.deepEqual(output.records, []);
  },
});

Deno.test({
  name: "AsyncCalls ends with the first error, and begins nothing more",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const { end, output } = await start(calls, [0, 1, 2, 3, 4, 5], {
      concurrency: 3,
    });
    await calls.resolve(0);
    await calls.reject(2, new RangeError("of 2"));
    assert.equal(await end, "RangeError: of 2");
    await calls.resolve(1);
    await calls.reject(3, new Error("nobody looks"));
    assert.deepEqual(calls.begun, [0, 1, 2, 3]);
    assert.deepEqual(output.records, [0]);

    const thrown = step(() => {
      throw new TypeError("at once");
    });
    const tools = asyncTools(new TestOutput());
    await assert.rejects(
      new AsyncCalls(thrown, await inputOf([1]), tools).run(),
      { message: "at once" },
    );
  },
});

Deno.test({
  name: "AsyncCalls ends with the error of its input while calls are under way",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const source = new TestSource();
    const input = await openAsync(source, { kind: "batch" });
    const tools = asyncTools(new TestOutput());
    const end = new AsyncCalls(step(calls.f), input, tools).run();
    source.push(batchFrames([[1]]).subarray(0, -4));
    await turnOfTheLoop();
    assert.deepEqual(calls.begun, [1]);
    source.end();
    await assert.rejects(end, { message: "This read would block" });
  },
});

Deno.test({
  name: "AsyncCalls retries as often as told, after a delay",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const { end, output, clock } = await start(calls, [0], {
      retries: 2,
      retryDelayMs: 50,
    });
    await calls.reject(0, new Error("first"));
    clock.advance(49);
    assert.deepEqual(calls.begun, [0]);
    clock.advance(1);
    assert.deepEqual(calls.begun, [0, 0]);
    await calls.reject(0, new Error("second"));
    clock.advance(50);
    await calls.resolve(0, "third");
    assert.equal(await end, "done");
    assert.deepEqual(output.records, ["third"]);

    const failing = new Calls();
    const more = await start(failing, [0], { retries: 1 });
    await failing.reject(0, new Error("first"));
    more.clock.advance(0);
    await failing.reject(0, new Error("second"));
    assert.equal(await more.end, "Error: second");
  },
});

Deno.test({
  name: "AsyncCalls gives up a call that takes too long, and names its record",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const tools = asyncTools(new TestOutput(), new TestClock());
    const clock = tools.clock as TestClock;
    const timed = step(calls.f, { timeoutMs: 100, retries: 1 });
    const end = new AsyncCalls(timed, await inputOf([3, 4]), tools).run();
    const rejected = assert.rejects(end, (error) => {
      assert.ok(error instanceof WorkerError);
      assert.equal(error.condition, "RECORD_TIMED_OUT");
      assert.deepEqual(error.parameters, {
        site: "mapAsync() at app.ts:1:1",
        timeoutMs: 100,
        record: "4",
      });
      assert.equal(
        error.message,
        'Cannot wait any longer for the function of mapAsync() at app.ts:1:1: after 100 ms it has not finished with the record 4; raise "timeoutMs", or lower "concurrency" where calls hold each other up',
      );
      return true;
    });
    await turnOfTheLoop();
    await turnOfTheLoop();
    await calls.resolve(3);
    assert.equal(clock.timers, 1); // that of 3 is off
    clock.advance(100);
    clock.advance(0);
    assert.deepEqual(calls.begun, [3, 4, 4]);
    clock.advance(99);
    await turnOfTheLoop();
    clock.advance(1);
    await rejected;
    await calls.reject(4, new Error("too late to matter"));
  },
});

Deno.test({
  name: "AsyncCalls begins nothing while the output is full",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const output = new TestOutput();
    output.isFull = true;
    const { end } = await start(calls, [0, 1], {}, output);
    assert.deepEqual(calls.begun, []);
    output.drain();
    await turnOfTheLoop();
    await turnOfTheLoop();
    assert.deepEqual(calls.begun, [0, 1]);
    await calls.resolve(1);
    await calls.resolve(0);
    assert.equal(await end, "done");
  },
});

Deno.test({
  name: "AsyncCalls ends as soon as no further record is wanted",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const { end, output } = await start(
      calls,
      [0, 1, 2, 3, 4, 5],
      { concurrency: 3 },
      new TestOutput(2),
    );
    await calls.resolve(1);
    await calls.resolve(0);
    assert.equal(await end, "done");
    assert.deepEqual(output.records, [0, 1]);
    await calls.resolve(2);
    assert.equal(calls.begun.length, 4);
  },
});

Deno.test({
  name:
    "AsyncCalls gives each record's result once, whatever the order of ends",
  permissions: "none",
  async fn() {
    const plans = fc.record({
      delays: fc.array(fc.nat(5), { maxLength: 60 }),
      concurrency: fc.integer({ min: 1, max: 9 }),
      ordered: fc.boolean(),
      failures: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(
        plans,
        async ({ delays, concurrency, ordered, failures }) => {
          const left = delays.map(() => failures);
          let [now, most] = [0, 0];
          const f = async (i: number): Promise<number> => {
            now++;
            most = Math.max(most, now);
            for (let n = delays[i] ?? 0; n > 0; n--) await turnOfTheLoop();
            now--;
            const more = left[i] ?? 0;
            left[i] = more - 1;
            if (more > 0) throw new Error("not yet");
            return i;
          };
          const output = new TestOutput();
          const at = {
            after: (
              _: number,
              then: () => void,
            ) => (queueMicrotask(then), () => {}),
          };
          const records = delays.map((_, i) => i);
          const input = await inputOf(records, 7);
          const calls = step(f, { concurrency, ordered, retries: failures });
          await new AsyncCalls(calls, input, asyncTools(output, at)).run();
          assert.ok(most <= concurrency);
          const got = output.records as number[];
          assert.deepEqual(
            ordered ? got : got.toSorted((a, b) => a - b),
            records,
          );
        },
      ),
      { numRuns: 50 },
    );
  },
});
