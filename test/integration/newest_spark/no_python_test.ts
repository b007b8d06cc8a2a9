import assert from "node:assert/strict";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("functions and data sources run on a machine without Python, and leave somebody's Python alone", async () => {
  await using folder = await temporaryFolder();
  const python = `${folder.path}/their_interpreter`;
  const traces = `${folder.path}/traces`;
  const env = {
    PATH: folder.path,
    PYSPARK_PYTHON: python,
    PYSPARK_DRIVER_PYTHON: python,
    NO_COLOR: "1",
  };
  await linkPrograms(folder.path);
  await Deno.writeTextFile(
    python,
    `#!/bin/sh\necho "$@" >>${traces}\nexit 1\n`,
    {
      mode: 0o755,
    },
  );
  const found = await run("sh", ["-c", "command -v python python3"], env);
  assert.equal(found.stdout, "");

  const program = new URL("../programs/without_python.ts", import.meta.url);
  const { code, stdout, stderr } = await run(
    "deno",
    ["run", "--allow-all", "--no-check", program.href],
    env,
  );
  assert.equal(code, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), {
    read: [{ s: "aa" }, { s: "bb" }],
    committed: [1, 1],
    python,
  });
  // Spark itself asks that one for its version, and for sources of its packages.
  const asked = await Deno.readTextFile(traces).catch(() => "");
  for (const words of asked.split("\n").filter((line) => line !== "")) {
    assert.match(words, /^-c import sys;|\.lookup_data_sources$/);
  }
});

/** Links all programs of the machine but Python's into one folder. */
async function linkPrograms(folder: string): Promise<void> {
  for (const place of (Deno.env.get("PATH") ?? "").split(":")) {
    try {
      for await (const { name } of Deno.readDir(place)) {
        if (/python|pip|pyspark|^deno$/.test(name)) continue;
        await Deno.symlink(`${place}/${name}`, `${folder}/${name}`)
          .catch((error) => {
            // The first of a name counts, as in PATH.
            if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
          });
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  await Deno.symlink(Deno.execPath(), `${folder}/deno`);
}

async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(
    `${env.PATH}/${command}`,
    { args: [...args], env: { ...env }, stdin: "null" },
  ).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}
