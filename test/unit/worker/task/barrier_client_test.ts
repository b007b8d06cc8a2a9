import assert from "node:assert/strict";
import type { WorkerIo } from "../../../../src/bridge/worker_io.ts";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import type { LocalEndpoint } from "../../../../src/protocol/local_endpoint.ts";
import { callBarrier } from "../../../../worker/task/barrier_client.ts";
import type { LocalConnection } from "../../../../worker/task/local_connection.ts";

const CALLER = new URL("./barrier_caller.ts", import.meta.url).href;
const LIMIT_MS = 60_000; // then the child is killed, and its output is no JSON

/** A connection that gives an answer in pieces, and keeps what was written. */
function connection(answer: Uint8Array, chunkBytes: number): {
  readonly made: LocalConnection;
  readonly written: number[];
  readonly closed: () => boolean;
} {
  const written: number[] = [];
  let at = 0;
  let closed = false;
  const io: WorkerIo = {
    read(into) {
      const size = Math.min(into.length, chunkBytes, answer.length - at);
      into.set(answer.subarray(at, at + size));
      at += size;
      return size;
    },
    readAsync: (into) => Promise.resolve(io.read(into)),
    write: (bytes) => void written.push(...bytes),
    writeAsync: (bytes) => Promise.resolve(io.write(bytes)),
    close: () => closed = true,
  };
  return {
    made: { io, reader: new ByteReader(io, 16) },
    written,
    closed: () => closed,
  };
}

const ANSWER = new ByteWriter().writeInt(2).writeString("one")
  .writeString("zwei ö").finish();

for (const chunkBytes of [1, 2, 3, 7, ANSWER.length]) {
  Deno.test(
    `callBarrier() reads an answer that comes in pieces of ${chunkBytes}`,
    {
      permissions: "none",
    },
    () => {
      const { made, written, closed } = connection(ANSWER, chunkBytes);
      assert.deepEqual(callBarrier(() => made, "me"), ["one", "zwei ö"]);
      assert.deepEqual(written, [0, 0, 0, 2, 0, 0, 0, 2, 109, 101]);
      assert.ok(closed());
    },
  );
}

Deno.test("callBarrier() closes the connection when the answer is cut off", {
  permissions: "none",
}, () => {
  const { made, closed } = connection(ANSWER.subarray(0, 9), 4);
  assert.throws(() => callBarrier(() => made, null), {
    name: "WorkerError",
    condition: "BARRIER_FAILED",
  });
  assert.ok(closed());
});

/** The JVM's barrier server, for one call of a child process. */
async function serveOne(
  listener: Deno.Listener,
  call: { endpoint: LocalEndpoint; message: string | null },
  serve: (connection: Deno.Conn) => Promise<void>,
): Promise<unknown> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", CALLER, JSON.stringify(call)],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    signal: AbortSignal.timeout(LIMIT_MS),
  }).spawn();
  const output = child.output();
  const connection = await listener.accept();
  await serve(connection);
  connection.close();
  listener.close();
  return JSON.parse(new TextDecoder().decode((await output).stdout));
}

async function expectBytes(
  connection: Deno.Conn,
  expected: Uint8Array,
): Promise<void> {
  const bytes = new Uint8Array(expected.length);
  for (let at = 0; at < bytes.length;) {
    const size = await connection.read(bytes.subarray(at));
    assert.ok(size !== null, "the client closed too early");
    at += size;
  }
  assert.deepEqual(bytes, expected);
}

const GATHER_ME = new ByteWriter().writeInt(2).writeString("me").finish();

Deno.test("callBarrier() shows the secret, calls, and waits for the answer", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const endpoint = { kind: "tcp", port, secret: "right" } as const;
  const result = await serveOne(
    listener,
    { endpoint, message: "me" },
    async (connection) => {
      await expectBytes(
        connection,
        new ByteWriter().writeString("right").finish(),
      );
      await connection.write(new ByteWriter().writeString("ok").finish());
      await expectBytes(connection, GATHER_ME);
      for (const byte of ANSWER) await connection.write(new Uint8Array([byte]));
    },
  );
  assert.deepEqual(result, ["one", "zwei ö"]);
});

Deno.test("callBarrier() needs no secret on a Unix socket", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/socket`;
    const listener = Deno.listen({ transport: "unix", path });
    const result = await serveOne(
      listener,
      { endpoint: { kind: "unix", path }, message: null },
      async (connection) => {
        await expectBytes(connection, new ByteWriter().writeInt(1).finish());
        await connection.write(
          new ByteWriter().writeInt(1).writeString("success").finish(),
        );
      },
    );
    assert.deepEqual(result, ["success"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("callBarrier() fails clearly when the secret is wrong", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const endpoint = { kind: "tcp", port, secret: "wrong" } as const;
  const result = await serveOne(
    listener,
    { endpoint, message: null },
    async (connection) => {
      await expectBytes(
        connection,
        new ByteWriter().writeString("wrong").finish(),
      );
      await connection.write(new ByteWriter().writeString("err").finish());
    },
  );
  assert.equal(
    result,
    'BARRIER_FAILED: Cannot wait for the other tasks of the barrier stage: Cannot connect to the JVM: it answered "err" to the secret; the secret belongs to another application or was changed',
  );
});
