import assert from "node:assert/strict";
import { makeTemporaryFolder } from "../../../src/common/temporary_folder.ts";

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
