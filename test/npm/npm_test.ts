import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { buildPackage, BUILT_BY } from "./build_package.ts";
import { run } from "../../scripts/npm/run.ts";
import { packNative } from "../../scripts/pack_native.ts";
import { builtAddonPath } from "../../src/bridge/addon.ts";
import { addonTarget } from "../../src/bridge/addon_targets.ts";
import { atPrompt, checkPiped, PROMPT_CHECKS } from "../cli/prompt_checks.ts";
import { PseudoTerminal } from "../cli/pseudo_terminal.ts";
import { compileForNode } from "./compile_for_node.ts";

const PROGRAMS = fileURLToPath(new URL("programs/", import.meta.url));
/** Packages that the tests' functions use. */
const PACKAGES = [
  "dayjs@1.11.23",
  "debug@4.4.3",
  "lodash-es@4.18.1",
  "ms@2.1.3",
  "zod@3.23.8",
];
const NPX = ["npx", "--no", "tspark"];
const NOTICE = /Cannot load the native addon/g;
const RUN_LIMIT_MS = 180_000;
const COUNTS = '[["be",2],["not",1],["or",1],["to",2]]\n';

Deno.test(`the npm package, built by ${BUILT_BY}, installed into an empty folder`, async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "tspark-npm-test-" });
  try {
    // One after the other: what still ran after a failure would write into the folder.
    const tarball = await buildPackage(join(folder, "built"));
    const node22 = await installNode("22", folder);
    const node24 = await installNode("24", folder);
    const project = join(folder, "project");
    await t.step("is below 1.5 MiB and installs", async () => {
      assert.ok((await Deno.stat(tarball)).size < 1.5 * 2 ** 20);
      await install(project, [tarball]);
    });
    await copyPrograms(project);
    await t.step(
      "Node 22: one command runs the word count, and one notice tells of the addon",
      async () => {
        const { out, err } = await runIn(project, node22, ["word_count.mjs"]);
        assert.equal(out, COUNTS);
        assert.equal(err.match(NOTICE)?.length, 1, err);
      },
    );
    await t.step("the addon's own package is found", async () => {
      const target = addonTarget(process.platform, process.arch);
      assert.ok(target !== null);
      await install(project, [
        await packNative(target, builtAddonPath(), folder),
      ]);
      const { out, err } = await runIn(project, node22, ["word_count.mjs"]);
      assert.equal(out, COUNTS);
      assert.doesNotMatch(err, NOTICE);
    });
    await t.step("Node 22: npx tspark shell, fed three lines", async () => {
      const { out } = await runIn(
        project,
        node22,
        [...NPX, "shell", "--master", "local[2]"],
        [
          'const words = sc.parallelize(["to be or not", "to be"], 2)',
          'const pairs = words.flatMap((line) => line.split(" ")).map((w) => [w, 1])',
          "JSON.stringify(await pairs.reduceByKey((a, b) => a + b).sortByKey().collect())",
        ],
      );
      assert.equal(out, `'${COUNTS.trim()}'\n`);
    });
    await t.step(
      "Node 22: npx tspark run, doctor, and a wrong word",
      async () => {
        const { out } = await runIn(project, node22, [
          ...NPX,
          "run",
          "word_count.mjs",
        ]);
        assert.equal(out, COUNTS);
        const { out: found } = await runIn(project, node22, [...NPX, "doctor"]);
        assert.match(found, /^ok {2}TSpark +0\.1\.0 on Node 22\..*$/m);
        assert.match(found, /^ok {2}Addon +loaded$/m);
        assert.match(found, /^All is well$/m);
        await assert.rejects(
          runIn(project, node22, [...NPX, "walk"]),
          /tspark: unknown command 'walk'/,
        );
      },
    );
    await t.step(
      "Node 24: the test of the project that npx tspark init makes",
      async () => {
        await runIn(project, node24, [...NPX, "init", "orders"]);
        const orders = join(project, "orders"); // finds the package above it
        const { out } = await runIn(orders, node24, ["--test"]);
        assert.match(out, /^. pass 1$/m);
      },
    );
    await install(project, PACKAGES);
    await t.step(
      "Node 22: CommonJS, and where its functions fail",
      async () => {
        assert.equal(
          (await runIn(project, node22, ["word_count.cjs"])).out,
          [
            '[["be",2000],["not",1000],["or",1000],["to",2000]]',
            "true run by collect() at word_count.cjs:21:33",
            "word_count.cjs:19:13 word_count.cjs:21:33\n",
          ].join("\n"),
        );
      },
    );
    await t.step("Node 24: npx tspark run, of TypeScript", async () => {
      const { out } = await runIn(project, node24, [
        ...NPX,
        "run",
        "word_count.ts",
      ]);
      assert.equal(out, COUNTS);
    });
    await compileForNode([...MODULES, PROMPT], project);
    const prompt = join(project, "test", PROMPT.replace(/ts$/, "mjs"));
    for (const [behavior, check] of Object.entries(PROMPT_CHECKS)) {
      await t.step(
        `Node 22: tspark shell, ${behavior}`,
        () =>
          atPrompt((cwd, env) => {
            return new PseudoTerminal(node22, [prompt], { cwd, env });
          }, check),
      );
    }
    await t.step(
      "Node 22: tspark shell, lines from a pipe",
      () => checkPiped(node22, [prompt]),
    );
    for (const [node, files] of [[node22, ON_22], [node24, ON_24]] as const) {
      for (const file of files) {
        await t.step(`Node ${node === node22 ? 22 : 24}: ${file}`, async () => {
          const { out: report } = await runIn(project, node, [
            "--enable-source-maps",
            "--test-reporter=tap",
            `test/${file}.mjs`,
          ]);
          assert.match(report, /^# pass [1-9]\d*$/m);
          assert.match(report, /^# fail 0$/m);
        });
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const ON_22 = ["npm/platform_in_node", "integration/every_spark/rdd_test"];
const ON_24 = [
  "npm/platform_in_node",
  "integration/newest_spark/packages_test",
];
const PROMPT = "cli/programs/prompt.ts";
const MODULES = [
  ...new Set([...ON_22, ...ON_24]),
  "integration/failures",
  "integration/modules/imported_late",
  "integration/partitionings",
  "integration/shared_session",
  "integration/start_spark",
  "unit/common/platform/conformance",
].map((path) => `${path}.ts`);

/** @returns path of the executable */
async function installNode(version: string, folder: string): Promise<string> {
  const home = join(folder, `node${version}`);
  await install(home, [`node@${version}`]);
  const node = join(home, "node_modules/node/bin/node");
  const told = await run(node, ["--version"], home);
  assert.ok(told.startsWith(`v${version}.`), told);
  return node;
}

async function install(
  project: string,
  packages: readonly string[],
): Promise<void> {
  await Deno.mkdir(project, { recursive: true });
  await run("npm", [
    "install",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    "--prefix=.",
    ...packages,
  ], project);
}

async function copyPrograms(project: string): Promise<void> {
  for await (const { name } of Deno.readDir(PROGRAMS)) {
    await Deno.copyFile(join(PROGRAMS, name), join(project, name));
  }
}

/**
 * Runs a program without any Deno on the path.
 *
 * @param node the Node that runs it, and that comes first on the path
 * @param args what Node gets; `npx …` for a program of the package
 * @param lines what the program reads from stdin
 */
async function runIn(
  cwd: string,
  node: string,
  args: readonly string[],
  lines: readonly string[] = [],
): Promise<{ out: string; err: string }> {
  const { TSPARK_ADDON: _, ...env } = Deno.env.toObject();
  const [command, ...rest] = args[0] === "npx" ? args : [node, ...args];
  const child = new Deno.Command(command ?? node, {
    args: rest,
    cwd,
    env: {
      ...env,
      PATH: `${dirname(node)}:${withoutDeno(env["PATH"] ?? "", cwd)}`,
    },
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(RUN_LIMIT_MS),
  }).spawn();
  const input = child.stdin.getWriter();
  const [{ success, stdout, stderr }] = await Promise.all([
    child.output(),
    input.write(new TextEncoder().encode(lines.map((l) => `${l}\n`).join("")))
      .then(() => input.close()).catch(() => {/* it has ended */}),
  ]);
  const out = new TextDecoder().decode(stdout);
  const err = new TextDecoder().decode(stderr);
  assert.ok(
    success,
    `${args.join(" ")} failed:\n${out}\n${err.slice(-4000)}`,
  );
  return { out, err };
}

/** A folder of the path that has a Deno is replaced by links to all else in it. */
function withoutDeno(path: string, cwd: string): string {
  return path.split(":").map((folder, at) => {
    if (!hasDeno(folder)) return folder;
    const links = join(cwd, `path-${at}`);
    if (isThere(links)) return links;
    Deno.mkdirSync(links);
    for (const { name } of Deno.readDirSync(folder)) {
      if (name !== "deno") {
        Deno.symlinkSync(join(folder, name), join(links, name));
      }
    }
    return links;
  }).join(":");
}

function hasDeno(folder: string): boolean {
  return isThere(join(folder, "deno"));
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile || Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
