import assert from "node:assert/strict";
import { SpillSpace } from "../../../../worker/spill/spill_space.ts";

Deno.test(
  "SpillSpace.open() makes files that only their owner may open",
  { ignore: Deno.build.os === "windows" },
  () => {
    const folder = Deno.makeTempDirSync();
    const mask = Deno.umask(0);
    try {
      using space = new SpillSpace([folder]);
      const modes: (number | null)[] = [];
      const remove = Deno.removeSync;
      try {
        Deno.removeSync = (path) => {
          modes.push(Deno.statSync(path).mode);
          remove(path);
        };
        space.open();
      } finally {
        Deno.removeSync = remove;
      }
      assert.deepEqual(modes.map((mode) => (mode ?? 0) & 0o777), [0o600]);
    } finally {
      Deno.umask(mask);
      Deno.removeSync(folder);
    }
  },
);

Deno.test(
  "SpillSpace.open() names the folders that may only be read",
  { ignore: Deno.build.os !== "linux" },
  () => {
    using space = new SpillSpace(["/sys"]); // not even for the administrator
    assert.throws(() => space.open(), {
      name: "WorkerError",
      condition: "SPILL_FAILED",
      message: /"\/sys"/,
    });
  },
);
