/**
 * Strangers at the sockets of a daemon: they get nothing, for no longer than a
 * deadline, and others are served meanwhile.
 */
import assert from "node:assert/strict";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { withTimeout } from "../../../../src/common/deadline.ts";
import { MAX_SECRET_BYTES } from "../../../../src/protocol/limits.ts";
import { temporaryFolder } from "../../../integration/temporary_folder.ts";
import { startDaemon } from "./start_daemon.ts";

const SECRET = "f00d".repeat(16);
const DEADLINE_MS = 30_000;
const RIGHT = new ByteWriter().writeString(SECRET).finish();
const ACCEPTED = [...new ByteWriter().writeString("ok").finish()];
const REFUSED = [...new ByteWriter().writeString("err").finish()];

const ADDONS: readonly [string, Readonly<Record<string, string>>][] = [
  ["on", {}],
  ["off", { TSPARK_ADDON: "off" }],
];

for (const [addon, env] of ADDONS) {
  Deno.test(`strangers at a daemon, its addon ${addon}`, async (t) => {
    await using daemon = startDaemon(SECRET, env, "piped");
    const port = new DataView((await readSome(daemon.stdout)).buffer)
      .getInt32(0);
    const said = new Response(daemon.stderr).text();
    const connect = () => Deno.connect({ hostname: "127.0.0.1", port });

    // Both go on through all of the steps below.
    using silent = await connect();
    using stopped = await connect();
    await stopped.write(RIGHT.subarray(0, 40));
    const ends = Promise.all([allOf(silent), allOf(stopped)]);

    const wrong = RIGHT.slice();
    wrong[RIGHT.length - 1] = 0;
    const short = new ByteWriter().writeString(SECRET.slice(0, -1)).finish();
    const cases: readonly [string, Uint8Array, number[]][] = [
      ["the right secret is accepted", RIGHT, ACCEPTED],
      ["one that is wrong in its last byte is not", wrong, REFUSED],
      ["nor a truncated one", short, REFUSED],
      ["nor none", new ByteWriter().writeString("").finish(), REFUSED],
      [
        "a length beyond the limit ends it",
        new ByteWriter().writeInt(MAX_SECRET_BYTES + 1).finish(),
        [],
      ],
      ["so does a negative one", new ByteWriter().writeInt(-1).finish(), []],
    ];
    for (const [what, sent, answer] of cases) {
      await t.step(what, async () => {
        using connection = await connect();
        await connection.write(sent);
        const got = answer.length > 0
          ? await answerOf(connection, answer.length)
          : (await withTimeout(DEADLINE_MS, allOf(connection)))?.slice(4);
        assert.deepEqual(got, answer);
      });
    }
    await t.step("the right one byte by byte is accepted", async () => {
      using connection = await connect();
      for (const byte of RIGHT) await connection.write(new Uint8Array([byte]));
      assert.deepEqual(await answerOf(connection, ACCEPTED.length), ACCEPTED);
    });
    await t.step(
      "silence, and half of a secret, end at a deadline",
      async () => {
        const [first, second] = await withTimeout(DEADLINE_MS, ends) ?? [];
        assert.deepEqual([first?.length, second?.length], [4, 4]); // process ids
        daemon.kill("SIGTERM");
        assert.match(
          (await said) ?? "",
          /Cannot serve a connection: it did not show the secret within 10000 ms, as Spark does at once; find out which program connects to this machine's ports/,
        );
      },
    );
  });

  Deno.test(`only this user may connect to a daemon's path, its addon ${addon}`, async () => {
    await using folder = await temporaryFolder();
    await using daemon = startDaemon(SECRET, {
      ...env,
      PYTHON_UNIX_DOMAIN_ENABLED: "true",
      PYTHON_WORKER_FACTORY_SOCK_DIR: folder.path,
    });
    const path = new TextDecoder().decode(
      (await readSome(daemon.stdout)).subarray(4),
    );
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
    using connection = await Deno.connect({ transport: "unix", path });
    assert.deepEqual(await answerOf(connection, 0), []); // a process id came
  });
}

async function readSome(
  stream: ReadableStream<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return new Uint8Array(value ?? []);
}

/** What follows the worker's process id, up to `count` bytes, or the end. */
async function answerOf(
  connection: Deno.Conn,
  count: number,
): Promise<number[]> {
  const bytes: number[] = [];
  const space = new Uint8Array(64);
  while (bytes.length < 4 + Math.max(count, 0)) {
    const size = await withTimeout(DEADLINE_MS, connection.read(space));
    assert.ok(size !== undefined, "no answer in time");
    if (size === null) break;
    bytes.push(...space.subarray(0, size));
  }
  return bytes.slice(4);
}

/** All that comes until the other side ends; a reset is an end. */
async function allOf(connection: Deno.Conn): Promise<number[]> {
  const bytes: number[] = [];
  const space = new Uint8Array(64);
  for (;;) {
    const size = await connection.read(space)
      .catch((error: unknown) => {
        if (error instanceof Deno.errors.ConnectionReset) return null;
        throw error;
      });
    if (size === null) return bytes;
    bytes.push(...space.subarray(0, size));
  }
}
