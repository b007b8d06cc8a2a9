import assert from "node:assert/strict";
import { openDescriptorIo } from "../../../src/bridge/worker_io.ts";
import { withTimeout } from "../../../src/common/deadline.ts";
import { neededAddon } from "./needed_addon.ts";
import { endOf, startChild } from "./run_child.ts";

const LIMIT_MS = 60_000;
const GONE = "Cannot write to the JVM: it has closed the connection";

/** A child that accepts on a listener of this process, and its port. */
function startListeningChild(
  mode: string,
): { child: Deno.ChildProcess; port: number } {
  const addon = neededAddon();
  const [fd = -1, port = 0] = addon.listenLoopback(false);
  const child = startChild([mode, String(fd)]);
  addon.closeFd(fd);
  return { child, port };
}

/** All that comes, up to the end. */
async function readAll(
  readable: ReadableStream<Uint8Array>,
): Promise<Uint8Array> {
  const bytes = await withTimeout(
    LIMIT_MS,
    new Response(readable as ReadableStream<Uint8Array<ArrayBuffer>>).bytes(),
  );
  if (bytes === undefined) throw new Error("The stream has not ended in time");
  return bytes;
}

function sample(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(length).map((_, i) => i % 251);
}

Deno.test("openDescriptorIo reads and writes a connection that a child process accepted", async () => {
  const { child, port } = startListeningChild("accept-and-echo");
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const sent = sample(3_000_000);
  const sending = new Response(sent).body
    ?.pipeTo(connection.writable, { preventClose: true })
    .then(() => connection.closeWrite());
  assert.deepEqual(await readAll(connection.readable), sent);
  await sending;
  await child.stdout.cancel();
  assert.deepEqual(await endOf(child), { code: 0, text: "" });
  await child.stdin.close();
});

Deno.test("acceptWorker gives -1 in a child when its parent closes the pipe", async () => {
  const { child } = startListeningChild("accept-and-echo");
  await child.stdin.close();
  await child.stdout.cancel();
  assert.deepEqual(await endOf(child), {
    code: 0,
    text: "the parent has gone",
  });
});

Deno.test("exitOnClose ends a child in an endless loop when its parent closes the pipe", async () => {
  neededAddon();
  const child = startChild(["loop"]);
  const reader = child.stderr.getReader();
  const first = await withTimeout(LIMIT_MS, reader.read());
  assert.equal(new TextDecoder().decode(first?.value), "looping\n");
  await child.stdin.close();
  assert.equal((await child.status).code, 79);
  await Promise.all([reader.cancel(), child.stdout.cancel()]);
});

Deno.test("exitOnClose ends a child in an endless loop when its connection closes, with bytes unread", async () => {
  const { child, port } = startListeningChild("accept-and-loop");
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const reader = child.stderr.getReader();
  const first = await withTimeout(LIMIT_MS, reader.read());
  assert.equal(new TextDecoder().decode(first?.value), "looping\n");
  await connection.write(new Uint8Array([1, 2, 3]));
  connection.close();
  assert.equal((await child.status).code, 79);
  await Promise.all([
    reader.cancel(),
    child.stdout.cancel(),
    child.stdin.close(),
  ]);
});

Deno.test("openDescriptorIo says PEER_GONE when the other side has closed", async () => {
  const { child, port } = startListeningChild("accept-and-write");
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const some = await withTimeout(LIMIT_MS, connection.read(new Uint8Array(1)));
  assert.equal(some, 1);
  connection.close();
  await child.stdout.cancel();
  assert.deepEqual(await endOf(child), { code: 0, text: `PEER_GONE: ${GONE}` });
  await child.stdin.close();
});

Deno.test("openDescriptorIo passes on what else the system says", async () => {
  const addon = neededAddon();
  const folder = await Deno.makeTempDir();
  const fd = addon.listenUnix(`${folder}/socket`);
  const io = openDescriptorIo(addon, fd); // listens, and so carries no bytes
  try {
    assert.throws(() => io.write(sample(1)), {
      name: "ProtocolError",
      condition: "SYSTEM_CALL_FAILED",
      message: /^Cannot write: .* \(os error \d+\)$/,
    });
    assert.throws(() => io.read(new Uint8Array(1)), {
      name: "ProtocolError",
      condition: "SYSTEM_CALL_FAILED",
      message: /^Cannot read: .* \(os error \d+\)$/,
    });
    assert.throws(() => addon.listenUnix(`${folder}/socket`), {
      name: "ProtocolError",
      condition: "SYSTEM_CALL_FAILED",
      message: /^Cannot listen: Address (already )?in use \(os error \d+\)$/,
    });
  } finally {
    io.close();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("acceptWorker gives -1 in a child when nobody reads its output any more", async () => {
  const { child } = startListeningChild("accept-for-a-reader");
  await child.stdout.cancel();
  assert.deepEqual(await endOf(child), { code: 0, text: "-1" });
  await child.stdin.close();
});

Deno.test("a program behind pipes has an empty stdin, and a stdout beside them", async () => {
  const child = startChild(["pipe-and-stdin"]);
  assert.deepEqual(await readAll(child.stdout), new Uint8Array(0));
  assert.deepEqual(await endOf(child), {
    code: 0,
    text: "for people\nnull 0",
  });
  await child.stdin.close();
});

Deno.test("openPipeIo reads and writes what the program was started with", async () => {
  const child = startChild(["pipe-echo"]);
  const sent = sample(1_000_000);
  const sending = new Response(sent).body?.pipeTo(child.stdin);
  assert.deepEqual(await readAll(child.stdout), sent);
  await sending;
  assert.deepEqual(await endOf(child), { code: 0, text: "" });
});

Deno.test("openPipeIo says PEER_GONE when nobody reads any more", async () => {
  const child = startChild(["pipe-write"]);
  await child.stdout.cancel();
  assert.deepEqual(await endOf(child), { code: 0, text: `PEER_GONE: ${GONE}` });
  await child.stdin.close();
});

Deno.test("openPipeIo passes on what else goes wrong", async () => {
  const child = startChild(["pipe-write-closed"]);
  await child.stdout.cancel();
  assert.deepEqual(await endOf(child), {
    code: 0,
    text: "SYSTEM_CALL_FAILED: Cannot write to the JVM: Bad resource ID",
  });
  await child.stdin.close();
});

/** Sends bytes after the child has told that its timer fired, and gives what comes back. */
async function exchangeSlowly(
  child: Deno.ChildProcess,
  readable: ReadableStream<Uint8Array>,
  writable: WritableStream<Uint8Array>,
): Promise<void> {
  const messages = child.stderr.getReader();
  const first = await withTimeout(LIMIT_MS, messages.read());
  assert.equal(new TextDecoder().decode(first?.value), "the timer fired\n");
  const sent = sample(3_000_000);
  const sending = new Response(sent).body?.pipeTo(writable);
  assert.deepEqual(await readAll(readable), sent);
  await Promise.all([sending, messages.cancel()]);
  assert.equal((await child.status).code, 0);
}

Deno.test("openDescriptorIo reads and writes with the event loop free", async () => {
  const { child, port } = startListeningChild("accept-and-echo-async");
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const writable = new WritableStream<Uint8Array>({
    async write(bytes) {
      for (let at = 0; at < bytes.length;) {
        at += await connection.write(bytes.subarray(at));
      }
    },
    close: () => connection.closeWrite(),
  });
  await exchangeSlowly(child, connection.readable, writable);
  await Promise.all([child.stdin.close(), child.stdout.cancel()]);
});

Deno.test("openPipeIo reads and writes with the event loop free", async () => {
  const child = startChild(["pipe-echo-async"]);
  await exchangeSlowly(child, child.stdout, child.stdin);
});

Deno.test("writeAsync says PEER_GONE when the other side has closed", async () => {
  const { child, port } = startListeningChild("accept-and-write-async");
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const some = await withTimeout(LIMIT_MS, connection.read(new Uint8Array(1)));
  assert.equal(some, 1);
  connection.close();
  await child.stdout.cancel();
  assert.deepEqual(await endOf(child), { code: 0, text: `PEER_GONE: ${GONE}` });
  await child.stdin.close();

  const piped = startChild(["pipe-write-async"]);
  await piped.stdout.cancel();
  assert.deepEqual(await endOf(piped), { code: 0, text: `PEER_GONE: ${GONE}` });
  await piped.stdin.close();
});

Deno.test("the addon's waits reject with what the system says", async () => {
  const addon = neededAddon();
  for (const wait of [addon.waitReadable, addon.waitWritable]) {
    await assert.rejects(wait(-1), {
      name: "ProtocolError",
      condition: "SYSTEM_CALL_FAILED",
      message: /^Cannot wait: .* \(os error \d+\)$/,
    });
  }
});
