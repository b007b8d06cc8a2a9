import assert from "node:assert/strict";
import { withTimeout } from "../../src/common/deadline.ts";
import { ended } from "../integration/processes.ts";
import { freePort, listening } from "./local_port.ts";

const START_MS = 60_000;

/** A server of PostgreSQL, which goes with its block. */
export interface PostgresServer extends AsyncDisposable {
  /** Where its database is, for clients. */
  readonly url: string;
}

/**
 * Starts a server of PostgreSQL from Debian's package, as its own user: it
 * refuses to be root's.
 *
 * @param folder where its data lie; made
 */
export async function startPostgres(folder: string): Promise<PostgresServer> {
  const asPostgres = (...args: readonly string[]): Deno.Command =>
    new Deno.Command("runuser", {
      args: ["-u", "postgres", "--", ...args],
      cwd: "/",
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
  await Deno.mkdir(folder);
  await new Deno.Command("chown", { args: ["postgres", folder] }).output();
  const made = await asPostgres(
    await programOf("initdb"),
    "--auth=trust",
    "--username=test",
    "--no-sync",
    folder,
  ).output();
  assert.equal(made.code, 0, "initdb failed");
  const port = freePort();
  const server = asPostgres(
    await programOf("postgres"),
    "-D",
    folder,
    "-k",
    folder,
    "-p",
    `${port}`,
    "-c",
    "listen_addresses=localhost",
  ).spawn();
  const ready = await withTimeout(START_MS, listening(port));
  assert.ok(ready, "PostgreSQL does not start");
  return {
    url: `postgres://test@localhost:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      server.kill("SIGTERM");
      await ended([server.pid]);
      await server.status;
    },
  };
}

/** A program of the newest PostgreSQL that is installed. */
async function programOf(name: string): Promise<string> {
  const root = "/usr/lib/postgresql";
  const versions: number[] = [];
  for await (const { name } of Deno.readDir(root)) versions.push(Number(name));
  return `${root}/${Math.max(...versions)}/bin/${name}`;
}
