import assert from "node:assert/strict";
import {
  makeTemporaryFolder,
  makeTemporaryFolderNow,
} from "../../../src/common/temporary_folder.ts";
import { JvmFolder } from "../../../src/driver/runtime/jvm_folder.ts";

/** Where not even the system's administrator, as whom tests may run, makes a folder. */
const READ_ONLY = "/sys";

Deno.test("makeTemporaryFolder() makes a folder of this user alone, and names the one that is missing", async () => {
  const path = await makeTemporaryFolder("try");
  const before = Deno.env.get("TMPDIR");
  try {
    assert.match(path, /\/tspark-try-[^/]+$/);
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o700);
    Deno.env.set("TMPDIR", `${path}/none`);
    await assert.rejects(makeTemporaryFolder("try"), {
      name: "SparkError",
      condition: "TEMPORARY_FOLDER_FAILED",
      message: new RegExp(
        `^Cannot make a folder in "${path}/none" for temporary files: .+; make that folder writable, or set TMPDIR to one that is$`,
      ),
    });
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
    await Deno.remove(path, { recursive: true });
  }
});

Deno.test(
  "makeTemporaryFolder() names the folder that may only be read",
  { ignore: Deno.build.os !== "linux" },
  async () => {
    const before = Deno.env.get("TMPDIR");
    Deno.env.set("TMPDIR", READ_ONLY);
    const named = {
      name: "SparkError",
      condition: "TEMPORARY_FOLDER_FAILED",
      message: new RegExp(
        `^Cannot make a folder in "${READ_ONLY}" for temporary files: (?:Permission denied|Operation not permitted|Read-only file system).*; make that folder writable, or set TMPDIR to one that is$`,
      ),
    };
    try {
      await assert.rejects(makeTemporaryFolder("try"), named);
      assert.throws(() => makeTemporaryFolderNow("try"), named);
      await assert.rejects(JvmFolder.open(() => Promise.resolve()), named);
    } finally {
      if (before === undefined) Deno.env.delete("TMPDIR");
      else Deno.env.set("TMPDIR", before);
    }
  },
);

Deno.test(
  "makeTemporaryFolder() leaves a permission that is missing to Deno's own words",
  {
    permissions: { write: false, env: false, read: true },
  },
  async () => {
    await assert.rejects(makeTemporaryFolder("try"), {
      name: "NotCapable",
      message: /^Requires write access to .*--allow-write/,
    });
  },
);
