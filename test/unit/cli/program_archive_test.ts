import assert from "node:assert/strict";
import { packProgram } from "../../../src/cli/program_archive.ts";

const FOLDERS = { program: "tspark_program", worker: "tspark_worker" };

async function inFolder(
  files: Readonly<Record<string, string>>,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), {
        recursive: true,
      });
      await Deno.writeTextFile(path, text);
    }
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** Unpacks a program where nothing else of it is, and runs it as Spark does. */
async function runElsewhere(
  folder: string,
  program: string,
  args: readonly string[],
): Promise<{ said: string; held: string }> {
  const archive = `${folder}/program.tar.gz`;
  await packProgram(`${folder}/${program}`, FOLDERS, archive);
  const container = `${folder}/container`;
  await Deno.mkdir(`${container}/tspark_program`, { recursive: true });
  await Deno.mkdir(`${container}/tspark_worker/bin`, { recursive: true });
  await Deno.symlink(Deno.execPath(), `${container}/tspark_worker/bin/deno`);
  await run("tar", ["xzf", archive, "-C", "tspark_program"], container);
  for (const name of ["project", "lib"]) {
    await Deno.remove(`${folder}/${name}`, { recursive: true });
  }
  // A stand-in, the program, its arguments.
  const words = ["stand_in.py", program, ...args];
  return {
    said: await run("./tspark_program/run", words, container),
    held: await run("tar", ["tzf", archive], folder),
  };
}

Deno.test("packProgram() packs what a program needs to run elsewhere, in the places that its files have to each other", async () => {
  await inFolder({
    "project/deno.json": `{ "imports": { "ms": "npm:ms@2.1.3" } }`,
    "project/src/app.ts":
      `import ms from "ms";\nimport { twice } from "../../lib/twice.ts";\nconsole.log(twice(ms("1s")), ...Deno.args);\n`,
    "lib/twice.ts": "export const twice = (n: number): number => 2 * n;\n",
    "lib/other.ts": "throw new Error();\n",
  }, async (folder) => {
    const args = ["a b", "--flag"];
    const { said, held } = await runElsewhere(
      folder,
      "project/src/app.ts",
      args,
    );
    assert.equal(said, "2000 a b --flag\n");
    assert.ok(!held.includes("other.ts"));
  });
});

Deno.test("packProgram() packs a node_modules whole, with its links", async () => {
  await inFolder({
    "project/package.json":
      `{ "type": "module", "dependencies": { "outer": "1.0.0" } }`,
    "project/node_modules/outer/package.json":
      `{ "name": "outer", "version": "1.0.0", "type": "module", "exports": "./main.js" }`,
    "project/node_modules/outer/main.js": `export { default } from "inner";\n`,
    "project/node_modules/.store/inner/package.json":
      `{ "name": "inner", "version": "1.0.0", "type": "module", "exports": "./main.js" }`,
    "project/node_modules/.store/inner/main.js": `export default "inner";\n`,
    "project/app.ts": `import name from "outer";\nconsole.log(name);\n`,
    "lib/other.ts": "",
  }, async (folder) => {
    await Deno.symlink(
      `${folder}/project/node_modules/.store/inner`,
      `${folder}/project/node_modules/inner`,
    );
    const { said } = await runElsewhere(folder, "project/app.ts", []);
    assert.equal(said, "inner\n");
  });
});

Deno.test("packProgram() refuses a program of which something is missing", async () => {
  await inFolder({ "app.ts": `import "./gone.ts";\n` }, async (folder) => {
    await assert.rejects(
      packProgram(`${folder}/app.ts`, FOLDERS, `${folder}/p.tar.gz`),
      (error: Error) => {
        assert.match(
          error.message,
          /^Cannot pack ".*\/app\.ts" for the cluster: Module not found "file:.*\/gone\.ts"\..*; mend what it says, so that deno info knows all that the program imports$/s,
        );
        return true;
      },
    );
  });
});
