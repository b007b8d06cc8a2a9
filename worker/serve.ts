import { type Addon, loadAddon } from "../src/bridge/addon.ts";
import { loadKernels } from "../src/bridge/kernels.ts";
import {
  openDescriptorIo,
  openPipeIo,
  type WorkerIo,
} from "../src/bridge/worker_io.ts";
import { ByteReader } from "../src/common/byte_reader.ts";
import { ByteWriter } from "../src/common/byte_writer.ts";
import { ProtocolError } from "../src/common/errors.ts";
import { dialectOf } from "../src/protocol/dialect.ts";
import {
  readSecret,
  readSecretAnswer,
  writePid,
  writeSecret,
  writeSecretAnswer,
} from "../src/protocol/handshake.ts";
import type { LocalEndpoint } from "../src/protocol/local_endpoint.ts";
import { createCborCodec } from "../src/serde/cbor.ts";
import { KeyHasher } from "../src/serde/key_hasher.ts";
import { RecordCodec } from "../src/serde/record_batch.ts";
import { AccumulatorStore } from "./accumulator_store.ts";
import { BroadcastStore } from "./broadcast_store.ts";
import { takeCollector } from "./collector.ts";
import { LastWords } from "./last_words.ts";
import { LeftoverErrors } from "./leftover_errors.ts";
import { connectLocal, type LocalConnection } from "./local_connection.ts";
import { memoryLimits } from "./memory_watch.ts";
import { ClosureReviver } from "./revive_closure.ts";
import { runTask, type WorkerTools } from "./run_task.ts";
import { prefersIpv6, usesUnixSockets } from "./spark_environment.ts";
import { SharedValues } from "./shared_values.ts";
import { StageLoader } from "./stage.ts";
import { TaskEnvironment } from "./task_environment.ts";

/** Serves one connection that this process accepts on an inherited listening socket. */
export async function serveListener(listenFd: number): Promise<void> {
  const addon = needAddon();
  const tools = prepare();
  const fd = addon.acceptWorker(listenFd, STDIN);
  if (fd < 0) Deno.exit(0);
  // With the connection, not with the daemon: when that alone is killed, Spark
  // goes on with the workers that it has.
  addon.exitOnClose(fd);
  addon.closeFd(listenFd);
  // The daemon reads this end of the pipe: it calls for the next spare.
  // deno-lint-ignore tspark/no-stdout-in-worker
  Deno.stdout.writeSync(new Uint8Array([1]));
  await serve(openDescriptorIo(addon, fd), tools, greetThroughDaemon);
}

/** Serves the connection whose bytes the daemon hands through stdin and stdout. */
export async function servePipes(): Promise<void> {
  const io = openPipeIo();
  keepStdoutClean();
  await serve(io, prepare(), greetThroughDaemon);
}

/** Connects to the JVM itself: `spark.python.use.daemon=false`. */
export async function serveSingle(): Promise<void> {
  const addon = needAddon();
  const path = Deno.env.get("PYTHON_WORKER_FACTORY_SOCK_PATH");
  const fd = path !== undefined && usesUnixSockets()
    ? addon.connectUnix(path)
    : addon.connectLoopback(factoryPort(), prefersIpv6());
  await serve(openDescriptorIo(addon, fd), prepare(), greetAlone);
}

const STDIN = 0;

type Greeting = (reader: ByteReader, io: WorkerIo) => boolean;

type Prepared = Omit<WorkerTools, "reader" | "write" | "io">;

/** Loads all that does not depend on the connection, before there is one. */
function prepare(): Prepared {
  const connect = (endpoint: LocalEndpoint): LocalConnection =>
    connectLocal(needAddon(), endpoint, prefersIpv6());
  const cbor = createCborCodec();
  const shared = new SharedValues(
    new TaskEnvironment(connect),
    new BroadcastStore(connect, cbor),
    new AccumulatorStore(cbor),
  );
  return {
    dialect: dialectOf(Deno.env.get("TSPARK_SPARK_VERSION") ?? ""),
    kernels: loadKernels().kernels,
    leftovers: new LeftoverErrors(),
    lastWords: new LastWords(),
    limits: memoryLimits(),
    cbor,
    codec: new RecordCodec(),
    hasher: new KeyHasher(),
    stages: new StageLoader(new ClosureReviver(), shared),
    shared,
    collect: takeCollector(),
  };
}

async function serve(
  io: WorkerIo,
  prepared: Prepared,
  greet: Greeting,
): Promise<void> {
  const reader = new ByteReader(io);
  const write = (bytes: Uint8Array): void => io.write(bytes);
  const tools = { ...prepared, reader, io, write };
  if (greet(reader, io)) {
    const reuse = Deno.env.get("SPARK_REUSE_WORKER") === "1";
    while (await runTask(tools) && reuse) { /* the next task */ }
    tools.lastWords.remove(); // before the end that the connection's brings
    readUntilClosed(io);
  }
  io.close();
  Deno.exit(0); // timers and promises that user code left behind are not waited for
}

/**
 * Reads what nobody needs until the JVM has read our last word and closes. A
 * connection closed with bytes unread is reset: the JVM, which may still be
 * writing, would report a crash instead. Peer: `pyspark.daemon.worker`.
 */
function readUntilClosed(io: WorkerIo): void {
  const space = new Uint8Array(1 << 16);
  try {
    while (io.read(space) > 0) { /* for nobody */ }
  } catch {
    // It has gone already.
  }
}

/** We say who we are, the JVM proves who it is. */
function greetThroughDaemon(reader: ByteReader, io: WorkerIo): boolean {
  const writer = new ByteWriter();
  writePid(writer, Deno.pid);
  io.write(writer.view());
  if (usesUnixSockets()) return true;
  const isRight = readSecret(reader, factorySecret());
  writer.clear();
  writeSecretAnswer(writer, isRight);
  io.write(writer.view());
  return isRight;
}

/** We prove who we are, then say so. */
function greetAlone(reader: ByteReader, io: WorkerIo): boolean {
  const writer = new ByteWriter();
  if (!usesUnixSockets()) {
    writeSecret(writer, factorySecret());
    io.write(writer.view());
    readSecretAnswer(reader);
    writer.clear();
  }
  writePid(writer, Deno.pid);
  io.write(writer.view());
  return true;
}

function factorySecret(): string {
  return Deno.env.get("PYTHON_WORKER_FACTORY_SECRET") ?? "";
}

function factoryPort(): number {
  return Number(Deno.env.get("PYTHON_WORKER_FACTORY_PORT"));
}

function needAddon(): Addon {
  const { addon, reason } = loadAddon();
  if (addon !== null) return addon;
  throw new ProtocolError(
    "ADDON_NEEDED",
    `Cannot serve a connection without the native addon: ${reason}; build it with deno task native`,
    { reason },
  );
}

/** Sends to stderr what user code writes to stdout, which here belongs to the JVM. */
function keepStdoutClean(): void {
  const { console } = globalThis;
  for (const name of ["log", "info", "debug"] as const) {
    // deno-lint-ignore tspark/no-console-in-library
    console[name] = console.error;
  }
  Object.defineProperty(Deno, "stdout", { value: Deno.stderr });
}
