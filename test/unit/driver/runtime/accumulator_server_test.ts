import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import {
  AccumulatorServer,
  UpdateReader,
} from "../../../../src/driver/runtime/accumulator_server.ts";
import { MAX_UPDATE_BYTES } from "../../../../src/protocol/limits.ts";

const TOKEN = new TextEncoder().encode("s3cret");
const TASKS = [[[1, 2, 3], []], [], [[9]]];

function written(): Uint8Array {
  const writer = new ByteWriter();
  writer.writeBytes(TOKEN);
  for (const updates of TASKS) {
    writer.writeInt(updates.length);
    for (const update of updates) {
      writer.writeSizedBytes(new Uint8Array(update));
    }
  }
  return writer.finish();
}

for (const size of [1, 3, 7, 1000]) {
  Deno.test({
    name: `UpdateReader cuts chunks of ${size} bytes into tasks`,
    permissions: "none",
    fn() {
      const reader = new UpdateReader(TOKEN);
      const bytes = written();
      const tasks: number[][][] = [];
      for (let at = 0; at < bytes.length; at += size) {
        const got = reader.push(bytes.subarray(at, at + size));
        assert.ok(got !== null);
        for (const task of got) tasks.push(task.map((update) => [...update]));
      }
      assert.deepEqual(tasks, TASKS);
    },
  });
}

Deno.test({
  name: "UpdateReader does not trust a wrong token, nor impossible lengths",
  permissions: "none",
  fn() {
    const wrong = new UpdateReader(TOKEN);
    assert.equal(wrong.push(new TextEncoder().encode("s3creX")), null);
    const negative = new UpdateReader(new Uint8Array(0));
    assert.equal(negative.push(new ByteWriter().writeInt(-1).finish()), null);
    for (const length of [-1, MAX_UPDATE_BYTES + 1]) {
      const long = new UpdateReader(new Uint8Array(0));
      const bytes = new ByteWriter().writeInt(1).writeInt(length).finish();
      assert.equal(long.push(bytes), null);
    }
  },
});

Deno.test({
  name: "UpdateReader waits for all of a token",
  permissions: "none",
  fn() {
    assert.deepEqual(new UpdateReader(TOKEN).push(TOKEN.subarray(0, 3)), []);
  },
});

/** Sends bytes and gives what comes back until the other side closes, or `count` bytes came. */
async function exchange(
  port: number,
  bytes: Uint8Array,
  count: number,
): Promise<number[]> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(bytes);
  const got: number[] = [];
  for await (const chunk of socket) {
    got.push(...chunk as Uint8Array);
    if (got.length >= count) break;
  }
  socket.destroy();
  return got;
}

Deno.test("AccumulatorServer applies a task's updates before it acknowledges them", async () => {
  const applied: number[] = [];
  const server = await AccumulatorServer.listen(
    "s3cret",
    (updates) => applied.push(updates.length),
    null,
  );
  assert.equal(server.address.kind, "tcp");
  const port = server.address.kind === "tcp" ? server.address.port : 0;
  assert.deepEqual(await exchange(port, written(), 3), [1, 1, 1]);
  assert.deepEqual(applied, [2, 0, 1]);
  server.close();
});

Deno.test("AccumulatorServer closes a connection that shows a wrong token", async () => {
  const server = await AccumulatorServer.listen("s3cret", () => {
    throw new Error("applied");
  }, null);
  const port = server.address.kind === "tcp" ? server.address.port : 0;
  const bytes = written();
  bytes[0] = 0;
  assert.deepEqual(await exchange(port, bytes, 1), []);
  server.close();
});

Deno.test("AccumulatorServer takes updates without a token on a Unix socket in a folder of its own", async () => {
  const folder = await Deno.makeTempDir();
  const server = await AccumulatorServer.listen("s3cret", () => {}, folder);
  assert.equal(server.address.kind, "unix");
  const path = server.address.kind === "unix" ? server.address.path : "";
  assert.ok(path.startsWith(`${folder}/.tspark-`), path);
  const { mode } = Deno.statSync(path.slice(0, path.lastIndexOf("/")));
  assert.equal((mode ?? 0) & 0o777, 0o700);
  const socket = connect(path);
  await once(socket, "connect");
  socket.write(written().subarray(TOKEN.length));
  const [first] = await once(socket, "data") as [Uint8Array];
  assert.equal(first[0], 1);
  const ended = once(socket, "close");
  server.close();
  await ended;
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("strangers at an AccumulatorServer are ended at a deadline, others are served meanwhile", async () => {
  const applied: number[] = [];
  const server = await AccumulatorServer.listen(
    "s3cret",
    (updates) => applied.push(updates.length),
    null,
    500,
  );
  const port = server.address.kind === "tcp" ? server.address.port : 0;
  const silent = exchange(port, new Uint8Array(0), 1);
  const truncated = exchange(port, TOKEN.subarray(0, -1), 1);
  // A truncated token and then updates: their bytes are taken for its end.
  const missing = exchange(port, written().subarray(1), 1);
  assert.deepEqual(await exchange(port, written(), 3), [1, 1, 1]);

  const slow = connect(port, "127.0.0.1");
  await once(slow, "connect");
  slow.setNoDelay(true);
  for (const byte of written()) {
    await new Promise((done) => slow.write(new Uint8Array([byte]), done));
  }
  const got: number[] = [];
  for await (const chunk of slow) {
    got.push(...chunk as Uint8Array);
    if (got.length === 3) break;
  }
  slow.destroy();
  assert.deepEqual(got, [1, 1, 1]);

  assert.deepEqual(await Promise.all([silent, truncated, missing]), [
    [],
    [],
    [],
  ]);
  assert.deepEqual(applied, [2, 0, 1, 2, 0, 1]);
  server.close();
});
