import assert from "node:assert/strict";
import { within } from "../../../src/common/deadline.ts";
import { workerArguments } from "../../../src/common/worker_arguments.ts";
import { descendants, parentOf } from "../../integration/processes.ts";

const ROOT = new URL("../../../", import.meta.url);
const DEADLINE_MS = 30_000;

/** How Spark ends a daemon. */
const ENDS: readonly [string, (daemon: Deno.ChildProcess) => unknown][] = [
  ["its stdin closes", (daemon) => daemon.stdin.close()],
  ["SIGTERM comes", (daemon) => daemon.kill("SIGTERM")],
];

for (const [what, end] of ENDS) {
  Deno.test(`runDaemon() serves until ${what}, then nothing of it is left`, async () => {
    await using daemon = startDaemon();
    const port = new DataView((await read(daemon, 4)).buffer).getInt32(0);
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const worker = await servingWorker(connection);
    const below = descendants(daemon.pid);
    assert.ok(below.includes(worker), `${worker} is not in ${below}`);
    await end(daemon);
    const status = await within(DEADLINE_MS, daemon.status);
    assert.equal(status?.code, 0);
    const gone = await within(DEADLINE_MS, Promise.all(below.map(ended)));
    assert.ok(
      gone !== undefined,
      `left: ${below.filter((pid) => parentOf(pid) !== null)}`,
    );
    await assert.rejects(
      Deno.connect({ hostname: "127.0.0.1", port }),
      Deno.errors.ConnectionRefused,
    );
    assert.equal((await read(daemon, 1)).length, 0, "no more came on stdout");
  });
}

/** A daemon as Spark starts it. */
function startDaemon(): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [...workerArguments(ROOT), "-m", "pyspark.daemon", "pyspark.worker"],
    env: {
      PYTHON_WORKER_FACTORY_SECRET: "a secret",
      TSPARK_SPARK_VERSION: "4.3.0",
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
}

/** Reads so many bytes of what a daemon writes, or fewer at its end. */
async function read(
  daemon: Deno.ChildProcess,
  count: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = daemon.stdout.getReader();
  try {
    const { value } = await reader.read();
    assert.ok((value?.length ?? 0) <= count, `${value?.length} bytes`);
    return new Uint8Array(value ?? []);
  } finally {
    reader.releaseLock();
  }
}

/** Process id of the worker that took a connection, by its own word. */
async function servingWorker(connection: Deno.Conn): Promise<number> {
  const bytes = new Uint8Array(4);
  assert.equal(await connection.read(bytes), 4);
  return new DataView(bytes.buffer).getInt32(0);
}

/** Resolves when a process is gone. */
async function ended(pid: number): Promise<void> {
  await new Deno.Command("tail", {
    args: [`--pid=${pid}`, "-f", "/dev/null"],
    stdout: "null",
    stderr: "null",
  }).output();
}
