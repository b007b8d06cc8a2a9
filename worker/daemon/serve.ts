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
import type { SharedDescriptors } from "../../src/bridge/shared_descriptors.ts";
import type { WorkerIo } from "../../src/bridge/worker_io.ts";
import { openPipeIo } from "../../src/bridge/pipe_io.ts";
import { ByteReader } from "../../src/common/byte_reader.ts";
import { parseWorkerPermissions } from "../../src/common/worker_permissions.ts";
import { dialectOf } from "../../src/protocol/dialect.ts";
import type { LocalEndpoint } from "../../src/protocol/local_endpoint.ts";
import type { HandedConnection } from "../../src/protocol/local_worker_link.ts";
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
import { CRASH_REPORT_FOLDER, CrashReport } from "./crash_report.ts";
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
  acceptJvm,
  connectJvm,
  greetDirectly,
  type Greeting,
  type GreetingNeeds,
  greetThroughDaemon,
  needAddon,
} from "./jvm_connection.ts";
import {
  localFolders,
  ownVariables,
  prefersIpv6,
  type Variables,
} from "./spark_environment.ts";
import { SharedValues } from "../task/shared_values.ts";
import { StageLoader } from "../rdd/stage.ts";
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
    pid: Deno.pid,
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
  await serve(acceptJvm(listenFd, addon), prepared, greetThroughDaemon);
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
  await serve(connectJvm(addon), prepare(unconfined(loaded)), greetDirectly);
}

/**
 * Serves the connection of another process, on a thread of the driver's
 * program: all that a worker process does, but for its greeting.
 *
 * @param handed the connection, and what that process knows
 * @param descriptors takes those that this thread opens
 */
export async function serveHanded(
  handed: HandedConnection,
  descriptors: SharedDescriptors,
): Promise<void> {
  const { address, secret, pid } = handed;
  const { addon } = trackDescriptors(openAddon(handed.addon), descriptors);
  const variables = new Map(Object.entries(handed.variables));
  variables.delete(MEMORY_LIMIT); // of a process; the program's is not the worker's
  const start = {
    ...unconfined({ addon, path: handed.addon, reason: null }),
    variables: (name: string) => variables.get(name),
    pid,
  };
  const prepared = prepare(start);
  const { io, reader } = connectLocal(
    addon,
    typeof address === "string"
      ? { kind: "unix", path: address }
      : { kind: "tcp", port: address, secret },
    prefersIpv6(start.variables),
  );
  await serve(io, prepared, () => true, reader);
}

type Prepared = Omit<WorkerTools, "reader" | "write" | "io"> & {
  readonly start: Start;
};

/** What a worker has before its connection. */
interface Start extends GreetingNeeds {
  readonly loaded: LoadedAddon;
  readonly files: WorkerFiles;
  /** What functions may do; null: everything. */
  readonly permissions: string | null;
  /** The worker's process id, as the JVM knows it. */
  readonly pid: number;
}

function unconfined(loaded: LoadedAddon): Start {
  return {
    loaded,
    variables: ownVariables,
    files: denoFiles,
    permissions: null,
    pid: Deno.pid,
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
    crashReport: new CrashReport(
      permissions === null ? variables(CRASH_REPORT_FOLDER) ?? null : null,
      globalThis,
      start.pid,
    ),
    limits: memoryLimits(variables(MEMORY_LIMIT) ?? ""),
    codec: new RecordCodec(),
    hasher: new KeyHasher(),
    reviver,
    stages: new StageLoader(reviver, shared),
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
const MEMORY_LIMIT = "PYSPARK_EXECUTOR_MEMORY_MB";

async function serve(
  io: WorkerIo,
  prepared: Prepared,
  greet: Greeting,
  reader: ByteReader = new ByteReader(io),
): Promise<void> {
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
