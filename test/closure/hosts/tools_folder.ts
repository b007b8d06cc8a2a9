/**
 * The hosts themselves: Node in two versions, tsx, tsc, vitest, esbuild
 * and, to talk to notebooks, ZeroMQ. They are put into this user's cache, once
 * for each set of versions.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";

/** What a host needs beside TSpark's own dependencies. */
const TOOLS: Readonly<Record<string, string>> = {
  node22: `npm:${nodePackage()}@22.23.3`,
  node24: `npm:${nodePackage()}@24.21.0`,
  esbuild: "0.28.2",
  tsx: "4.23.15",
  typescript: "5.9.3",
  vite: "8.3.8", // vitest would take the newest, whatever that needs
  vitest: "5.1.1",
  zeromq: "6.8.0",
};

/** What the tools themselves need, in versions that exist: `deno install` adds what it does not know. */
const LOCK = new URL("tools.lock", import.meta.url);

/** Installs the tools, if that was not done before, and gives the path of their `node_modules`. */
export async function toolsFolder(): Promise<string> {
  const manifest = JSON.stringify({
    private: true,
    dependencies: { ...await ownDependencies(), ...TOOLS },
    overrides: (await readJson("../../../package.json")).overrides,
  });
  const hash = createHash("sha256").update(manifest).digest("hex").slice(0, 16);
  const parent = join(homedir(), ".cache", "tspark", "hosts");
  const folder = join(parent, hash);
  const modules = join(folder, "node_modules");
  if (await isThere(modules)) return modules;
  await Deno.mkdir(parent, { recursive: true });
  const draft = await Deno.makeTempDir({ dir: parent, prefix: `${hash}-` });
  await Deno.writeTextFile(join(draft, "package.json"), manifest);
  await Deno.copyFile(LOCK, join(draft, "deno.lock"));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["install", "--quiet", "--node-modules-dir=auto"],
    cwd: draft,
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  try {
    await Deno.rename(draft, folder);
  } catch (error) {
    // Another test run was faster: its folder is as good.
    await Deno.remove(draft, { recursive: true });
    if (!await isThere(modules)) throw error;
  }
  return modules;
}

/** Node's binary for this machine, as a package. */
function nodePackage(): string {
  const architecture = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  return `node-${Deno.build.os}-${architecture}`;
}

/** Versions of the packages that TSpark's sources import. */
async function ownDependencies(): Promise<Record<string, string>> {
  const { imports } = await readJson("../../../deno.json");
  const found: Record<string, string> = {};
  for (const target of Object.values(imports ?? {})) {
    const parts = /^npm:\/?((?:@[^/]+\/)?[^@/]+)@([^/]+)/.exec(target);
    if (parts?.[1] !== undefined && parts[2] !== undefined) {
      found[parts[1]] = parts[2];
    }
  }
  return found;
}

async function readJson(
  path: string,
): Promise<Record<string, Record<string, string>>> {
  return JSON.parse(await Deno.readTextFile(new URL(path, import.meta.url)));
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
