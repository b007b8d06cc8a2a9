/**
 * The way that once led out of a worker, walked as far as it goes: a function
 * closes its task's connection, has another take its number, and lets a header
 * come from there that tells the worker where to fetch a broadcast. Without
 * confinement, as in it the function comes to no descriptor at all.
 */
import assert from "node:assert/strict";
import fs from "node:fs";
import net from "node:net";
import { DRIVER_VERSION } from "../../../src/protocol/command.ts";
import { jvmHeader, jvmInput } from "../../mirror/jvm_side.ts";
import { sharedSession } from "../shared_session.ts";

const LOCAL = { hostname: "127.0.0.1", port: 0 };
const TAKERS = 8;

/** A server that counts who comes, and answers each alike. */
class Stranger implements AsyncDisposable {
  readonly #listener = Deno.listen(LOCAL);
  readonly #served: Promise<void>;
  /** What those who came said first. */
  readonly said: string[] = [];

  constructor(answer: Uint8Array) {
    this.#served = this.#serve(answer);
  }

  get port(): number {
    return (this.#listener.addr as Deno.NetAddr).port;
  }

  async #serve(answer: Uint8Array): Promise<void> {
    const talks: Promise<void>[] = [];
    for await (const connection of this.#listener) {
      talks.push(this.#talk(connection, answer));
    }
    await Promise.all(talks);
  }

  async #talk(connection: Deno.Conn, answer: Uint8Array): Promise<void> {
    using _ = connection;
    const at = this.said.push("") - 1;
    try {
      await connection.write(answer);
      const bytes = new Uint8Array(4096);
      const count = await connection.read(bytes) ?? 0;
      this.said[at] = new TextDecoder().decode(bytes.subarray(0, count));
      while (await connection.read(bytes) !== null) { /* until it ends */ }
    } catch { /* the worker has ended */ }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#served;
  }
}

Deno.test("a header is believed only from the connection that the worker accepted", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  await using trap = new Stranger(new Uint8Array());
  const forged = jvmHeader("4.3", {
    driverVersion: DRIVER_VERSION,
    addedBroadcasts: [{ id: 999n, path: "" }],
    broadcastSocket: { port: trap.port, secret: "x".repeat(64) },
  });
  const answers = {
    "a header": forged,
    "the input's end, then a header": new Uint8Array([
      ...jvmInput([]),
      ...forged,
    ]),
  };
  for (const [what, answer] of Object.entries(answers)) {
    await t.step(what, async () => {
      await using stranger = new Stranger(answer);
      const { port } = stranger;
      const job = sc.parallelize([1], 1).mapAsync(async (n) => {
        // Connections over TCP alone: Deno itself cannot go on without its others.
        const sockets = (): number[] => {
          const lines = fs.readFileSync("/proc/net/tcp", "utf8").split("\n");
          const known = new Set(
            lines.map((line) => `socket:[${line.trim().split(/ +/)[9]}]`),
          );
          return fs.readdirSync("/proc/self/fd").map(Number).filter((fd) => {
            try {
              return known.has(fs.readlinkSync(`/proc/self/fd/${fd}`));
            } catch {
              return false; // of the listing itself
            }
          });
        };
        const closed = sockets();
        for (const fd of closed) {
          await new Promise((resolve) =>
            new net.Socket({ fd }).on("close", resolve).on("error", resolve)
              .destroy()
          );
        }
        const connections: Deno.Conn[] = [];
        for (let i = 0; i < TAKERS; i++) {
          connections.push(await Deno.connect({ port }));
        }
        const now = sockets();
        const taken = closed.filter((fd) => now.includes(fd));
        const text = JSON.stringify({ closed, taken });
        await connections[0]?.write(new TextEncoder().encode(text));
        return n;
      }).collect();
      const error = await job.then(() => null, (error: unknown) => error);
      assert.ok(error instanceof Error, "the job cannot come right");
      assert.match(
        error.message,
        /Cannot write: descriptor \d+ is not what was opened under it any more; do not close descriptors that others have opened/,
      );
      const said = stranger.said.find((text) => text.startsWith("{"));
      const { closed, taken } = JSON.parse(said ?? "null");
      assert.equal(closed.length, 1, "the task's connection");
      assert.deepEqual(taken, closed);
      assert.deepEqual(
        stranger.said.filter((text) => text !== "" && !text.startsWith("{")),
        [],
        "nor does the worker write to a stranger",
      );
      assert.deepEqual(trap.said, []);
      assert.deepEqual(await sc.parallelize([1, 2], 2).collect(), [1, 2]);
    });
  }
});
