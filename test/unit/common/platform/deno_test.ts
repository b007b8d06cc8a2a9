import assert from "node:assert/strict";
import { platform } from "../../../../src/common/platform/deno.ts";

async function inFolder(body: (path: string) => Promise<void>): Promise<void> {
  const folder = await platform.makePrivateFolder("tspark-test-");
  try {
    await body(folder);
  } finally {
    await platform.remove(folder);
  }
}

Deno.test("platform.makePrivateFolder() and writePrivateFile() let nobody else in", async () => {
  await inFolder(async (folder) => {
    assert.equal((await Deno.stat(folder)).mode, 0o40700);
    await platform.writePrivateFile(`${folder}/text`, "h\u00e9");
    await platform.writePrivateFile(`${folder}/bytes`, new Uint8Array([1]));
    assert.equal((await Deno.stat(`${folder}/text`)).mode, 0o100600);
    assert.deepEqual(
      await platform.readFile(`${folder}/text`),
      new TextEncoder().encode("h\u00e9"),
    );
    assert.deepEqual(
      (await platform.listFolder(folder))?.toSorted(),
      ["bytes", "text"],
    );
    await assert.rejects(platform.writePrivateFile(`${folder}/text`, ""));
  });
});

Deno.test("platform.writeAtomically() replaces a file and leaves nothing else", async () => {
  await inFolder(async (folder) => {
    await platform.makeFolder(`${folder}/a/b`);
    const path = `${folder}/a/b/script`;
    await platform.writeAtomically(path, "old", 0o600);
    await platform.writeAtomically(path, "new", 0o755);
    assert.equal(await Deno.readTextFile(path), "new");
    assert.equal((await Deno.stat(path)).mode, 0o100755);
    assert.deepEqual(await platform.listFolder(`${folder}/a/b`), ["script"]);
    await assert.rejects(platform.writeAtomically(folder, "x", 0o600));
    assert.deepEqual(await platform.listFolder(folder), ["a"]);
  });
});

Deno.test("platform answers null, or does nothing, where there is no file", async () => {
  await inFolder(async (folder) => {
    assert.equal(await platform.readFile(`${folder}/none`), null);
    assert.equal(await platform.listFolder(`${folder}/none`), null);
    await platform.remove(`${folder}/none`);
  });
});

Deno.test("platform.watchFolder() tells of a new file and of its own end", async () => {
  await inFolder(async (folder) => {
    const watch = platform.watchFolder(folder);
    const changed = watch.changed();
    await platform.writePrivateFile(`${folder}/new`, "");
    assert.equal(await changed, true);
    watch.close();
    watch.close();
    while (await watch.changed());
  });
});

Deno.test("platform.spawn() pipes three streams and tells how a process ends", async () => {
  const script = 'cat; echo "$X" >&2; exit 5';
  const child = platform.spawn("/bin/sh", ["-c", script], { X: "from env" });
  await child.closeStdin();
  assert.deepEqual(await child.exited, { code: 5, signal: null });
  assert.equal(await new Response(child.stderr).text(), "from env\n");
  assert.equal(await new Response(child.stdout).text(), "");
  child.kill("SIGTERM");

  const killed = platform.spawn("/bin/cat", [], {});
  killed.kill("SIGKILL");
  assert.deepEqual(await killed.exited, { code: 137, signal: "SIGKILL" });
  await Promise.all([
    killed.closeStdin(),
    killed.stdout.cancel(),
    killed.stderr.cancel(),
  ]);
});

Deno.test("platform.connectTcp() and connectUnix() read, write and close", async () => {
  await inFolder(async (folder) => {
    const tcp = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const unix = Deno.listen({ transport: "unix", path: `${folder}/s` });
    const sockets = [
      [tcp, await platform.connectTcp("127.0.0.1", tcp.addr.port)],
      [unix, await platform.connectUnix(`${folder}/s`)],
    ] as const;
    for (const [listener, socket] of sockets) {
      const conn = await listener.accept();
      await socket.write(new Uint8Array([1, 2, 3]));
      const buffer = new Uint8Array(8);
      assert.equal(await conn.read(buffer), 3);
      await conn.write(new Uint8Array([4]));
      assert.equal(await socket.read(buffer), 1);
      assert.equal(buffer[0], 4);
      conn.close();
      assert.equal(await socket.read(buffer), 0);
      socket.close();
      socket.close();
      listener.close();
    }
  });
});

Deno.test(
  "platform.environment() holds what may be read of the driver's own variables, where not all may",
  {
    permissions: { env: ["HOME", "USER"] },
  },
  () => {
    const home = Deno.env.get("HOME");
    const expected = home === undefined ? {} : { HOME: home };
    assert.deepEqual(platform.environment(), expected);
  },
);
