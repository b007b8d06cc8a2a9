import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import { ADDON_TARGETS } from "../../../src/bridge/addon_targets.ts";
import {
  platformManifest,
  projectVersion,
} from "../../../scripts/pack_native.ts";

const ROOT = new URL("../../../", import.meta.url);
const RUN_LIMIT_MS = 60_000;
const TARGET =
  ADDON_TARGETS.find(({ triple }) => triple === Deno.build.target) ??
    assert.fail(`no package for ${Deno.build.target}`);

/** Runs a program in a folder. */
async function run(
  cwd: string,
  command: string,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const output = await new Deno.Command(command, {
    args,
    cwd,
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(RUN_LIMIT_MS),
  }).output();
  const [stdout, stderr] = [output.stdout, output.stderr].map((bytes) =>
    new TextDecoder().decode(bytes).trim()
  );
  return { code: output.code, stdout: stdout ?? "", stderr: stderr ?? "" };
}

/** Tells what the loader finds, from where it runs. */
const PROGRAM = `
import { loadAddon } from "./addon.ts";
import { packagedAddonPath } from "./addon_files.ts";
import { addonNotice } from "./addon_notice.ts";
import { loadKernels } from "./kernels.ts";
const loaded = loadAddon();
const { kernels, reason } = loadKernels();
const ends = new Uint32Array(4);
const source = new Uint8Array([0, 0, 0, 2, 104, 105, 255, 255, 255, 255]);
console.log(JSON.stringify({
  path: loaded.addon === null ? null : loaded.path,
  packaged: packagedAddonPath(),
  reason,
  notice: addonNotice(loaded),
  text: kernels.gatherText(source, new Uint8Array(8), ends),
}));
`;

/**
 * Puts the loader where an installed TSpark has it, as JavaScript, since
 * nothing strips types below `node_modules`, and without an addon of its own.
 *
 * @returns the folder of that TSpark
 */
async function installLoader(project: string): Promise<string> {
  const folder = `${project}/node_modules/@tspark/tspark`;
  try {
    await build({
      stdin: {
        contents: PROGRAM,
        loader: "ts",
        resolveDir: fileURLToPath(new URL("src/bridge/", ROOT)),
      },
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "silent",
      outfile: `${folder}/src/bridge/program.mjs`,
    });
  } finally {
    await stop();
  }
  return folder;
}

Deno.test("The addon's npm package installs into an empty project and is found there", async () => {
  const project = await Deno.makeTempDir({ prefix: "tspark-native-" });
  try {
    const packed = await run(
      project,
      Deno.execPath(),
      "run",
      "--allow-all",
      fileURLToPath(new URL("scripts/pack_native.ts", ROOT)),
      "--to",
      project,
    );
    assert.equal(packed.code, 0, packed.stderr);
    const version = await projectVersion();
    const tarball = packed.stdout;
    assert.equal(
      tarball,
      `${project}/${
        TARGET.packageName.slice(1).replace("/", "-")
      }-${version}.tgz`,
    );

    // As an optional dependency, which is what TSpark has it for: no script runs.
    await Deno.writeTextFile(
      `${project}/package.json`,
      JSON.stringify({
        private: true,
        optionalDependencies: { [TARGET.packageName]: `file:${tarball}` },
      }),
    );
    const installed = await run(
      project,
      "npm",
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
    );
    assert.equal(installed.code, 0, installed.stderr);

    const folder = await installLoader(project);
    const addon =
      `${project}/node_modules/${TARGET.packageName}/${TARGET.file}`;
    const args = [
      "run",
      "--allow-all",
      "--no-config",
      "--no-lock",
      "--node-modules-dir=none", // as the npm package's workers run
      "src/bridge/program.mjs",
    ];
    const found = await run(folder, Deno.execPath(), ...args);
    assert.equal(found.code, 0, found.stderr);
    assert.deepEqual(JSON.parse(found.stdout), {
      path: addon,
      packaged: addon,
      reason: null,
      notice: null,
      text: { frames: 1, consumed: 6, bytes: 2, isValid: true },
    });

    // Node itself takes it as well.
    const inNode = await run(
      project,
      "node",
      "-p",
      `typeof require("${TARGET.packageName}").gatherText`,
    );
    assert.equal(inNode.stdout, "function", inNode.stderr);

    await Deno.remove(`${project}/node_modules/${TARGET.packageName}`, {
      recursive: true,
    });
    const fallen = await run(folder, Deno.execPath(), ...args);
    const built = `${folder}/native/tspark.${TARGET.os}-${TARGET.cpu}.node`;
    const reason =
      `"${built}" cannot be loaded: it is not there; "${TARGET.packageName}" cannot be loaded: it is not there`;
    assert.deepEqual(JSON.parse(fallen.stdout), {
      path: null,
      packaged: null,
      reason,
      notice:
        `Cannot load the native addon, TypeScript runs in its place, slower: ${reason}; install the package "${TARGET.packageName}", or build it with "deno task native"`,
      text: { frames: 1, consumed: 6, bytes: 2, isValid: true },
    });
  } finally {
    await Deno.remove(project, { recursive: true });
  }
});

Deno.test(
  "platformManifest() says where a package installs, and runs no script",
  {
    permissions: "none",
  },
  () => {
    const manifests = ADDON_TARGETS.map((target) =>
      platformManifest(target, "1.2.3")
    );
    assert.deepEqual(
      manifests.map(({ name, os, cpu, libc }) => [name, os, cpu, libc]),
      [
        ["@tspark/native-linux-x64-gnu", ["linux"], ["x64"], ["glibc"]],
        ["@tspark/native-linux-arm64-gnu", ["linux"], ["arm64"], ["glibc"]],
        ["@tspark/native-darwin-x64", ["darwin"], ["x64"], undefined],
        ["@tspark/native-darwin-arm64", ["darwin"], ["arm64"], undefined],
        ["@tspark/native-win32-x64-msvc", ["win32"], ["x64"], undefined],
      ],
    );
    for (const manifest of manifests) {
      assert.equal(manifest.version, "1.2.3");
      assert.deepEqual(manifest.files, [manifest.main, "path.cjs"]);
      assert.ok(!("scripts" in manifest) && !("engines" in manifest));
      assert.deepEqual(manifest.publishConfig, {
        access: "public",
        provenance: true,
      });
    }
  },
);

Deno.test("pack_native.ts says what it cannot pack", async () => {
  const pack = (...args: string[]) =>
    run(
      ".",
      Deno.execPath(),
      "run",
      "--allow-all",
      fileURLToPath(new URL("scripts/pack_native.ts", ROOT)),
      ...args,
    );
  assert.deepEqual(await pack("--target", "sparc-none"), {
    code: 1,
    stdout: "",
    stderr:
      'Cannot pack the native addon for "sparc-none": there is no package for it; name one of x86_64-unknown-linux-gnu, aarch64-unknown-linux-gnu, x86_64-apple-darwin, aarch64-apple-darwin, x86_64-pc-windows-msvc by --target',
  });
  assert.deepEqual(await pack("--library", "/none/x.node"), {
    code: 1,
    stdout: "",
    stderr:
      'Cannot pack the native addon "/none/x.node": it is not there; run "deno task native" first, or name another by --library',
  });
  const { code, stderr } = await pack("--to", "/none");
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot pack ".*": npm failed:\n/);
});
