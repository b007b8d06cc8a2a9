import assert from "node:assert/strict";
import { withTimeout } from "../../../../src/common/deadline.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { DRIVER_VERSION } from "../../../../src/protocol/command.ts";
import { parseFailure } from "../../../../src/protocol/failure_text.ts";
import {
  jvmHeader,
  type JvmTask,
  PLAIN_TASK,
} from "../../../mirror/jvm_side.ts";
import {
  descendants,
  ended,
  parentOf,
} from "../../../integration/processes.ts";
import { startDaemon } from "./start_daemon.ts";

const SECRET = "a secret";
const DEADLINE_MS = 30_000;

/** How Spark ends a daemon. */
const ENDS: readonly [string, (daemon: Deno.ChildProcess) => unknown][] = [
  ["its stdin closes", (daemon) => daemon.stdin.close()],
  ["SIGTERM comes", (daemon) => daemon.kill("SIGTERM")],
];

for (const [what, end] of ENDS) {
  Deno.test(`runDaemon() serves until ${what}, then nothing of it is left`, async () => {
    await using daemon = startDaemon(SECRET);
    const port = new DataView((await read(daemon, 4)).buffer).getInt32(0);
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const worker = await servingWorker(connection);
    const below = descendants(daemon.pid);
    assert.ok(below.includes(worker), `${worker} is not in ${below}`);
    await end(daemon);
    const status = await withTimeout(DEADLINE_MS, daemon.status);
    assert.equal(status?.code, 0);
    const gone = await withTimeout(DEADLINE_MS, ended(below));
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

/** What a worker is given that it cannot run, and what it says. */
const REFUSED: readonly [string, Partial<JvmTask>, string, string][] = [
  [
    "of a driver of another version",
    { driverVersion: "tspark 0.0.1" },
    "DRIVER_VERSION_MISMATCH",
    `Cannot run a task of driver "tspark 0.0.1": this worker is "${DRIVER_VERSION}"; install the same TSpark on the driver and the executors`,
  ],
  [
    "of another kind",
    { driverVersion: DRIVER_VERSION, evalType: 100 },
    "EVAL_TYPE_UNSUPPORTED",
    "Cannot run a task of kind 100: this TSpark has no evaluator for it; update TSpark",
  ],
];

Deno.test("a worker refuses what it cannot run", async (t) => {
  await using daemon = startDaemon(SECRET);
  const port = new DataView((await read(daemon, 4)).buffer).getInt32(0);
  const connect = async (secret: string): Promise<Deno.Conn> => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await servingWorker(connection);
    await connection.write(new ByteWriter().writeString(secret).finish());
    return connection;
  };
  for (const [what, task, condition, message] of REFUSED) {
    await t.step(`a task ${what}`, async () => {
      using connection = await connect(SECRET);
      assert.equal(await readText(connection), "ok");
      await connection.write(jvmHeader("4.3", task));
      const mark = await readExactly(connection, 4);
      assert.equal(new DataView(mark.buffer).getInt32(0), -2);
      const failure = parseFailure(await readText(connection));
      assert.equal(failure?.condition, condition);
      assert.equal(failure?.message, message);
      assert.equal(failure?.partition, PLAIN_TASK.partitionId);
    });
  }
  await t.step("a connection without the right secret", async () => {
    using connection = await connect("another secret");
    assert.equal(await readText(connection), "err");
    assert.equal(await connection.read(new Uint8Array(1)), null);
  });
});

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
  return new DataView((await readExactly(connection, 4)).buffer).getInt32(0);
}

async function readText(connection: Deno.Conn): Promise<string> {
  const size = await readExactly(connection, 4);
  const bytes = await readExactly(
    connection,
    new DataView(size.buffer).getInt32(0),
  );
  return new TextDecoder().decode(bytes);
}

async function readExactly(
  connection: Deno.Conn,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size;) {
    const count = await connection.read(bytes.subarray(at));
    assert.ok(count !== null, `the worker closed after ${at} of ${size} bytes`);
    at += count;
  }
  return bytes;
}
