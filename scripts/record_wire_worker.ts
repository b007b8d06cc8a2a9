/**
 * Stands in for PySpark's daemon and all of its workers: writes what the JVM
 * sends for each task to a file, and answers with an empty result.
 *
 * Environment: `TSPARK_WIRE_OUT`, the folder for the files, and
 * `TSPARK_WIRE_DIALECT`. Started by `scripts/record_wire.ts`.
 *
 * @module
 */

import { ByteReader } from "../src/common/byte_reader.ts";
import { ByteWriter } from "../src/common/byte_writer.ts";
import type { BroadcastDelta } from "../src/protocol/broadcast_delta.ts";
import { type Dialect, dialectOf } from "../src/protocol/dialect.ts";
import * as handshake from "../src/protocol/handshake.ts";
import type { LocalEndpoint } from "../src/protocol/local_endpoint.ts";
import { EVAL_TYPE } from "../src/protocol/marker.ts";
import { readTaskHeader } from "../src/protocol/task_header.ts";
import * as trailer from "../src/protocol/task_trailer.ts";

interface Recorder {
  readonly dialect: Dialect;
  readonly out: string;
}

interface RecordedTask {
  /** Header and input. */
  readonly bytes: Uint8Array;
  /** What the broadcasts' socket sent; null without one. */
  readonly values: Uint8Array | null;
}

const FRAMES_END = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfc]; // -1, -4
const ARROW_END = [
  ...FRAMES_END.slice(0, 4),
  0,
  0,
  0,
  0,
  0xff,
  0xff,
  0xff,
  0xfc,
];

await main();

async function main(): Promise<void> {
  const recorder: Recorder = {
    dialect: dialectOf(need("TSPARK_WIRE_DIALECT")),
    out: need("TSPARK_WIRE_OUT"),
  };
  const unix =
    Deno.env.get("PYTHON_UNIX_DOMAIN_ENABLED")?.toLowerCase() === "true";
  const listener = unix ? listenOnPath() : listenOnPort();
  void exitWithParent();
  for await (const connection of listener) {
    void serve(connection, unix, recorder);
  }
}

function listenOnPort(): Deno.Listener {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  announce(listener.addr.port);
  return listener;
}

function listenOnPath(): Deno.Listener {
  const path = `${need("PYTHON_WORKER_FACTORY_SOCK_DIR")}/.recorder.sock`;
  const listener = Deno.listen({ transport: "unix", path });
  announce(path);
  return listener as Deno.Listener;
}

function announce(address: number | string): void {
  const writer = new ByteWriter();
  handshake.writeDaemonAddress(writer, address);
  Deno.stdout.writeSync(writer.finish());
}

async function exitWithParent(): Promise<void> {
  const bytes = new Uint8Array(4);
  while (await Deno.stdin.read(bytes) !== null);
  Deno.exit(0);
}

async function serve(
  connection: Deno.Conn,
  unix: boolean,
  recorder: Recorder,
): Promise<void> {
  try {
    await meet(connection, unix);
    let open = true;
    while (open) open = await serveTask(connection, recorder);
  } catch (error) {
    const text = error instanceof Error ? error.stack : String(error);
    Deno.stderr.writeSync(new TextEncoder().encode(`recorder: ${text}\n`));
  } finally {
    connection.close();
  }
}

async function meet(connection: Deno.Conn, unix: boolean): Promise<void> {
  const writer = new ByteWriter();
  handshake.writePid(writer, Deno.pid);
  await writeAll(connection, writer);
  if (unix) return;
  const secret = need("PYTHON_WORKER_FACTORY_SECRET");
  const sent = new Uint8Array(4 + secret.length);
  for (let at = 0; at < sent.length;) {
    at += (await connection.read(sent.subarray(at))) ?? fail("no secret");
  }
  const right = handshake.readSecret(ByteReader.of(sent), secret);
  handshake.writeSecretAnswer(writer, right);
  await writeAll(connection, writer);
}

/** @returns whether another task may follow on the connection */
async function serveTask(
  connection: Deno.Conn,
  recorder: Recorder,
): Promise<boolean> {
  const task = await readTask(connection, recorder.dialect);
  if (task === null) return false;
  await keep(task, recorder.out);
  const writer = new ByteWriter();
  const header = readTaskHeader(
    ByteReader.of(task.bytes),
    recorder.dialect,
    () => {},
  );
  if (header?.evalType === EVAL_TYPE.SQL_ARROW_BATCHED_UDF) {
    trailer.writeTaskFailure(
      writer,
      "The recorder answers kind 101 by a failure",
    );
    await writeAll(connection, writer);
    return false;
  }
  const now = Date.now();
  trailer.writeTaskTrailer(writer, recorder.dialect, {
    timings: { bootMs: now, initMs: now, finishMs: now, processingMs: 0 },
    memoryBytesSpilled: 0n,
    diskBytesSpilled: 0n,
    accumulatorUpdates: [],
  });
  trailer.writeTaskEnd(writer, true);
  await writeAll(connection, writer);
  return true;
}

async function readTask(
  connection: Deno.Conn,
  dialect: Dialect,
): Promise<RecordedTask | null> {
  const part = new Uint8Array(1 << 16);
  let bytes = new Uint8Array(0);
  let values: Uint8Array | null = null;
  let broadcasts: BroadcastDelta | null = null;
  while (!endsWith(bytes, FRAMES_END) && !endsWith(bytes, ARROW_END)) {
    const size = await connection.read(part);
    if (size === null) return bytes.length === 0 ? null : fail("torn task");
    const longer = new Uint8Array(bytes.length + size);
    longer.set(bytes);
    longer.set(part.subarray(0, size), bytes.length);
    bytes = longer;
    if (broadcasts !== null) continue;
    broadcasts = broadcastsOf(bytes, dialect);
    // Spark 3.5 sends nothing more until the values have been fetched.
    if (broadcasts?.socket) values = await fetchValues(broadcasts.socket);
  }
  return { bytes, values };
}

/** The header's broadcasts as soon as they have arrived. */
function broadcastsOf(
  bytes: Uint8Array,
  dialect: Dialect,
): BroadcastDelta | null {
  let found: BroadcastDelta | null = null;
  try {
    readTaskHeader(ByteReader.of(bytes), dialect, (delta) => found = delta);
  } catch {
    // The rest is still on its way.
  }
  return found;
}

async function fetchValues(socket: LocalEndpoint): Promise<Uint8Array> {
  const connection: Deno.Conn = socket.kind === "tcp"
    ? await Deno.connect({ hostname: "127.0.0.1", port: socket.port })
    : await Deno.connect({ transport: "unix", path: socket.path });
  const writer = new ByteWriter();
  if (socket.kind === "tcp") handshake.writeSecret(writer, socket.secret);
  writer.writeBytes(new Uint8Array([1])); // values have no length: ask at once for the close
  await writeAll(connection, writer);
  const answer = await new Response(connection.readable).bytes();
  const reader = ByteReader.of(answer);
  if (socket.kind === "tcp") handshake.readSecretAnswer(reader);
  else reader.fill(answer.length);
  return reader.window.slice();
}

/** Numbers the files in the order of the tasks, over all daemons that the JVM starts. */
async function keep(task: RecordedTask, out: string): Promise<void> {
  let tasks = 0;
  for await (const { name } of Deno.readDir(out)) {
    if (name.endsWith(".bin")) tasks++;
  }
  const name = `${out}/${String(tasks).padStart(3, "0")}`;
  await Deno.writeFile(`${name}.bin`, task.bytes, { createNew: true });
  if (task.values !== null) {
    await Deno.writeFile(`${name}.values`, task.values);
  }
}

function endsWith(bytes: Uint8Array, end: readonly number[]): boolean {
  const from = bytes.length - end.length;
  return from >= 0 && end.every((byte, at) => bytes[from + at] === byte);
}

async function writeAll(
  connection: Deno.Conn,
  writer: ByteWriter,
): Promise<void> {
  const bytes = writer.finish();
  writer.clear();
  for (let at = 0; at < bytes.length;) {
    at += await connection.write(bytes.subarray(at));
  }
}

function need(name: string): string {
  return Deno.env.get(name) ?? fail(`${name} is not set`);
}

function fail(text: string): never {
  throw new Error(text);
}
