import assert from "node:assert/strict";
import { WorkerError } from "../../../../src/common/errors.ts";
import { AsyncCalls } from "../../../../worker/rdd/async_calls.ts";
import { asyncTools, inputOf, TestClock, TestOutput } from "./async_fixture.ts";
import { Calls, settled, start, step } from "./async_calls_rig.ts";

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
    assert.equal(
      await more.end,
      "WorkerError: Cannot get a result of the function of mapAsync() at app.ts:1:1 for the record 0: 2 attempts failed, the last one with Error: second",
    );
  },
});

Deno.test({
  name: "AsyncCalls waits longer after each attempt, up to a limit",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const { end, clock } = await start(calls, [0], {
      retries: 4,
      retryDelayMs: 10,
      backoff: 3,
      maxRetryDelayMs: 50,
    });
    for (const wait of [10, 30, 50, 50]) {
      const { length } = calls.begun;
      await calls.reject(0, new Error("again"));
      clock.advance(wait - 1);
      assert.equal(calls.begun.length, length);
      clock.advance(1);
      assert.equal(calls.begun.length, length + 1);
    }
    await calls.resolve(0);
    assert.equal(await end, "done");
  },
});

Deno.test({
  name: "AsyncCalls retries only errors that retryIf lets pass",
  permissions: "none",
  async fn() {
    const retryIf = (error: unknown): boolean => error instanceof RangeError;
    const calls = new Calls();
    const { end, clock } = await start(calls, [0], { retries: 5, retryIf });
    await calls.reject(0, new RangeError("first"));
    clock.advance(0);
    await calls.reject(0, new TypeError("second"));
    assert.equal(
      await end,
      "WorkerError: Cannot get a result of the function of mapAsync() at app.ts:1:1 for the record 0: 2 attempts failed, the last one with TypeError: second",
    );
    const once = new Calls();
    const other = await start(once, [0], { retries: 5, retryIf });
    await once.reject(0, new TypeError("not of the kind"));
    assert.equal(await other.end, "TypeError: not of the kind");
    const broken = new Calls();
    const third = await start(broken, [0], {
      retries: 5,
      retryIf: () => {
        throw new Error("retryIf itself");
      },
    });
    await broken.reject(0, new TypeError("first"));
    assert.equal(await third.end, "Error: retryIf itself");
  },
});

Deno.test({
  name: "AsyncCalls retries a call whose result throws when asked for then()",
  permissions: "none",
  async fn() {
    const calls = new Calls();
    const f = (record: number): unknown => {
      calls.begun.push(record);
      return calls.begun.length > 1 ? record : {
        get then(): unknown {
          throw new Error("not now");
        },
      };
    };
    const { end, output, clock } = await start(
      Object.assign(calls, { f }),
      [7],
      { retries: 1, retryDelayMs: 5 },
    );
    clock.advance(5);
    assert.equal(await end, "done");
    assert.deepEqual(output.records, [7]);
  },
});

Deno.test({
  name: "AsyncCalls gives a function that asks for it the attempt and a signal",
  permissions: "none",
  async fn() {
    const seen: { attempt: number; signal: AbortSignal }[] = [];
    const tools = asyncTools(new TestOutput(), new TestClock());
    const clock = tools.clock as TestClock;
    const f = (
      _: number,
      call: { attempt: number; signal: AbortSignal },
    ): Promise<unknown> => {
      seen.push(call);
      return new Promise((_, reject) =>
        call.signal.addEventListener(
          "abort",
          () => reject(call.signal.reason),
        )
      );
    };
    const timed = step(f, { timeoutMs: 100, retries: 1, concurrency: 2 });
    const end = new AsyncCalls(timed, await inputOf([7, 8]), tools).run();
    const rejected = assert.rejects(end, { condition: "RETRIES_FAILED" });
    await settled();
    await settled();
    assert.deepEqual(seen.map(({ attempt }) => attempt), [1, 1]);
    clock.advance(100);
    assert.ok(seen.every(({ signal }) => signal.aborted));
    assert.equal(seen[0]?.signal.reason.condition, "RECORD_TIMED_OUT");
    clock.advance(0);
    assert.deepEqual(seen.map(({ attempt }) => attempt), [1, 1, 2, 2]);
    clock.advance(100);
    await rejected;
    // The first one's end ended the other.
    assert.ok(seen.every(({ signal }) => signal.aborted));
  },
});

Deno.test({
  name: "AsyncCalls hands one record to functions of one parameter",
  permissions: "none",
  async fn() {
    const output = new TestOutput();
    const counts = (...args: unknown[]): number => args.length;
    const calls = new AsyncCalls(
      step(counts),
      await inputOf([1]),
      asyncTools(output),
    );
    await calls.run();
    assert.deepEqual(output.records, [1]);
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
      assert.equal(error.condition, "RETRIES_FAILED");
      assert.deepEqual(error.parameters, {
        site: "mapAsync() at app.ts:1:1",
        attempts: 2,
        record: "4",
      });
      const { cause } = error;
      assert.ok(cause instanceof WorkerError);
      assert.equal(cause.condition, "RECORD_TIMED_OUT");
      assert.deepEqual(cause.parameters, {
        site: "mapAsync() at app.ts:1:1",
        timeoutMs: 100,
        record: "4",
      });
      assert.equal(
        cause.message,
        'Cannot wait any longer for the function of mapAsync() at app.ts:1:1: after 100 ms it has not finished with the record 4; raise "timeoutMs", or lower "concurrency" where calls hold each other up',
      );
      return true;
    });
    await settled();
    await settled();
    await calls.resolve(3);
    assert.equal(clock.timers, 1); // that of 3 is off
    clock.advance(100);
    clock.advance(0);
    assert.deepEqual(calls.begun, [3, 4, 4]);
    clock.advance(99);
    await settled();
    clock.advance(1);
    await rejected;
    await calls.reject(4, new Error("too late to matter"));
  },
});

Deno.test({
  name: "AsyncCalls tells of calls that it gave up and that still go on",
  permissions: "none",
  async fn() {
    for (const [settles, expected] of [[false, true], [true, false]] as const) {
      const calls = new Calls();
      const tools = asyncTools(new TestOutput(), new TestClock());
      const clock = tools.clock as TestClock;
      const first = Promise.withResolvers<unknown>();
      let attempts = 0;
      const timed = step(
        (record: number) => attempts++ === 0 ? first.promise : calls.f(record),
        { timeoutMs: 100, retries: 1 },
      );
      const end = new AsyncCalls(timed, await inputOf([3]), tools).run();
      await settled();
      clock.advance(100);
      clock.advance(0);
      if (settles) first.reject(new Error("late"));
      await settled();
      await calls.resolve(3);
      assert.equal(await end, expected);
    }
  },
});
