import assert from "node:assert/strict";
import {
  makeDenoFolder,
  realDenoFolder,
} from "../../../../worker/daemon/deno_folder.ts";
import { temporaryFolder } from "../../../integration/temporary_folder.ts";

Deno.test(
  "Deno's folder follows the environment",
  { permissions: "none" },
  () => {
    const cases: readonly [
      variables: Readonly<Record<string, string>>,
      system: typeof Deno.build.os,
      folder: string | null,
    ][] = [
      [{ DENO_DIR: "/d", HOME: "/h" }, "linux", "/d"],
      [{ DENO_DIR: "", XDG_CACHE_HOME: "/x", HOME: "/h" }, "linux", "/x/deno"],
      [{ HOME: "/h" }, "linux", "/h/.cache/deno"],
      [{ HOME: "/h" }, "darwin", "/h/Library/Caches/deno"],
      [{}, "linux", null],
      [{}, "darwin", null],
    ];
    for (const [variables, system, folder] of cases) {
      assert.equal(realDenoFolder((name) => variables[name], system), folder);
    }
  },
);

Deno.test("a copy has the caches and no place for stores", async () => {
  await using folder = await temporaryFolder();
  const real = `${folder.path}/real`;
  Deno.mkdirSync(`${real}/npm`, { recursive: true });
  Deno.mkdirSync(`${real}/location_data`);
  Deno.writeTextFileSync(`${real}/npm/a`, "a");
  Deno.writeTextFileSync(`${real}/check.db-wal`, "");
  const copy = makeDenoFolder(real, folder.path);
  assert.deepEqual([...Deno.readDirSync(copy)].map(({ name }) => name).sort(), [
    "location_data",
    "npm",
  ]);
  assert.equal(Deno.readTextFileSync(`${copy}/npm/a`), "a");
  assert.throws(
    () => Deno.mkdirSync(`${copy}/location_data/x`),
    { code: "ENOTDIR" },
  );
  assert.ok(Deno.statSync(makeDenoFolder(null, folder.path)).isDirectory);
  assert.ok(
    Deno.statSync(makeDenoFolder(`${real}/no`, folder.path)).isDirectory,
  );
});
