import assert from "node:assert/strict";
import { SparkError } from "../../../../src/common/errors.ts";
import { Interruption } from "../../../../src/driver/gateway/interruption.ts";
import type { JavaObject } from "../../../../src/driver/gateway/java_object.ts";
import { ProgramOrder } from "../../../../src/driver/runtime/program_order.ts";
import {
  type CommandPlace,
  CommandQueue,
} from "../../../../src/driver/sql/command_queue.ts";

const SITE = { operation: "sql()", position: "program.ts:3:4" };
const SESSION = {} as JavaObject;

/** Runs commands as the application does, without a JVM. */
class FakePlace implements CommandPlace {
  readonly order = new ProgramOrder();
  readonly gateway = { interruption: new Interruption() };

  async command<T>(_site: unknown, body: () => Promise<T>): Promise<T> {
    return await this.order.command(body);
  }
}

function openQueue(): { place: FakePlace; queue: CommandQueue } {
  const place = new FakePlace();
  return {
    place,
    queue: new CommandQueue(place, () => Promise.resolve(SESSION)),
  };
}

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, permissions: "none", fn });
}

test("CommandQueue runs commands one after another, though nobody awaits them", async () => {
  const { queue } = openQueue();
  const seen: string[] = [];
  const first = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  void queue.enqueue(SITE, async (session) => {
    assert.equal(session, SESSION);
    begun.resolve();
    await first.promise;
    seen.push("first");
  });
  void queue.enqueue(SITE, () => Promise.resolve(seen.push("second")));
  await begun.promise;
  assert.deepEqual(seen, []);
  first.resolve();
  await queue.drain();
  assert.deepEqual(seen, ["first", "second"]);
});

test("CommandQueue throws a failure that nobody looked at once, at the next drain()", async () => {
  const { queue, place } = openQueue();
  const error = new Error("no such table");
  void queue.enqueue(SITE, () => Promise.reject(error));
  await assert.rejects(place.order.settled(), error);
  await queue.drain();
  await place.order.settled();
});

test("CommandQueue leaves a failure to those who awaited its command", async () => {
  const { queue } = openQueue();
  const error = new Error("no such table");
  await assert.rejects(queue.enqueue(SITE, () => Promise.reject(error)), error);
  const caught = queue.enqueue(SITE, () => Promise.reject(error))
    .catch((reason: unknown) => reason);
  await queue.drain();
  assert.equal(await caught, error);
});

test("CommandQueue goes on after a failure, and tells several together", async () => {
  const { queue } = openQueue();
  void queue.enqueue(SITE, () => Promise.reject(new Error("one")));
  const good = queue.enqueue(SITE, () => Promise.resolve(7));
  void queue.enqueue(SITE, () => Promise.reject(new Error("two")));
  await assert.rejects(queue.drain(), (error: unknown) => {
    assert.ok(error instanceof SparkError);
    assert.equal(error.condition, "COMMANDS_FAILED");
    assert.equal(
      error.message,
      "Cannot go on: 2 operations before this failed, and nobody awaited them:\n- one\n- two",
    );
    assert.ok(error.cause instanceof AggregateError);
    assert.equal(error.cause.errors.length, 2);
    return true;
  });
  assert.equal(await good, 7);
});

test("CommandQueue runs what a command queues at once, and waits for nothing in it", async () => {
  const { queue } = openQueue();
  const result = queue.enqueue(SITE, async () => {
    await queue.drain();
    return await queue.enqueue(SITE, () => Promise.resolve("inner"));
  });
  assert.equal(await result, "inner");
});

test("CommandQueue keeps a failure for the action after an aborted one", async () => {
  const { queue, place } = openQueue();
  const error = new Error("no such table");
  void queue.enqueue(SITE, () => Promise.reject(error));
  const reason = new Error("aborted");
  await assert.rejects(
    place.gateway.interruption.run(
      AbortSignal.abort(reason),
      () => queue.drain(),
    ),
    reason,
  );
  await assert.rejects(queue.drain(), error);
});
