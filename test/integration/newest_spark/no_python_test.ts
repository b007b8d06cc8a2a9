import assert from "node:assert/strict";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("DataFrames with functions of the program's run on a machine without Python", async () => {
  await using folder = await temporaryFolder();
  const env = {
    PATH: folder.path,
    PYSPARK_PYTHON: `${folder.path}/python3`,
    NO_COLOR: "1",
  };
  await linkPrograms(folder.path);
  const found = await run("sh", ["-c", "command -v python python3"], env);
  assert.equal(found.stdout, "");

  const example = new URL(
    "../../../examples/typed_pipeline.ts",
    import.meta.url,
  );
  const { code, stdout, stderr } = await run(
    "deno",
    ["run", "--allow-all", "--no-check", example.href],
    env,
  );
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "Peru: 186 in 2 orders\nunknown: 26 in 1 orders\n");
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
