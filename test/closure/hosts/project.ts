/**
 * A folder with the programs as each host takes them: as they are, compiled to
 * CommonJS, beside a copy of TSpark's sources and a bundle of the harness.
 *
 * @module
 */

import { join } from "node:path";
import { HARNESS } from "./host_list.ts";

/** Where a host finds what it runs. */
export interface Project {
  /** The folder that holds it all. */
  readonly root: string;
  /** The tools' `node_modules`. */
  readonly modules: string;
  /** The bundle of `harness.ts`. */
  readonly bundle: string;
}

/** Lays everything out below a fresh folder. */
export async function makeProject(
  root: string,
  modules: string,
): Promise<Project> {
  // As deep as the sources, which tell their own root by their depth.
  const bundle = join(
    root,
    "tspark",
    "src",
    "driver",
    "closure",
    "harness.mjs",
  );
  await Deno.symlink(modules, join(root, "node_modules"));
  await copyFolder(pathOf("programs"), root);
  await write(join(root, "typescript", "package.json"), '{"type":"module"}');
  await write(join(root, "commonjs", "package.json"), '{"type":"commonjs"}');
  const harness = await copySources(root);
  await Promise.all([
    run(join(modules, "node24", "bin", "node"), [
      join(modules, "esbuild", "bin", "esbuild"),
      harness,
      "--bundle",
      "--platform=node",
      "--format=esm",
      "--packages=external",
      "--log-level=error",
      `--outfile=${bundle}`,
    ]),
    compileCommonJs(root, modules),
  ]);
  return { root, modules, bundle };
}

async function compileCommonJs(root: string, modules: string): Promise<void> {
  const folder = join(root, "compiled");
  await write(join(folder, "package.json"), '{"type":"commonjs"}');
  await run(join(modules, "node24", "bin", "node"), [
    join(modules, "typescript", "bin", "tsc"),
    join(root, "typescript", "all_cases.ts"),
    ...["--outDir", folder, "--module", "commonjs", "--target", "es2022"],
    ...["--moduleResolution", "node10", "--esModuleInterop", "--noCheck"],
    ...["--rewriteRelativeImportExtensions", "--inlineSourceMap"],
  ]);
}

/**
 * What the harness imports, so that Node strips the types itself, on the
 * platform of the npm package.
 *
 * @returns the harness among them
 */
async function copySources(root: string): Promise<string> {
  const source = new URL("../../../", import.meta.url);
  for (
    const part of ["common", "types", "protocol", "serde", "driver/closure"]
  ) {
    await copyFolder(
      new URL(`src/${part}`, source).pathname,
      join(root, "sources", "src", part),
    );
  }
  await write(
    join(root, "sources", "src", "common", "platform", "deno.ts"),
    'export { platform } from "./node.ts";\n',
  );
  const harness = join(root, "sources/test/closure/hosts/harness.ts");
  await Deno.mkdir(join(harness, ".."), { recursive: true });
  await Deno.copyFile(HARNESS, harness);
  await write(join(root, "sources", "package.json"), '{"type":"module"}');
  return harness;
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) await copyFolder(source, target);
    else await Deno.copyFile(source, target);
  }
}

async function write(path: string, text: string): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, text);
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
  }).output();
  if (success) return;
  const decoder = new TextDecoder();
  throw new Error(
    `"${command}" failed: ${decoder.decode(stdout)}${decoder.decode(stderr)}`,
  );
}

function pathOf(path: string): string {
  return new URL(path, import.meta.url).pathname;
}
