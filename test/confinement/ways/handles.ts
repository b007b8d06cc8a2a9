import dgram from "node:dgram";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import process from "node:process";
import tls from "node:tls";
import { descriptorsThat, handleClass } from "../attempts.ts";
import { shut, type Way } from "../way.ts";

/** Handles, streams and files on descriptors of others. */
export const HANDLES: readonly Way[] = [
  shut(
    "`new net.Socket(3)` to `(63)`, to close the task's connection",
    () => descriptorsThat("opened", (fd) => new net.Socket({ fd }).destroy()),
  ),
  shut(
    "The handle below it: `Pipe.open`",
    () =>
      descriptorsThat("opened", (fd) => {
        const Pipe = handleClass("pipe_wrap", "Pipe");
        const code = new Pipe(0).open(fd);
        if (code !== 0 && code !== undefined) throw new Error(String(code));
      }),
  ),
  shut(
    "`TCP.open`",
    () =>
      descriptorsThat("opened", (fd) => {
        const code = new (handleClass("tcp_wrap", "TCP"))(0).open(fd);
        if (code !== 0 && code !== undefined) throw new Error(String(code));
      }),
  ),
  shut(
    "`UDP.open`",
    () =>
      descriptorsThat("opened", (fd) => {
        const code = new (handleClass("udp_wrap", "UDP"))(0).open(fd);
        if (code !== 0 && code !== undefined) throw new Error(String(code));
      }),
  ),
  shut(
    "`TCP.openFromRid`: Deno's own numbers",
    () =>
      descriptorsThat("opened", (rid) => {
        const handle = new (handleClass("tcp_wrap", "TCP"))(0);
        const open: unknown = Reflect.get(handle, "openFromRid");
        if (typeof open !== "function") throw new Error("no such method");
        const code: unknown = Reflect.apply(open, handle, [rid]);
        if (code !== 0 && code !== undefined) throw new Error(String(code));
      }),
  ),
  shut("`Pipe.prototype.open` given back by `defineProperty`", () => {
    const { prototype } = handleClass("pipe_wrap", "Pipe");
    Object.defineProperty(prototype, "open", { value: () => 0 });
    return "given";
  }),
  shut("`Pipe.prototype.open` deleted, for one that it hides", () => {
    const { prototype } = handleClass("pipe_wrap", "Pipe");
    return Reflect.deleteProperty(prototype, "open") ? "deleted" : null;
  }),
  shut(
    "`new TTY(fd)` of `process.binding`",
    () =>
      descriptorsThat("opened", (fd) => {
        const context: { code?: unknown } = {};
        new (handleClass("tty_wrap", "TTY"))(fd, context);
        if (context.code !== undefined) throw new Error(String(context.code));
      }),
  ),
  shut(
    "`tls.TLSSocket` over a descriptor",
    () =>
      descriptorsThat(
        "opened",
        (fd) => new tls.TLSSocket(new net.Socket({ fd })).destroy(),
      ),
  ),
  shut("`http.Server.listen({ fd })`", () =>
    new Promise((resolve, reject) => {
      const server = http.createServer().on("error", reject);
      server.listen({ fd: 4 }, () => {
        server.close();
        resolve("listening");
      });
    })),
  shut("`dgram` bound to a descriptor", () =>
    new Promise((resolve, reject) => {
      const socket = dgram.createSocket("udp4").on("error", reject);
      socket.bind({ fd: 4 }, () => resolve("bound"));
    })),
  shut("`fs.createReadStream` of the descriptors 3 to 63", async () => {
    for (let fd = 3; fd < 64; fd++) {
      const found = await new Promise<boolean>((resolve) =>
        fs.createReadStream("", { fd, end: 0 })
          .on("error", () => resolve(false))
          .on("data", () => resolve(true)).on("end", () => resolve(true))
      );
      if (found) return `read: ${fd}`;
    }
    return null;
  }),
  shut(
    "`fs.readFileSync` of the descriptors 3 to 63",
    () => descriptorsThat("read", (fd) => fs.readFileSync(fd)),
  ),
  shut(
    "`fs.writevSync` to the descriptors 3 to 63",
    () =>
      descriptorsThat(
        "written",
        (fd) => fs.writevSync(fd, [new Uint8Array(1)]),
      ),
  ),
  shut(
    "`fs.ftruncateSync`, which cuts a file that spilled",
    () => descriptorsThat("cut", (fd) => fs.ftruncateSync(fd, 0)),
  ),
  shut(
    "`fs.fchmodSync`, `fs.futimesSync`",
    () =>
      descriptorsThat("changed", (fd) => {
        fs.fchmodSync(fd, 0o777);
        fs.futimesSync(fd, 0, 0);
      }),
  ),
  shut("`new Deno.FsFile(fd)`", () =>
    descriptorsThat("opened", (fd) => {
      Reflect.construct(Deno.FsFile, [fd]);
    })),
  shut("`Deno.close`, `Deno.readSync`, by number", () => {
    const names = ["close", "readSync", "writeSync", "fstatSync", "resources"];
    return names.find((name) => Reflect.has(Deno, name)) ?? null;
  }),
  shut("`process.stdin` of a descriptor below it", () => {
    const handle: unknown = Reflect.get(process.stdin, "_handle");
    const fd: unknown = typeof handle === "object" && handle !== null
      ? Reflect.get(handle, "fd")
      : undefined;
    return typeof fd === "number" && fd > 2 ? `fd ${fd}` : null;
  }),
  shut('`Deno.openSync("/dev/stdin")`', () => {
    Deno.openSync("/dev/stdin").close();
    return "opened";
  }),
];
