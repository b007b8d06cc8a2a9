import { loadAddon } from "../../src/bridge/addon.ts";
import type { WorkerIo } from "../../src/bridge/worker_io.ts";
import { ByteReader } from "../../src/common/byte_reader.ts";
import { ByteWriter } from "../../src/common/byte_writer.ts";
import { withTimeout } from "../../src/common/deadline.ts";
import { errorMessage } from "../../src/common/error_message.ts";
import { formatFailure } from "../../src/protocol/failure_text.ts";
import { readSecret, writeSecretAnswer } from "../../src/protocol/handshake.ts";
import {
  LOCAL_WORKER_VARIABLE,
  writeLocalWorkerGreeting,
} from "../../src/protocol/local_worker_link.ts";
import { writeTaskFailure } from "../../src/protocol/task_trailer.ts";
import {
  acceptJvm,
  greetThroughDaemon,
  needAddon,
  TRUST_DEADLINE_MS,
} from "./jvm_connection.ts";
import { type DenoListener, listenWithDeno } from "./listen.ts";
import {
  connectToProgram,
  readSized,
  send,
  sendBytes,
} from "./program_connection.ts";
import { ownVariables } from "./spark_environment.ts";

const CHUNK_BYTES = 1 << 18;

/**
 * Serves one connection, as a worker process does, by a thread of the driver's
 * program: this process has the process id by which Spark kills a worker, ends
 * with the JVM's connection, and hands the bytes over. Where it ends, so does
 * the thread.
 *
 * @param listenFd an inherited listening socket
 * @throws ProtocolError `ADDON_NEEDED`, `SECRET_LATE`
 */
export async function handOver(listenFd: number): Promise<never> {
  const loaded = loadAddon();
  const addon = needAddon(loaded);
  const path = loaded.addon === null ? "" : loaded.path;
  const jvm = acceptJvm(listenFd, addon);
  const reader = new ByteReader(jvm);
  const needs = { variables: ownVariables, forget: () => {} };
  if (!await greetThroughDaemon(reader, jvm, needs)) Deno.exit(0);
  try {
    const thread = await openThread(path);
    if (thread !== null) {
      await sendBytes(thread, reader.window);
      await handThrough(jvm, thread);
    }
  } catch (error) {
    await refuse(jvm, errorMessage(error));
  }
  Deno.exit(0);
}

/** Has the program begin a thread, and waits for its connection; null where the program ends. */
async function openThread(addon: string): Promise<Deno.Conn | null> {
  const listener = listenWithDeno();
  const secret = crypto.randomUUID();
  const program = await connectToProgram(
    LOCAL_WORKER_VARIABLE,
    (writer, programSecret) =>
      writeLocalWorkerGreeting(writer, programSecret, {
        address: listener.address,
        secret,
        pid: Deno.pid,
        addon,
        variables: Deno.env.toObject(),
      }),
  );
  try {
    return await Promise.race([
      acceptThread(listener, secret),
      ended(program),
    ]);
  } finally {
    listener.remove();
  }
}

async function acceptThread(
  { accept, address }: DenoListener,
  secret: string,
): Promise<Deno.Conn> {
  for (;;) {
    const connection = await accept();
    if (typeof address === "string") return connection; // a path of this user's
    const sent = await withTimeout(TRUST_DEADLINE_MS, readSized(connection));
    if (sent !== undefined && readSecret(ByteReader.of(sent), secret)) {
      await send(connection, (writer) => writeSecretAnswer(writer, true));
      return connection;
    }
    connection.close();
  }
}

/**
 * Waits for the end of what the program says.
 *
 * @returns null
 * @throws Error with what it said
 */
async function ended(program: Deno.Conn): Promise<null> {
  const text = await new Response(program.readable).text();
  if (text !== "") throw new Error(text);
  return null;
}

/** Passes bytes on until the thread closes; where the JVM does, this process ends. */
async function handThrough(jvm: WorkerIo, thread: Deno.Conn): Promise<void> {
  passOn((into) => jvm.readAsync(into), (bytes) => sendBytes(thread, bytes))
    .catch(() => {/* the thread has ended: see the other way */});
  await passOn(
    async (into) => await thread.read(into) ?? 0,
    (bytes) => jvm.writeAsync(bytes),
  );
}

async function passOn(
  read: (into: Uint8Array) => Promise<number>,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const space = new Uint8Array(CHUNK_BYTES);
  for (;;) {
    const count = await read(space);
    if (count === 0) return;
    await write(space.subarray(0, count));
  }
}

/** Tells the JVM why no task runs, and waits until it has read that. */
async function refuse(jvm: WorkerIo, reason: string): Promise<void> {
  const writer = new ByteWriter();
  writeTaskFailure(
    writer,
    formatFailure({
      name: "WorkerError",
      condition: "LOCAL_WORKER_FAILED",
      message: `Cannot run functions in the driver's own process: ${reason}`,
      stack: "",
      cause: null,
      partition: -1,
      stage: -1,
      attempt: -1,
    }),
  );
  await jvm.writeAsync(writer.finish());
  const space = new Uint8Array(CHUNK_BYTES);
  while (await jvm.readAsync(space) > 0) { /* for nobody */ }
}
