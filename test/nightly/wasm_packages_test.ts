import assert from "node:assert/strict";
import { ownSession } from "../integration/shared_session.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { checkPackages } from "../integration/wasm_packages.ts";

Deno.test("installed packages read their WebAssembly beside them", async () => {
  await using folder = await temporaryFolder();
  const dependencies = {
    "sql.js": "1.17.0",
    "source-map": "0.8.0",
    tiktoken: "1.0.22",
  };
  await Deno.writeTextFile(
    `${folder.path}/package.json`,
    JSON.stringify({ private: true, dependencies }),
  );
  await run(folder.path, Deno.execPath(), [
    "install",
    "--quiet",
    "--node-modules-dir=auto",
  ]);
  const archive = `${folder.path}/packages.tar.gz`;
  await run(`${folder.path}/node_modules`, "tar", [
    "-chzf",
    archive,
    ...Object.keys(dependencies),
  ]);
  await using spark = await ownSession({
    "spark.tspark.packages": "installed",
  });
  await spark.sparkContext.addArchive(`${archive}#node_modules`);
  await checkPackages(spark);
});

async function run(
  cwd: string,
  program: string,
  args: readonly string[],
): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    stdout: "null",
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

Deno.test("confined workers have the WebAssembly of packages without a right to files", async () => {
  await using spark = await ownSession({
    "spark.tspark.worker.permissions": "",
  });
  await checkPackages(spark);
});
