import { type Addon, loadAddon } from "../../src/bridge/addon.ts";
import { addonNotice } from "../../src/bridge/addon_notice.ts";
import { writeErrorText } from "../../src/common/log.ts";
import { LOCAL_WORKER_VARIABLE } from "../../src/protocol/local_worker_link.ts";
import { confinementOf } from "../confine/confinement.ts";
import { inspectionOf } from "./inspect_workers.ts";
import { needAddon } from "./jvm_connection.ts";
import { announce, listenWithDeno, removeFile, socketPath } from "./listen.ts";
import { ownVariables, prefersIpv6 } from "./spark_environment.ts";
import { type Confinement, WorkerPool } from "./worker_pool.ts";

/**
 * Listens for the JVM, keeps workers ready, and ends with all of them when
 * Spark says so: SIGTERM, or the end of its stdin.
 *
 * @throws ProtocolError `ADDON_NEEDED` where workers hand their connections over
 *
 * Peer: `PythonWorkerFactory.startDaemon`, `stopDaemon`, `stopWorker`, Spark 3.5 – 4.3.
 * Layout: stdout int port, or (4.1+ with Unix sockets) string path, and not a
 * byte more; stdin ints, each the pid of a worker to kill.
 */
export async function runDaemon(): Promise<void> {
  const loaded = loadAddon();
  // Here and not in each worker: once on an executor is enough.
  const notice = addonNotice(loaded);
  if (notice !== null) writeErrorText(`${notice}\n`);
  // Without it functions would run in processes, where nobody looks for them.
  if (isRelay()) needAddon(loaded);
  const confinement = confinementOf(loaded);
  const { addon } = loaded;
  const listener: Listener = addon === null
    ? { ...listenWithDeno(), workerArguments: ["serve", "pipes"] }
    : listenNatively(addon, roleOfWorkers(confinement));
  const pool = new WorkerPool(
    listener.workerArguments,
    confinement,
    inspectionOf(ownVariables),
  );
  const end = (code: number): never => {
    pool.killAll();
    listener.remove();
    confinement?.remove();
    Deno.exit(code);
  };
  Deno.addSignalListener("SIGTERM", () => end(0));
  Deno.addSignalListener(
    "SIGINT",
    () => {/* for the driver: Spark tells us what follows */},
  );
  announce(listener.address);
  if (listener.accept === null) pool.keepSpares();
  else acceptAll(listener.accept, pool);
  await killOnRequest(pool);
  end(0);
}

interface Listener {
  readonly address: number | string;
  /** How a worker is told where to accept. */
  readonly workerArguments: readonly string[];
  /** Takes the next connection; null when workers do so themselves. */
  readonly accept: (() => Promise<Deno.Conn>) | null;
  /** Removes what listening left in the file system. */
  remove(): void;
}

/** Whether workers hand their connections to the driver's program. */
function isRelay(): boolean {
  return ownVariables(LOCAL_WORKER_VARIABLE) !== undefined;
}

type WorkerRole = "serve" | "confined" | "relay";

function roleOfWorkers(confinement: Confinement | null): WorkerRole {
  if (isRelay()) return "relay";
  return confinement === null ? "serve" : "confined";
}

function listenNatively(addon: Addon, role: WorkerRole): Listener {
  const path = socketPath();
  if (path !== null) {
    const fd = addon.listenUnix(path);
    return {
      address: path,
      workerArguments: [role, String(fd)],
      accept: null,
      remove: () => removeFile(path),
    };
  }
  const [fd, port] = addon.listenLoopback(prefersIpv6(ownVariables));
  return {
    address: Number(port),
    workerArguments: [role, String(fd)],
    accept: null,
    remove() {},
  };
}

/** Without the addon: hands each connection's bytes through a worker's pipes. */
async function acceptAll(
  accept: () => Promise<Deno.Conn>,
  pool: WorkerPool,
): Promise<void> {
  for (;;) {
    const connection = await accept();
    pool.serve(connection).catch((error) => {
      writeErrorText(`Cannot hand a connection to a worker: ${error}\n`);
    });
  }
}

/** Kills the workers that Spark names, until its end of the pipe closes. */
async function killOnRequest(pool: WorkerPool): Promise<void> {
  let pending = new Uint8Array(0);
  for await (const chunk of Deno.stdin.readable) {
    const bytes = new Uint8Array(pending.length + chunk.length);
    bytes.set(pending);
    bytes.set(chunk, pending.length);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (; at + 4 <= bytes.length; at += 4) pool.kill(view.getInt32(at));
    pending = bytes.slice(at);
  }
}
