import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { describePackage } from "../../../scripts/npm/description.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CONFIG = JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`));

/** What `deno info` tells of a program, and what it writes beside that. */
async function graphOf(
  file: string,
): Promise<{ packages: string[]; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--no-lock", "--json", file],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  assert.equal(code, 0, text.decode(stderr));
  const { modules } = JSON.parse(text.decode(stdout));
  const packages = new Set<string>();
  for (const { kind, npmPackage } of modules) {
    if (kind === "npm") packages.add(npmPackage.replace(/@[^@]*$/, ""));
  }
  return {
    packages: [...packages].sort(),
    stderr: text.decode(stderr),
  };
}

Deno.test("who only runs the word count fetches what the library needs, and nothing of the tests", async () => {
  const { dependencies } = describePackage(CONFIG).fields;
  const commands: string = CONFIG.tasks.wordcount.command;
  const programs = [...commands.matchAll(/\S+\.ts\b/g)].map(([file]) => file);
  assert.deepEqual(programs, ["scripts/prepare.ts", "examples/word_count.ts"]);
  // With a lock file Deno would fetch all that it names.
  assert.equal(commands.match(/--no-lock/g)?.length, programs.length);
  for (const file of [...programs, "worker/main.ts"]) {
    const { packages, stderr } = await graphOf(file);
    const extra = packages.filter((name) =>
      dependencies[name] === undefined && name !== "cbor-extract"
    );
    assert.deepEqual(extra, [], file);
    assert.doesNotMatch(stderr, /cbor-extract|[Ww]arning/, file);
  }
});
