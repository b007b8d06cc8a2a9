import assert from "node:assert/strict";
import { tspark } from "../cli/tspark.ts";
import { withTemporaryFolder } from "../cli/temporary_folder.ts";

/** Runs Deno in a project, to its end. */
async function deno(folder: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const [out, err] = [stdout, stderr].map((b) => new TextDecoder().decode(b));
  assert.ok(success, `${out}\n${err}`);
  return `${out}`;
}

Deno.test("the project that tspark init makes is checked, tested and run as it comes out", async () => {
  await withTemporaryFolder(async (folder) => {
    assert.equal((await tspark(["init", folder, "--deno"])).code, 0);
    assert.match(
      await deno(folder, "task", "test"), // checks types first
      /^ok \| 1 passed \| 0 failed/m,
    );
    assert.match(
      await deno(folder, "task", "start"),
      /^\|country\|amount\|orders\|\n.*\n\| {2}Italy\|134\.75\| {5}2\|$/m,
    );
  });
});
