/**
 * Bundling by the `deno` that runs this program.
 *
 * @module
 */

import { dirname } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { childOutput } from "../../common/platform/child_output.ts";
import { platform } from "../../common/platform/deno.ts";
import { makeTemporaryFolder } from "../../common/temporary_folder.ts";
import { cachedPackage, packageOf } from "./package_name.ts";
import {
  type BundleContents,
  type BundledScript,
  NO_SUCH_FILE,
} from "./bundled_script.ts";

/** How often packages that are nowhere are left out before it is given up. */
const MAX_MISSING = 20;

/**
 * Runs `deno bundle` where the program's own configuration holds. A package
 * that one of the modules asks for and nobody has is left out: it is one that
 * the module can do without, since it runs here. So is one that looks for an
 * addon of its own that was not built.
 *
 * @throws Error with what `deno bundle` wrote
 */
export async function bundleByDeno(
  entry: string,
  contents: BundleContents,
): Promise<BundledScript> {
  const folder = await makeTemporaryFolder("bundle");
  try {
    await platform.writePrivateFile(`${folder}/${ENTRY}.mjs`, entry);
    const missing = new Set<string>();
    const cwd = projectFolder(contents) ?? process.cwd();
    let lock: string | null = null;
    for (;;) {
      const failure = await run(folder, [...missing], cwd, lock);
      if (failure === null) break;
      if (lock === null && failure.includes(UNLOCKED)) {
        lock = await lockPackages(folder, contents.modules.values(), cwd);
        continue;
      }
      const found = packagesMissing(failure)
        .filter((name) => !missing.has(name) && !contents.imports.has(name));
      if (found.length === 0 || missing.size > MAX_MISSING) {
        throw new Error(complaintsIn(failure));
      }
      for (const name of found) missing.add(name);
    }
    return {
      text: await readText(`${folder}/${ENTRY}.js`),
      map: await readText(`${folder}/${ENTRY}.js.map`),
      folder: cwd,
      mapUrl: pathToFileURL(`${folder}/${ENTRY}.js.map`).href,
    };
  } finally {
    await platform.remove(folder);
  }
}

const ENTRY = "packages";

/** How Deno says that a package is not there: in its own cache, and in a `node_modules`. */
const NOT_FOUND =
  /(?:Could not find package '|Import ")([^'"]+)(?:' from referrer|" not a dependency)/g;

/** {@link NO_SUCH_FILE}, and where. */
const NO_FILE_AT = new RegExp(
  String.raw`${NO_SUCH_FILE}[^"]*"\)\s+at (\S+?):\d+:\d+`,
  "g",
);

/** The packages that cannot be bundled, and that their users do without here too. */
function packagesMissing(failure: string): string[] {
  return [
    ...Array.from(failure.matchAll(NOT_FOUND), ([, name = ""]) => name),
    ...Array.from(failure.matchAll(NO_FILE_AT), ([, url = ""]) => url)
      .flatMap((url) => packageOf(url) ?? []),
  ];
}

/** How Deno says that no lock names the package that a module of its cache is of. */
const UNLOCKED = "Could not find referrer npm package";

/** Null where it went well. */
async function run(
  folder: string,
  missing: readonly string[],
  cwd: string,
  lock: string | null,
): Promise<string | null> {
  return await runDeno([
    "bundle",
    "--quiet",
    "--format=cjs",
    "--sourcemap=external",
    `--outdir=${folder}`,
    ...missing.map((name) => `--external=${name}`),
    ...(lock === null ? [] : [`--lock=${lock}`]),
    `${folder}/${ENTRY}.mjs`,
  ], cwd);
}

/**
 * Makes a lock for a program that has none: of a module in its cache Deno knows
 * by the lock alone what the module's package depends on.
 *
 * @param urls addresses of modules
 * @returns its path
 */
async function lockPackages(
  folder: string,
  urls: Iterable<string>,
  cwd: string,
): Promise<string> {
  const names = new Set(
    Array.from(urls).flatMap((url) => cachedPackage(url) ?? []),
  );
  const entry = `${folder}/packages_to_lock.mjs`;
  const imports = Array.from(names, (name) => `import "npm:${name}";\n`);
  await platform.writePrivateFile(entry, imports.join(""));
  const lock = `${folder}/deno.lock`;
  const failure = await runDeno(
    ["cache", "--quiet", `--lock=${lock}`, entry],
    cwd,
  );
  if (failure !== null) throw new Error(complaintsIn(failure));
  return lock;
}

/** What was written to stderr; null where it went well. */
async function runDeno(
  parameters: readonly string[],
  cwd: string,
): Promise<string | null> {
  const child = platform.spawn(
    platform.executable(),
    parameters,
    { ...platform.environment(), NO_COLOR: "1" },
    cwd,
  );
  const { code, stderr } = await childOutput(child);
  return code === 0 ? null : stderr;
}

/** The lines that tell what is wrong, without places in our own entry. */
function complaintsIn(error: string): string {
  const lines = error.split("\n")
    .filter((line) => line.startsWith("error: "))
    .map((line) =>
      withoutOwnEntry(line.slice("error: ".length)).replace(/\.$/, "")
    )
    .filter((line) => line !== "bundling failed");
  return lines.length === 0 ? error.trim() : lines.join(", ");
}

/** Such as `" from 'file:///tmp/tspark-bundle-1/packages.mjs'"`. */
function withoutOwnEntry(line: string): string {
  const at = line.indexOf("/tspark-bundle-");
  const start = line.lastIndexOf(" from ", at);
  if (at < 0 || start < 0) return line;
  const rest = line.slice(at);
  const end = rest.search(/["']/);
  return end >= 0 &&
      /^ from (?:referrer )?["']file:[^"']*$/.test(line.slice(start, at))
    ? line.slice(0, start) + rest.slice(end + 1)
    : line;
}

/** Where Deno finds the configuration that the modules were loaded by. */
function projectFolder({ modules }: BundleContents): string | undefined {
  for (const url of modules.values()) {
    const [before, after] = url.split("/node_modules/", 2);
    if (before !== undefined && after !== undefined) {
      return fileURLToPath(before);
    }
  }
  const main = platform.mainModule() ?? "";
  return main.startsWith("file:") ? dirname(fileURLToPath(main)) : undefined;
}

async function readText(path: string): Promise<string> {
  const bytes = await platform.readFile(path);
  return new TextDecoder().decode(bytes ?? new Uint8Array());
}
