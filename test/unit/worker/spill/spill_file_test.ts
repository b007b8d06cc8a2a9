import assert from "node:assert/strict";
import { WorkerError } from "../../../../src/common/errors.ts";
import { SpillFile } from "../../../../worker/spill/spill_file.ts";
import { SpillSpace } from "../../../../worker/spill/spill_space.ts";
import { memoryFile } from "./spill_rig.ts";

const pure = { permissions: "none" } as const;

function bytesOf(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 7 + seed) & 0xff);
}

function failure(body: () => unknown): WorkerError {
  try {
    body();
  } catch (error) {
    assert.ok(error instanceof WorkerError);
    assert.equal(error.condition, "SPILL_FAILED");
    return error;
  }
  throw new assert.AssertionError({ message: "nothing was thrown" });
}

Deno.test(
  "SpillFile reads back what was appended, in any order and size",
  pure,
  () => {
    let written = 0;
    const file = new SpillFile(memoryFile(), "memory", (n) => written += n);
    const pieces = [3, 300_000, 0, 1, 256 * 1024, 70_000, 200_000];
    const at = pieces.map((size, seed) => {
      const start = file.length;
      file.append(bytesOf(size, seed));
      return start;
    });
    for (const i of [5, 0, 6, 1, 4, 3, 2]) {
      const into = new Uint8Array(pieces[i] ?? 0);
      file.read(at[i] ?? 0, into);
      assert.deepEqual(into, bytesOf(into.length, i));
      file.append(bytesOf(10, 0)); // reading must not move the end
    }
    file.flush();
    assert.equal(written, file.length);
    assert.equal(written, pieces.reduce((a, b) => a + b) + 70);
  },
);

Deno.test("SpillFile tells of a full disk", pure, () => {
  const space = new SpillSpace(["/data/a"], () => {
    const file = memoryFile();
    let left = 2000;
    return {
      ...file,
      write(bytes) {
        if (left === 0) {
          throw new Error("No space left on device (os error 28)");
        }
        const size = file.write(bytes.subarray(0, left));
        left -= size;
        return size;
      },
    };
  });
  const file = space.open();
  file.append(new Uint8Array(3000));
  const error = failure(() => file.flush());
  assert.equal(
    error.message,
    'Cannot write 3000 bytes to a spill file in "/data/a": No space left on device (os error 28), with 2000 bytes written; free space there, name larger folders in spark.local.dir or raise spark.python.worker.memory',
  );
  assert.deepEqual(error.parameters, {
    folder: "/data/a",
    bytes: 3000,
    writtenBytes: 2000,
  });
  assert.ok(error.cause instanceof Error);
  assert.equal(space.diskBytes, 2000);
});

Deno.test("SpillFile tells of bytes that are gone", pure, () => {
  const file = new SpillFile(
    { ...memoryFile(), read: () => null },
    "/data/a",
    () => {},
  );
  file.append(new Uint8Array(10));
  assert.equal(
    failure(() => file.read(0, new Uint8Array(4))).message,
    'Cannot read 4 bytes back from a spill file in "/data/a": the file ends before; see to that disk or name other folders in spark.local.dir',
  );
});

Deno.test("SpillFile refuses to be used after it was closed", pure, () => {
  let closed = 0;
  const file = new SpillFile(memoryFile(() => closed++), "/data/a", () => {});
  file.append(new Uint8Array(10));
  file.flush();
  file.close();
  file.close();
  assert.equal(closed, 1);
  assert.equal(
    failure(() => file.read(0, new Uint8Array(4))).message,
    'Cannot use a spill file in "/data/a": it is closed, as all are when their task ends; take what you need out of a group while its task runs',
  );
  file.append(new Uint8Array(10));
  failure(() => file.flush());
});

Deno.test("SpillSpace.open() takes folders in turns", pure, () => {
  const asked: string[] = [];
  using space = new SpillSpace(["a", "b", "c"], (folder) => {
    asked.push(folder);
    return memoryFile();
  });
  for (let i = 0; i < 6; i++) space.open();
  assert.deepEqual(asked.slice(0, 3).toSorted(), ["a", "b", "c"]);
  assert.deepEqual(asked.slice(3), asked.slice(0, 3));
});

Deno.test("SpillSpace.open() passes over a folder that fails", pure, () => {
  const asked: string[] = [];
  using space = new SpillSpace(["a", "b"], (folder) => {
    asked.push(folder);
    if (folder === "a") throw new Error("Read-only file system (os error 30)");
    return memoryFile();
  });
  space.open();
  space.open();
  assert.equal(asked.filter((folder) => folder === "b").length, 2);
});

Deno.test("SpillSpace.open() tells why no folder takes a file", () => {
  const none = new SpillSpace([]);
  assert.equal(
    failure(() => none.open()).message,
    'Cannot make a spill file in "": no folder is named; name folders that the executors can write to in spark.local.dir',
  );
  const folder = Deno.makeTempDirSync();
  Deno.removeSync(folder);
  const missing = new SpillSpace([folder]);
  const error = failure(() => missing.open());
  assert.equal(
    error.message,
    `Cannot make a spill file in "${folder}": No such file or directory (os error 2); name folders that the executors can write to in spark.local.dir`,
  );
  assert.deepEqual(error.parameters, { folder, bytes: 0 });
});

Deno.test(
  "SpillSpace closes all files at its end and keeps the count of bytes",
  pure,
  () => {
    let open = 0;
    const space = new SpillSpace(["a"], () => {
      open++;
      return memoryFile(() => open--);
    });
    const files = [space.open(), space.open(), space.open()];
    for (const file of files) {
      file.append(new Uint8Array(1000));
      file.flush();
    }
    const [first] = files;
    assert.ok(first !== undefined);
    space.close(first);
    assert.equal(open, 2);
    space[Symbol.dispose]();
    assert.equal(open, 0);
    assert.equal(space.diskBytes, 3000);
    space.freed(12.5);
    space.freed(-1);
    assert.equal(space.memoryBytes, 13);
  },
);

Deno.test(
  "SpillSpace.open() makes files that nobody sees and that leave nothing",
  { ignore: Deno.build.os !== "linux" },
  () => {
    const folder = Deno.makeTempDirSync();
    const descriptors = (): number =>
      [...Deno.readDirSync("/proc/self/fd")].filter(({ name }) => {
        try {
          return Deno.readLinkSync(`/proc/self/fd/${name}`).startsWith(folder);
        } catch {
          return false; // closed since
        }
      }).length;
    try {
      {
        using space = new SpillSpace([folder]);
        const files = [space.open(), space.open()];
        for (const file of files) {
          file.append(bytesOf(500_000, 1));
          file.flush();
        }
        assert.deepEqual([...Deno.readDirSync(folder)], []);
        assert.equal(descriptors(), 2);
        const into = new Uint8Array(1000);
        files[1]?.read(499_000, into);
        assert.deepEqual(into, bytesOf(500_000, 1).subarray(499_000));
      }
      assert.equal(descriptors(), 0);
    } finally {
      Deno.removeSync(folder);
    }
  },
);

Deno.test(
  "SpillFile tells of the operating system's limit on a file",
  { ignore: Deno.build.os !== "linux" },
  async () => {
    const program = `
      import { SpillSpace } from ${
      JSON.stringify(
        import.meta.resolve("../../../../worker/spill/spill_space.ts"),
      )
    };
      using space = new SpillSpace([Deno.cwd()]);
      const file = space.open();
      try {
        for (let i = 0; i < 8; i++) file.append(new Uint8Array(1 << 20));
      } catch (error) {
        console.log(error.condition, space.diskBytes, error.cause.message);
      }`;
    const folder = Deno.makeTempDirSync();
    const { stdout } = await new Deno.Command("sh", {
      args: [
        "-c",
        'trap "" XFSZ; ulimit -f 4096; exec "$0" eval --no-lock "$1"',
        Deno.execPath(),
        program,
      ],
      cwd: folder,
    }).output();
    Deno.removeSync(folder);
    const [condition, bytes, ...reason] = new TextDecoder().decode(stdout)
      .trim().split(" ");
    assert.equal(condition, "SPILL_FAILED");
    assert.ok([2 << 20, 4 << 20].includes(Number(bytes)), bytes); // ulimit counts blocks of 512 or 1,024 bytes
    assert.equal(reason.join(" "), "File too large (os error 27)");
  },
);
