import assert from "node:assert/strict";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { WorkerError } from "../../../../src/common/errors.ts";
import type { StageInput } from "../../../../src/protocol/command.ts";
import { fallbackKernels } from "../../../../src/bridge/kernels_fallback.ts";
import { RecordCodec } from "../../../../src/serde/records/record_batch.ts";
import { AwaitedRecords } from "../../../../worker/rdd/async_input.ts";
import { turnOfTheLoop } from "../../../../worker/task/event_loop.ts";
import { openInput } from "../../../../worker/rdd/record_input.ts";
import {
  batchFrames,
  chunkedSource,
  inputOf,
  openAsync,
  TestSource,
  unblockedReader,
} from "./async_fixture.ts";

const TEXT = new ByteWriter().writeString("").writeString("one").writeInt(-5)
  .writeString("ü€𝄞".repeat(50)).writeInt(-1).finish();
const BYTES = new ByteWriter().writeSizedBytes(new Uint8Array([1, 2]))
  .writeSizedBytes(new Uint8Array()).writeInt(-1).finish();
const PAIRS = new ByteWriter().writeString("a").writeString("b")
  .writeString("c").writeString("d").writeInt(-1).finish();
const BATCHES = batchFrames([[1, 2], ["x"], [{ a: [null] }, 4]]);
const FOUR = batchFrames([[1, 2], ["a", "b"], [3], ["c"]]);

const CASES: readonly [StageInput, Uint8Array][] = [
  [{ kind: "text" }, TEXT],
  [{ kind: "bytes" }, BYTES],
  [{ kind: "pair", first: "text", second: "bytes" }, PAIRS],
  [{ kind: "batch" }, BATCHES],
  [{ kind: "zip" }, FOUR],
  [{ kind: "cartesian" }, FOUR],
  [{ kind: "batch" }, batchFrames([])],
];

for (const [input, bytes] of CASES) {
  Deno.test({
    name:
      `AsyncInput reads ${bytes.length} bytes of "${input.kind}" as the blocking input does, in chunks of any size, and never blocks`,
    permissions: "none",
    async fn() {
      const expected = await blocking(input, bytes);
      for (const chunk of [1, 2, 3, 5, 7, 64, 1000]) {
        const opened = await openAsync(chunkedSource(bytes, chunk), input);
        const records: unknown[] = [];
        for await (const r of new AwaitedRecords(opened)) records.push(r);
        assert.deepEqual(records, expected);
        assert.equal(opened.hasEnded, true);
      }
    },
  });
}

for (const [input, bytes] of CASES) {
  Deno.test({
    name:
      `openInput counts ${bytes.length} bytes of "${input.kind}" as it reads them, in chunks of any size`,
    permissions: "none",
    async fn() {
      const wanted = (await blocking(input, bytes)).length;
      for (const chunk of [1, 3, 64, 1000]) {
        const tools = {
          reader: ByteReader.of(bytes, chunk),
          kernels: fallbackKernels(),
          codec: new RecordCodec(),
        };
        let count = 0;
        for (const batch of await openInput(tools, input, true)) {
          count += batch.length;
        }
        assert.equal(count, wanted);
      }
    },
  });
}

async function blocking(
  input: StageInput,
  bytes: Uint8Array,
): Promise<unknown[]> {
  const tools = {
    reader: ByteReader.of(bytes),
    kernels: fallbackKernels(),
    codec: new RecordCodec(),
  };
  return [...await openInput(tools, input)].flat();
}

Deno.test({
  name: "AsyncInput.wait() waits for a whole frame, others of the loop go on",
  permissions: "none",
  async fn() {
    const source = new TestSource();
    const input = await openAsync(source, { kind: "batch" });
    const bytes = batchFrames([[1, 2]]);
    let isThere = false;
    const waiting = input.wait().then(() => isThere = true);
    for (const byte of bytes.subarray(0, -5)) {
      source.push(new Uint8Array([byte]));
      await turnOfTheLoop();
      assert.equal(isThere, false);
      assert.equal(input.isReady, false);
    }
    source.push(bytes.subarray(-5, -4));
    await waiting;
    assert.equal(input.isReady, true);
    assert.deepEqual(input.take(), [1, 2]);
    assert.equal(input.isReady, false);
    source.push(bytes.subarray(-4));
    await input.wait();
    assert.equal(input.take(), null);
    assert.equal(input.take(), null);
    assert.equal(input.hasEnded, true);
  },
});

Deno.test({
  name: "AsyncInput says what is wrong when the JVM closes within a frame",
  permissions: "none",
  async fn() {
    const bytes = batchFrames([[1, 2]]);
    const cuts: readonly [number, string][] = [
      [0, "BYTES_TRUNCATED"],
      [2, "BYTES_TRUNCATED"],
      [6, "FRAME_TRUNCATED"],
    ];
    for (const [cut, condition] of cuts) {
      const source = new TestSource();
      source.push(bytes.subarray(0, cut));
      source.end();
      const reader = new ByteReader(source, 64);
      const input = await openAsync(source, { kind: "batch" }, reader);
      await input.wait();
      assert.equal(input.isReady, true);
      assert.throws(() => input.take(), { condition });
    }
  },
});

Deno.test({
  name: "AsyncInput refuses blocking reads while somebody waits",
  permissions: "none",
  async fn() {
    const source = new TestSource();
    const input = await openAsync(source, { kind: "batch" });
    const waiting = input.wait();
    assert.throws(() => new AwaitedRecords(input).next(), (error) => {
      assert.ok(error instanceof WorkerError);
      assert.equal(error.condition, "READ_UNDER_WAY");
      assert.equal(
        error.message,
        "Cannot read records in a blocking way: an asynchronous read of the same records is under way; await it first",
      );
      return true;
    });
    let isSettled = false;
    const settled = input.settled().then(() => isSettled = true);
    await turnOfTheLoop();
    assert.equal(isSettled, false);
    source.push(batchFrames([[1]]));
    await Promise.all([waiting, settled]);
    assert.deepEqual(input.take(), [1]);
  },
});

Deno.test({
  name: "AwaitedRecords reads in turn with for await, for, and its helpers",
  permissions: "none",
  async fn() {
    const reader = ByteReader.of(batchFrames([[1, 2], [], [3, 4, 5], [6, 7]]));
    const never = { readAsync: () => Promise.reject(new Error("not needed")) };
    assert.ok(reader.fill(20)); // all of it comes at once
    const input = await openAsync(never, { kind: "batch" }, reader);
    const records = new AwaitedRecords(input);
    assert.deepEqual(records.next(), { done: false, value: 1 });
    const first = await records[Symbol.asyncIterator]().next();
    assert.deepEqual(first, { done: false, value: 2 });
    assert.deepEqual(records.take(2).toArray(), [3, 4]);
    const rest: unknown[] = [];
    for await (const record of records) rest.push(record);
    assert.deepEqual(rest, [5, 6, 7]);
    assert.deepEqual(records.next(), { done: true, value: undefined });
  },
});

Deno.test({
  name: "two readers of the same AwaitedRecords share them",
  permissions: "none",
  async fn() {
    const all = Array.from({ length: 20 }, (_, i) => i);
    const records = new AwaitedRecords(await inputOf(all, 2));
    const got: unknown[] = [];
    const read = async (): Promise<void> => {
      for await (const record of records) got.push(record);
    };
    await Promise.all([read(), read()]);
    assert.deepEqual(got.sort((a, b) => Number(a) - Number(b)), all);
  },
});

Deno.test({
  name: "AsyncInput lets timers run while all records are there already",
  permissions: "none",
  async fn() {
    const records = Array.from({ length: 200_000 }, (_, i) => i);
    const batches = Array.from(
      { length: 2000 },
      (_, i) => records.slice(100 * i, 100 * i + 100),
    );
    const bytes = batchFrames(batches);
    const reader = ByteReader.of(bytes);
    assert.ok(reader.fill(bytes.length));
    const source = new TestSource();
    const input = await openAsync(source, { kind: "batch" }, reader);
    let turns = 0;
    let isDone = false;
    const count = async (): Promise<void> => {
      for (; !isDone; turns++) await turnOfTheLoop();
    };
    const counting = count();
    let last: unknown;
    for await (const record of new AwaitedRecords(input)) last = record;
    isDone = true;
    await counting;
    assert.equal(last, 199_999);
    assert.ok(turns > 1, `${turns}`);
  },
});

Deno.test({
  name: "unblockedReader(), on which these tests rely, refuses to block",
  permissions: "none",
  fn() {
    assert.throws(() => unblockedReader().readInt(), {
      message: "This read would block",
    });
  },
});
