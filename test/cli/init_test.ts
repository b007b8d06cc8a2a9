import assert from "node:assert/strict";
import { dirname } from "node:path";
import { CONFIG, tspark } from "./tspark.ts";
import { withTemporaryFolder } from "./temporary_folder.ts";

async function deno(folder: string, ...args: string[]): Promise<string> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stderr);
  assert.ok(success, text);
  return text;
}

Deno.test("tspark init makes a project for Deno that is formatted and linted", async () => {
  await withTemporaryFolder(async (folder) => {
    const { code, out } = await tspark(["init", "My Orders"], { cwd: folder });
    assert.equal(code, 0);
    assert.equal(
      out.replace(await Deno.realPath(folder), "…"),
      `Made a project of 8 files in …/My Orders. Next:
  cd My Orders
  deno task tspark doctor         what is missing here, and how to get it
  deno task test                  run the test on a small Spark
  deno task start                 run the program`,
    );
    const project = `${folder}/My Orders`;
    await deno(project, "fmt", "--check");
    await deno(project, "lint");
    assert.match(
      await Deno.readTextFile(`${project}/README.md`),
      /^# my-orders\n/,
    );
  });
});

Deno.test("tspark init --node makes a project for Node", async () => {
  await withTemporaryFolder(async (folder) => {
    const { code, out } = await tspark(["init", "--node"], { cwd: folder });
    assert.equal(code, 0);
    const source = dirname(CONFIG);
    assert.ok(
      out.includes(
        `Next:\n  (cd "${source}" && deno task npm:local)  make TSpark's package, which is not on npm yet\n`,
      ),
      out,
    );
    assert.match(
      out,
      /yet\n {2}npm install .*\n {2}npx tspark doctor .*\n {2}npm test .*\n {2}npm start .*$/,
    );
    const { scripts, dependencies } = JSON.parse(
      await Deno.readTextFile(`${folder}/package.json`),
    );
    assert.equal(scripts.test, "node --test");
    assert.deepEqual(dependencies, {
      "@tspark/tspark": `file:${source}/npm/tspark-tspark-0.1.0.tgz`,
    });
    assert.match(
      await Deno.readTextFile(`${folder}/README.md`),
      /this user's cache, into which it is fetched once by\n\n```sh\nnpx tspark spark install\n```\n/,
    );
    assert.match(
      await Deno.readTextFile(`${folder}/pipeline.test.ts`),
      /^import { test } from "node:test";\n/,
    );
  });
});

Deno.test("tspark init leaves a folder with files alone, except for hidden ones", async () => {
  await withTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/.git`);
    assert.equal((await tspark(["init", folder])).code, 0);
    const again = await tspark(["init", "."], { cwd: folder });
    assert.equal(again.code, 2);
    assert.match(
      again.err,
      /^tspark: Cannot make a project in "\.": "[A-Za-z._]+" is in it already; name a new folder, as in tspark init orders$/,
    );
  });
});

Deno.test("tspark init writes nothing where a file of its own is there already", async () => {
  await withTemporaryFolder(async (folder) => {
    const own = ".github/workflows/ci.yml";
    await Deno.mkdir(`${folder}/.github/workflows`, { recursive: true });
    await Deno.writeTextFile(`${folder}/${own}`, "name: mine\n");
    const { code, err } = await tspark(["init", folder]);
    assert.equal(code, 2);
    assert.equal(
      err,
      `tspark: Cannot make a project in "${folder}": "${own}" is in it already; name a new folder, as in tspark init orders`,
    );
    const names = await Array.fromAsync(Deno.readDir(folder), (e) => e.name);
    assert.deepEqual(names, [".github"]);
  });
});
