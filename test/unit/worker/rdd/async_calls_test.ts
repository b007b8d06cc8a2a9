import assert from "node:assert/strict";
import fc from "fast-check";
import { AsyncCalls } from "../../../../worker/rdd/async_calls.ts";
import {
  asyncTools,
  batchFrames,
  inputOf,
  openAsync,
  TestOutput,
  TestSource,
} from "./async_fixture.ts";
import { Calls, settled, start, step } from "./async_calls_rig.ts";

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
      await settled();
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
    await settled();
    assert.deepEqual(calls.begun, [1]);
    source.end();
    await assert.rejects(end, { message: "This read would block" });
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
    await settled();
    await settled();
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
            for (let n = delays[i] ?? 0; n > 0; n--) await settled();
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
