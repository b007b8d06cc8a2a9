import fs from "node:fs";
import net from "node:net";
import tty from "node:tty";
import { descriptorsThat } from "../attempts.ts";
import { open, shut, type Way } from "../way.ts";

/** Descriptors by their numbers: the task's socket, the addon's files, what was inherited. */
export const DESCRIPTORS: readonly Way[] = [
  shut(
    "`fs.fstatSync` of the descriptors 3 to 63",
    () => descriptorsThat("seen", (fd) => fs.fstatSync(fd)),
  ),
  shut(
    "`fs.writeSync` to the descriptors 3 to 63",
    () =>
      descriptorsThat("accepted", (fd) => fs.writeSync(fd, new Uint8Array(0))),
  ),
  shut(
    "`fs.readSync` from the descriptors 3 to 63",
    () =>
      descriptorsThat(
        "accepted",
        (fd) => fs.readSync(fd, new Uint8Array(1), 0, 1, 0),
      ),
  ),
  shut(
    "`fs.closeSync` of the descriptors 3 to 63",
    () => descriptorsThat("closed", (fd) => fs.closeSync(fd)),
  ),
  shut(
    "`new net.Socket({ fd })` on the descriptors 3 to 63",
    () =>
      descriptorsThat(
        "opened",
        (fd) => new net.Socket({ fd, readable: false, writable: true }).unref(),
      ),
  ),
  shut(
    "`net.Server.listen({ fd })`: the daemon's listening socket",
    async () => {
      const found: number[] = [];
      for (let fd = 3; fd < 64; fd++) {
        await new Promise<void>((resolve) => {
          const server = net.createServer().on("error", () => resolve());
          server.listen({ fd }, () => {
            found.push(fd);
            server.unref();
            resolve();
          });
        });
      }
      return found.length > 0 ? `listening: ${found}` : null;
    },
  ),
  shut(
    "`new tty.ReadStream(fd)` on the descriptors 3 to 63",
    () => descriptorsThat("opened", (fd) => new tty.ReadStream(fd).unref()),
  ),
  open(
    "`Deno.stdout`, `Deno.stderr`",
    "stderr is the executor's log, which is there for it; the daemon takes one byte of stdout for each connection and throws the rest away",
    () => Deno.stdout.writeSync(new Uint8Array(1)) === 1 ? "written" : null,
  ),
  shut("`Deno.stdin`: what the daemon tells its workers", async () => {
    const space = new Uint8Array(64);
    const count = await Promise.race([
      Deno.stdin.read(space),
      new Promise<number>((resolve) => setTimeout(resolve, 200, 0)),
    ]);
    return (count ?? 0) > 0 ? new TextDecoder().decode(space) : null;
  }),
  shut('`Deno.openSync("/dev/fd/5")`', () => {
    Deno.openSync("/dev/fd/5").close();
    return "opened";
  }),
  shut('`Deno.openSync("/proc/self/fd/5")`', () => {
    Deno.openSync("/proc/self/fd/5").close();
    return "opened";
  }),
];
