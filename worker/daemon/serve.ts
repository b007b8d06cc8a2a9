import {
  type Addon,
  loadAddon,
  type LoadedAddon,
  openAddon,
} from "../../src/bridge/addon.ts";
import { trackDescriptors } from "../../src/bridge/own_descriptors.ts";
import { loadKernels } from "../../src/bridge/kernels.ts";
import {
  addonFiles,
  denoFiles,
  type WorkerFiles,
} from "../../src/bridge/worker_files.ts";
import { openDescriptorIo, type WorkerIo } from "../../src/bridge/worker_io.ts";
import { openPipeIo } from "../../src/bridge/pipe_io.ts";
import { ByteReader } from "../../src/common/byte_reader.ts";
import { ByteWriter } from "../../src/common/byte_writer.ts";
import { withTimeout } from "../../src/common/deadline.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import { parseWorkerPermissions } from "../../src/common/worker_permissions.ts";
import { dialectOf } from "../../src/protocol/dialect.ts";
import {
  readSecret,
  readSecretAnswer,
  writePid,
  writeSecret,
  writeSecretAnswer,
} from "../../src/protocol/handshake.ts";
import { MAX_SECRET_BYTES } from "../../src/protocol/limits.ts";
import type { LocalEndpoint } from "../../src/protocol/local_endpoint.ts";
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import { KeyHasher } from "../../src/serde/keys/key_hasher.ts";
import { RecordCodec } from "../../src/serde/records/record_batch.ts";
import { AccumulatorStore } from "../task/accumulator_store.ts";
import { Builtins, LOCKED_BUILTINS } from "../task/builtins.ts";
import { BroadcastStore } from "../task/broadcast_store.ts";
import { OUTPUT_VARIABLE } from "../../src/protocol/task_output.ts";
import { catchOutput } from "../task/catch_output.ts";
import { FunctionOutput } from "../task/function_output.ts";
import { takeCollector } from "../rdd/collector.ts";
import { CrashReport } from "./crash_report.ts";
import { PIPES } from "../../src/bridge/pipe_program.ts";
import { TaskOwners } from "../task/task_owners.ts";
import { UnhandledErrors } from "../task/unhandled_errors.ts";
import {
  connectLocal,
  connectStateServer,
  type LocalConnection,
} from "../task/local_connection.ts";
import { memoryLimits } from "./memory_watch.ts";
import { ClosureReviver } from "../closure/revive_closure.ts";
import { runTask } from "../task/run_task.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import {
  localFolders,
  ownVariables,
  prefersIpv6,
  usesUnixSockets,
  type Variables,
} from "./spark_environment.ts";
import { SharedValues } from "../task/shared_values.ts";
import { StageLoader } from "../rdd/stage.ts";
import { ProgramCache } from "../udf/program_cache.ts";
import { TaskEnvironment } from "../task/task_environment.ts";

/** Serves one connection that this process accepts on an inherited listening socket. */
export async function serveListener(listenFd: number): Promise<void> {
  const loaded = loadAddon();
  const addon = needAddon(loaded);
  await acceptAndServe(listenFd, addon, prepare(unconfined(loaded)));
}

/**
 * As {@link serveListener}, in a process that may do little more than its
 * functions: what this worker needs beyond that it loads first, then gives up.
 */
export async function serveConfined(listenFd: number): Promise<void> {
  // Here and not above: workers that are not confined start without them.
  const { confine } = await import("../confine/confine.ts");
  const { readSetup } = await import("../confine/confined_setup.ts");
  const setup = readSetup((into) => Deno.stdin.readSync(into));
  if (setup === null) Deno.exit(0); // the daemon has ended
  const { addon: path, permissions } = setup;
  const { addon, owns } = trackDescriptors(openAddon(path));
  const { variables } = setup;
  const prepared = prepare({
    loaded: { addon, path, reason: null },
    variables: (name) => variables.get(name),
    files: addonFiles(addon),
    permissions,
    forget: (name) => variables.delete(name),
  });
  await confine(path, setup.modules, {
    isOwn: owns,
    mayRun: parseWorkerPermissions(permissions)
      .some(({ kind }) => kind === "run"),
  });
  await acceptAndServe(listenFd, addon, prepared);
}

async function acceptAndServe(
  listenFd: number,
  addon: Addon,
  prepared: Prepared,
): Promise<void> {
  const fd = addon.acceptWorker(listenFd, STDOUT);
  if (fd < 0) Deno.exit(0);
  // With the connection, not with the daemon: when that alone is killed, Spark
  // goes on with the workers that it has.
  addon.exitOnClose(fd);
  addon.closeFd(listenFd);
  // The daemon reads this end of the pipe: it calls for the next spare.
  // deno-lint-ignore tspark/no-stdout-in-worker
  Deno.stdout.writeSync(new Uint8Array([1]));
  await serve(openDescriptorIo(addon, fd), prepared, greetThroughDaemon);
}

/** Serves the connection whose bytes the daemon hands through two pipes. */
export async function servePipes(): Promise<void> {
  const io = await openPipeIo(PIPES);
  await serve(io, prepare(unconfined(loadAddon())), greetThroughDaemon);
}

/** Connects to the JVM itself: `spark.python.use.daemon=false`. */
export async function serveSingle(): Promise<void> {
  const { refuseConfinement } = await import("../confine/confinement.ts");
  refuseConfinement();
  const loaded = loadAddon();
  const addon = needAddon(loaded);
  const path = Deno.env.get("PYTHON_WORKER_FACTORY_SOCK_PATH");
  const fd = path !== undefined && usesUnixSockets(ownVariables)
    ? addon.connectUnix(path)
    : addon.connectLoopback(factoryPort(), prefersIpv6(ownVariables));
  const io = openDescriptorIo(addon, fd);
  await serve(io, prepare(unconfined(loaded)), handshakeDirect);
}

/** A pipe to the daemon: that it has lost its reader tells that the daemon has ended. */
const STDOUT = 1;

/** How long the JVM may take to show the secret, which it does at once. */
const TRUST_DEADLINE_MS = 10_000;

type Greeting = (
  reader: ByteReader,
  io: WorkerIo,
  start: Start,
) => boolean | Promise<boolean>;

type Prepared = Omit<WorkerTools, "reader" | "write" | "io"> & {
  readonly start: Start;
};

/** What a worker has before its connection. */
interface Start {
  readonly loaded: LoadedAddon;
  readonly variables: Variables;
  readonly files: WorkerFiles;
  /** What functions may do; null: everything. */
  readonly permissions: string | null;
  /** Forgets a variable that is needed no more. */
  readonly forget: (name: string) => void;
}

function unconfined(loaded: LoadedAddon): Start {
  return {
    loaded,
    variables: ownVariables,
    files: denoFiles,
    permissions: null,
    forget: () => {/* functions may read the environment anyway */},
  };
}

/** Loads all that does not depend on the connection, before there is one. */
function prepare(start: Start): Prepared {
  const { loaded, variables, files, permissions } = start;
  const ipv6 = prefersIpv6(variables);
  const connect = (endpoint: LocalEndpoint): LocalConnection =>
    connectLocal(needAddon(loaded), endpoint, ipv6);
  const owners = new TaskOwners();
  owners.watchTimers();
  const output = catchFunctionOutput(variables);
  const cbor = createCborCodec();
  const reviver = new ClosureReviver();
  const shared = new SharedValues(
    new TaskEnvironment(connect, variables),
    new BroadcastStore(connect, cbor, files),
    new AccumulatorStore(cbor),
  );
  return {
    dialect: dialectOf(variables("TSPARK_SPARK_VERSION") ?? ""),
    kernels: loadKernels(loaded).kernels,
    owners,
    output,
    leftovers: new UnhandledErrors(owners),
    builtins: permissions === null ? new Builtins() : LOCKED_BUILTINS,
    crashReport: permissions === null
      ? new CrashReport()
      : new CrashReport(null),
    limits: memoryLimits(variables("PYSPARK_EXECUTOR_MEMORY_MB") ?? ""),
    codec: new RecordCodec(),
    hasher: new KeyHasher(),
    reviver,
    stages: new StageLoader(reviver, shared),
    programs: new ProgramCache(),
    shared,
    collect: takeCollector(),
    connectState: (server) =>
      connectStateServer(needAddon(loaded), server, ipv6),
    spillFolders: localFolders(variables),
    files,
    permissions,
    start,
  };
}

function catchFunctionOutput(variables: Variables): FunctionOutput {
  const { stderr } = Deno;
  const { writeSync } = stderr;
  const accumulator = variables(OUTPUT_VARIABLE);
  const output = new FunctionOutput(
    (text) => {
      const bytes = TEXT.encode(text);
      for (let at = 0; at < bytes.length;) {
        at += writeSync.call(stderr, bytes.subarray(at));
      }
    },
    accumulator === undefined ? null : Number(accumulator),
  );
  catchOutput(output);
  return output;
}

const TEXT = new TextEncoder();

async function serve(
  io: WorkerIo,
  prepared: Prepared,
  greet: Greeting,
): Promise<void> {
  const reader = new ByteReader(io);
  const write = (bytes: Uint8Array): void => io.write(bytes);
  const tools = { ...prepared, reader, io, write };
  const { start } = prepared;
  const reuse = start.variables("SPARK_REUSE_WORKER") === "1";
  if (await greet(reader, io, start)) {
    while (await runTask(tools) && reuse) { /* the next task */ }
    // Functions may have changed what the end goes through.
    tools.builtins.restored(() => {
      tools.crashReport.remove(); // before the end that the connection's brings
      readUntilClosed(io);
      leave(io);
    });
  }
  leave(io);
}

function leave(io: WorkerIo): never {
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
async function greetThroughDaemon(
  reader: ByteReader,
  io: WorkerIo,
  { variables, forget }: Start,
): Promise<boolean> {
  const writer = new ByteWriter();
  writePid(writer, Deno.pid);
  io.write(writer.view());
  if (usesUnixSockets(variables)) return true;
  await waitForSecret(reader, io);
  const isRight = readSecret(reader, variables(SECRET) ?? "");
  forget(SECRET);
  writer.clear();
  writeSecretAnswer(writer, isRight);
  io.write(writer.view());
  return isRight;
}

/**
 * Waits until all of a secret has come, right or wrong.
 *
 * @throws ProtocolError `SECRET_LATE`
 */
async function waitForSecret(reader: ByteReader, io: WorkerIo): Promise<void> {
  const arrive = async (): Promise<true> => {
    if (await reader.fillAsync(io, 4)) {
      const { buffer, byteOffset } = reader.window;
      const size = new DataView(buffer, byteOffset).getInt32(0);
      // What is out of bounds is refused where it is read.
      if (size <= MAX_SECRET_BYTES) await reader.fillAsync(io, 4 + size);
    }
    return true;
  };
  if (await withTimeout(TRUST_DEADLINE_MS, arrive()) !== undefined) return;
  throw new ProtocolError(
    "SECRET_LATE",
    `Cannot serve a connection: it did not show the secret within ${TRUST_DEADLINE_MS} ms, as Spark does at once; find out which program connects to this machine's ports`,
    { deadlineMs: TRUST_DEADLINE_MS },
  );
}

/** We prove who we are, then say so. */
function handshakeDirect(
  reader: ByteReader,
  io: WorkerIo,
  { variables }: Start,
): boolean {
  const writer = new ByteWriter();
  if (!usesUnixSockets(variables)) {
    writeSecret(writer, variables(SECRET) ?? "");
    io.write(writer.view());
    readSecretAnswer(reader);
    writer.clear();
  }
  writePid(writer, Deno.pid);
  io.write(writer.view());
  return true;
}

const SECRET = "PYTHON_WORKER_FACTORY_SECRET";

function factoryPort(): number {
  return Number(Deno.env.get("PYTHON_WORKER_FACTORY_PORT"));
}

function needAddon({ addon, reason }: LoadedAddon): Addon {
  if (addon !== null) return addon;
  throw new ProtocolError(
    "ADDON_NEEDED",
    `Cannot serve a connection without the native addon: ${reason}; build it with deno task native`,
    { reason },
  );
}
