import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import type { Platform } from "../../../../src/common/platform/platform.ts";

/** Something that every {@link Platform} does, whatever runtime is under it. */
export interface PlatformCheck {
  /** What is checked. */
  readonly name: string;
  /** Checks it. @throws AssertionError */
  check(platform: Platform): Promise<void>;
}

/** All that the twins have to do alike; by Node's means, which Deno has too. */
export const platformChecks: readonly PlatformCheck[] = [
  {
    name: "makePrivateFolder() and writePrivateFile() let nobody else in",
    check: (platform) =>
      inFolder(platform, async (folder) => {
        assert.equal((await stat(folder)).mode, 0o40700);
        await platform.writePrivateFile(`${folder}/text`, "h\u00e9");
        await platform.writePrivateFile(
          `${folder}/bytes`,
          new Uint8Array([1]),
        );
        assert.equal((await stat(`${folder}/text`)).mode, 0o100600);
        assert.deepEqual(
          await platform.readFile(`${folder}/text`),
          new TextEncoder().encode("h\u00e9"),
        );
        assert.deepEqual(
          (await platform.listFolder(folder))?.toSorted(),
          ["bytes", "text"],
        );
        await assert.rejects(platform.writePrivateFile(`${folder}/text`, ""));
      }),
  },
  {
    name:
      "makePrivateFolderNow() and writePrivateFileNow() let nobody else in, and folderAccess() tells",
    check: async (platform) => {
      const folder = platform.makePrivateFolderNow("tspark-test-");
      try {
        const { uid, mode } = await stat(folder);
        assert.equal(mode, 0o40700);
        assert.deepEqual(platform.folderAccess(folder), { owner: uid, mode });
        const path = `${folder}/parts`;
        const parts = [
          Uint8Array.of(1, 2),
          new Uint8Array(0),
          Uint8Array.of(3),
        ];
        platform.writePrivateFileNow(path, parts);
        assert.equal((await stat(path)).mode, 0o100600);
        assert.deepEqual(await platform.readFile(path), Uint8Array.of(1, 2, 3));
        assert.throws(() => platform.writePrivateFileNow(path, parts));
        assert.deepEqual(await platform.readFile(path), Uint8Array.of(1, 2, 3));
        assert.equal(platform.folderAccess(path), null);
        assert.equal(platform.folderAccess(`${folder}/none`), null);
      } finally {
        await platform.remove(folder);
      }
    },
  },
  {
    name: "writeAtomically() replaces a file and leaves nothing else",
    check: (platform) =>
      inFolder(platform, async (folder) => {
        await platform.makeFolder(`${folder}/a/b`);
        const path = `${folder}/a/b/script`;
        await platform.writeAtomically(path, "old", 0o600);
        await platform.writeAtomically(path, "new", 0o755);
        assert.equal(await readFile(path, "utf8"), "new");
        assert.equal((await stat(path)).mode, 0o100755);
        await platform.writeAtomically(path, new Uint8Array([0, 255]), 0o644);
        assert.deepEqual(
          await platform.readFile(path),
          new Uint8Array([0, 255]),
        );
        assert.deepEqual(await platform.listFolder(`${folder}/a/b`), [
          "script",
        ]);
        await assert.rejects(platform.writeAtomically(folder, "x", 0o600));
        assert.deepEqual(await platform.listFolder(folder), ["a"]);
      }),
  },
  {
    name: "answers null, or does nothing, where there is no file",
    check: (platform) =>
      inFolder(platform, async (folder) => {
        assert.equal(await platform.readFile(`${folder}/none`), null);
        assert.equal(await platform.listFolder(`${folder}/none`), null);
        await platform.remove(`${folder}/none`);
      }),
  },
  {
    name: "watchFolder() tells of a new file and of its own end",
    check: (platform) =>
      inFolder(platform, async (folder) => {
        const watch = platform.watchFolder(folder);
        const changed = watch.changed();
        await platform.writePrivateFile(`${folder}/new`, "");
        assert.equal(await changed, true);
        watch.close();
        watch.close();
        while (await watch.changed());
      }),
  },
  {
    name: "spawn() pipes three streams and tells how a process ends",
    check: checkProcesses,
  },
  {
    name: "connectTcp() and connectUnix() read, write and close",
    check: (platform) =>
      inFolder(platform, async (folder) => {
        const tcp = await listen({ host: "127.0.0.1", port: 0 });
        const address = tcp.address();
        assert.ok(address !== null && typeof address === "object");
        await checkSocket(
          tcp,
          () => platform.connectTcp("127.0.0.1", address.port),
        );
        await assert.rejects(platform.connectTcp("127.0.0.1", address.port));
        const path = `${folder}/s`;
        await checkSocket(
          await listen({ path }),
          () => platform.connectUnix(path),
        );
      }),
  },
  {
    name: "knows its program and its surroundings",
    check: async (platform) => {
      const { mode } = await stat(platform.executable());
      assert.notEqual(mode & 0o111, 0);
      assert.match(platform.mainModule() ?? "", /^file:/);
      assert.match(platform.denoExecutable(), /deno$/);
      assert.equal(typeof platform.environment()["PATH"], "string");
    },
  },
];

async function inFolder(
  platform: Platform,
  body: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await platform.makePrivateFolder("tspark-test-");
  try {
    await body(folder);
  } finally {
    await platform.remove(folder);
  }
}

async function checkProcesses(platform: Platform): Promise<void> {
  const script = 'cat; echo "$X" >&2; exit 5';
  const child = platform.spawn("/bin/sh", ["-c", script], { X: "from env" });
  await child.closeStdin();
  await child.closeStdin();
  assert.deepEqual(await child.exited, { code: 5, signal: null });
  assert.equal(await new Response(child.stderr).text(), "from env\n");
  assert.equal(await new Response(child.stdout).text(), "");
  child.kill("SIGTERM");

  const inRoot = platform.spawn("/bin/pwd", [], {}, "/");
  const [where] = await Promise.all([
    new Response(inRoot.stdout).text(),
    new Response(inRoot.stderr).text(),
    inRoot.closeStdin(),
  ]);
  assert.equal(where, "/\n");

  const killed = platform.spawn("/bin/cat", [], {});
  killed.unref();
  killed.ref();
  killed.kill("SIGKILL");
  assert.deepEqual(await killed.exited, { code: 137, signal: "SIGKILL" });
  await Promise.all([
    killed.closeStdin(),
    killed.stdout.cancel(),
    killed.stderr.cancel(),
  ]);
  assert.throws(() => platform.spawn("/no/such/program", [], {}), /program/);
}

async function listen(
  where: { host: string; port: number } | { path: string },
): Promise<Server> {
  const server = createServer();
  server.listen(where);
  await once(server, "listening");
  return server;
}

async function checkSocket(
  server: Server,
  connect: () => ReturnType<Platform["connectTcp"]>,
): Promise<void> {
  const accepted: Promise<Socket[]> = once(server, "connection");
  const socket = await connect();
  const [peer] = await accepted;
  assert.ok(peer !== undefined);
  const received = once(peer, "data");
  await socket.write(new Uint8Array([1, 2, 3]));
  assert.deepEqual([...(await received)[0]], [1, 2, 3]);
  const buffer = new Uint8Array(8);
  peer.write(new Uint8Array([4]));
  assert.equal(await socket.read(buffer), 1);
  assert.equal(buffer[0], 4);
  const large = new Uint8Array(300_000).map((_, at) => at % 251);
  peer.write(large);
  for (let at = 0; at < large.length;) {
    const length = await socket.read(buffer);
    assert.deepEqual(
      buffer.subarray(0, length),
      large.subarray(at, at + length),
    );
    at += length;
  }
  peer.end();
  assert.equal(await socket.read(buffer), 0);
  socket.close();
  socket.close();
  await assert.rejects(socket.write(new Uint8Array([1])));
  peer.destroy();
  server.close();
  await once(server, "close");
}
