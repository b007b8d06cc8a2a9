import assert from "node:assert/strict";
import { AsyncWriter } from "../../../../worker/rdd/async_writer.ts";
import { turnOfTheLoop } from "../../../../worker/task/event_loop.ts";

/** Takes a piece whenever the test says so. */
class TestIo {
  readonly written: number[] = [];
  #next = Promise.withResolvers<void>();

  async writeAsync(bytes: Uint8Array): Promise<void> {
    await this.#next.promise;
    this.written.push(...bytes.subarray(0, 1));
  }

  async go(): Promise<void> {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
    await turnOfTheLoop();
  }

  async fail(): Promise<void> {
    this.#next.reject(new Error("closed"));
    this.#next = Promise.withResolvers();
    await turnOfTheLoop();
  }
}

Deno.test({
  name: "AsyncWriter writes copies in order, and drain() waits for the last",
  permissions: "none",
  async fn() {
    const io = new TestIo();
    const writer = new AsyncWriter(io);
    await writer.drain();
    const bytes = new Uint8Array([1]);
    writer.write(bytes);
    bytes[0] = 2;
    writer.write(bytes);
    writer.write(new Uint8Array());
    let isDone = false;
    const drained = writer.drain().then(() => isDone = true);
    await io.go();
    assert.deepEqual([io.written, isDone], [[1], false]);
    await io.go();
    await drained;
    assert.deepEqual(io.written, [1, 2]);
  },
});

Deno.test({
  name: "AsyncWriter is full from a MiB on, and free when less is left",
  permissions: "none",
  async fn() {
    const io = new TestIo();
    const writer = new AsyncWriter(io);
    await writer.whenFree();
    writer.write(new Uint8Array(1 << 19));
    assert.equal(writer.isFull, false);
    writer.write(new Uint8Array(1 << 19));
    assert.equal(writer.isFull, true);
    const free = writer.whenFree();
    await io.go();
    await free;
    assert.equal(writer.isFull, false);
  },
});

Deno.test({
  name: "AsyncWriter passes on an error to whoever waits, now and later",
  permissions: "none",
  async fn() {
    const io = new TestIo();
    const writer = new AsyncWriter(io);
    writer.write(new Uint8Array(1 << 21));
    const free = assert.rejects(writer.whenFree(), { message: "closed" });
    const drained = assert.rejects(writer.drain(), { message: "closed" });
    await io.fail();
    await Promise.all([free, drained]);
    assert.equal(writer.isFull, true);
    await assert.rejects(writer.whenFree(), { message: "closed" });
    await assert.rejects(writer.drain(), { message: "closed" });
    await writer.stop();
  },
});

Deno.test({
  name: "AsyncWriter.stop() waits for the piece under way and drops the others",
  permissions: "none",
  async fn() {
    const io = new TestIo();
    const writer = new AsyncWriter(io);
    writer.write(new Uint8Array([1]));
    writer.write(new Uint8Array([2]));
    const stopped = writer.stop();
    await io.go();
    await stopped;
    await io.go();
    assert.deepEqual(io.written, [1]);
  },
});
