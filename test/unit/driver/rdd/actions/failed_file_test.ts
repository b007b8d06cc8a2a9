import assert from "node:assert/strict";
import { filesOfSplit } from "../../../../../src/driver/rdd/actions/failed_file.ts";

Deno.test({
  name: "filesOfSplit() names files without the bytes that are read of them",
  permissions: "none",
  fn() {
    const cases: readonly [string, string][] = [
      ["file:/g z/é:1.gz:0+18", "file:/g z/é:1.gz"],
      [
        "Paths:/g z/a,b.gz:0+7,/g z/c.gz:0+22 Locations:localhost:; ",
        "/g z/a,b.gz,/g z/c.gz",
      ],
      ["another format's", "another format's"],
      [`file:/${"x".repeat(300)}:0+1`, `file:/${"x".repeat(194)}…`],
    ];
    for (const [split, files] of cases) {
      assert.equal(filesOfSplit(split), files);
    }
  },
});
