import assert from "node:assert/strict";
import { dirname } from "node:path";
import { JvmFolder } from "../../../../src/driver/runtime/jvm_folder.ts";

/** Runs a body where temporary files go to a folder of its own. */
async function withTmpdir(body: (tmp: string) => Promise<void>): Promise<void> {
  const tmp = await Deno.makeTempDir();
  const before = Deno.env.get("TMPDIR");
  Deno.env.set("TMPDIR", tmp);
  try {
    await body(tmp);
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
    await Deno.remove(tmp, { recursive: true });
  }
}

Deno.test("JvmFolder writes files of this user alone, removes them, and goes whole", async () => {
  await withTmpdir(async (tmp) => {
    const told: string[] = [];
    const folder = await JvmFolder.open((path) => {
      told.push(path);
      return Promise.resolve();
    });
    const path = folder.write([Uint8Array.of(1, 2), Uint8Array.of(3)]);
    assert.deepEqual(told, [dirname(path)]);
    assert.deepEqual(Deno.readFileSync(path), Uint8Array.of(1, 2, 3));
    assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
    assert.equal(Deno.statSync(dirname(path)).mode! & 0o777, 0o700);
    await folder.remove(path);
    await folder.remove(path);
    assert.deepEqual([...Deno.readDirSync(dirname(path))], []);
    folder.write([]);
    await folder[Symbol.asyncDispose]();
    assert.deepEqual([...Deno.readDirSync(tmp)], []);
  });
});

Deno.test("JvmFolder makes another folder where a cleaner took its own, or others may enter it, and tells the JVM", async () => {
  await withTmpdir(async (tmp) => {
    const told: string[] = [];
    const folder = await JvmFolder.open((path) => {
      told.push(path);
      return Promise.resolve();
    });
    Deno.removeSync(told[0]!);
    const second = folder.write([Uint8Array.of(1)]);
    assert.deepEqual(told, [told[0], dirname(second)]);
    assert.notEqual(told[0], told[1]);
    Deno.chmodSync(dirname(second), 0o755);
    const third = folder.write([Uint8Array.of(1)]);
    assert.deepEqual(told, [told[0], told[1], dirname(third)]);
    assert.match(third, new RegExp(`^${tmp}/tspark-jvm-[^/]+/[-0-9a-f]{36}$`));
  });
});

Deno.test("JvmFolder names the folder that is missing, and the one that is full", async () => {
  await withTmpdir(async (tmp) => {
    const folder = await JvmFolder.open(() => Promise.resolve());
    const path = folder.write([]);
    const write = (part: unknown): void => {
      folder.write([part as Uint8Array]);
    };
    // What no system call takes stands for a disk that takes no more.
    assert.throws(
      () => write({ length: 1, subarray: () => new SharedArrayBuffer(1) }),
      {
        name: "SparkError",
        condition: "TEMPORARY_FILE_FAILED",
        message: new RegExp(
          `^Cannot write a temporary file in "${tmp}": .+; make space there, or set TMPDIR to a folder that has it$`,
        ),
      },
    );
    assert.equal([...Deno.readDirSync(dirname(path))].length, 1);
    Deno.removeSync(dirname(path), { recursive: true });
    Deno.env.set("TMPDIR", `${tmp}/none`);
    assert.throws(() => folder.write([]), {
      name: "SparkError",
      condition: "TEMPORARY_FOLDER_FAILED",
      message: new RegExp(
        `^Cannot make a folder in "${tmp}/none" for temporary files: .+; make that folder writable, or set TMPDIR to one that is$`,
      ),
    });
  });
});

Deno.test("JvmFolder says when the JVM was not told", async () => {
  await withTmpdir(async () => {
    const reason = new Error("the JVM is gone");
    await assert.rejects(
      JvmFolder.open(() => Promise.reject(reason)),
      reason,
    );
  });
});
