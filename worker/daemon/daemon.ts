import { type Addon, loadAddon } from "../../src/bridge/addon.ts";
import { addonNotice } from "../../src/bridge/addon_notice.ts";
import { writeErrorText } from "../../src/common/log.ts";
import { confinementOf } from "../confine/confinement.ts";
import { inspectionOf } from "./inspect_workers.ts";
import { announce, listenWithDeno, removeFile, socketPath } from "./listen.ts";
import { ownVariables, prefersIpv6 } from "./spark_environment.ts";
import { WorkerPool } from "./worker_pool.ts";

/**
 * Listens for the JVM, keeps workers ready, and ends with all of them when
 * Spark says so: SIGTERM, or the end of its stdin.
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
  const confinement = confinementOf(loaded);
  const { addon } = loaded;
  const listener: Listener = addon === null
    ? { ...listenWithDeno(), workerArguments: ["serve", "pipes"] }
    : listenNatively(addon, confinement === null ? "serve" : "confined");
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

function listenNatively(addon: Addon, role: "serve" | "confined"): Listener {
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
