import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { PackageDescription } from "./description.ts";
import { buildManifest } from "./manifest.ts";
import { run } from "./run.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Imports of local modules; the specifier is the second group. */
export const IMPORT = /(\b(?:from|import|import\() ?)"(\.[^"]+)"/g;

/** What {@link makeStage} made. */
export interface Stage {
  /** A folder of sources: `driver/`, `worker/`, and the packages that they need. */
  readonly stage: string;
  /** Paths of the driver's modules, from `driver/`. */
  readonly sources: readonly string[];
}

/**
 * Makes the folder that the package is built in, for the caller to remove.
 *
 * @param description what the package is
 * @throws Error with what npm says
 */
export async function makeStage(
  description: PackageDescription,
): Promise<Stage> {
  const stage = await Deno.makeTempDir({ prefix: "tspark-npm-" });
  const sources = await stageSources(stage, description);
  await Deno.writeTextFile(
    join(stage, "package.json"),
    JSON.stringify(buildManifest(description)),
  );
  const options = ["--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", ...options], stage);
  return { stage, sources };
}

/**
 * Copies what goes into the package as it is.
 *
 * @param description what the package is
 * @param folder the package
 */
export async function copyFiles(
  { copies }: PackageDescription,
  folder: string,
): Promise<void> {
  for (const [from, to] of Object.entries(copies)) {
    await Deno.copyFile(join(ROOT, from), join(folder, to));
  }
}

/**
 * Copies the driver's sources and the worker's, each with its mappings.
 *
 * @returns paths of the driver's modules, from the stage's folder `driver`
 */
async function stageSources(
  stage: string,
  { entryPoints, mappings }: PackageDescription,
): Promise<string[]> {
  const shared = await sourcesIn("src");
  const workers = [...shared, ...await sourcesIn("worker")];
  await copyMapped(workers, join(stage, "worker"), {});
  const drivers = [...entryPoints.map(({ path }) => path), ...shared];
  return await copyMapped(drivers, join(stage, "driver"), mappings);
}

/** @returns paths of the modules in a folder, from the project's root */
async function sourcesIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(ROOT, folder))) {
    const path = `${folder}/${name}`;
    if (isDirectory) paths.push(...await sourcesIn(path));
    else if (name.endsWith(".ts")) paths.push(path);
  }
  return paths;
}

/** @returns paths of what was copied: all but what others stand in for */
async function copyMapped(
  paths: readonly string[],
  to: string,
  mappings: Readonly<Record<string, string>>,
): Promise<string[]> {
  const kept = paths.filter((path) => mappings[path] === undefined);
  for (const path of kept) {
    const text = await Deno.readTextFile(join(ROOT, path));
    await Deno.mkdir(join(to, dirname(path)), { recursive: true });
    await Deno.writeTextFile(
      join(to, path),
      withMappings(text, path, mappings),
    );
  }
  return kept;
}

/** Writes mapped modules' names into the imports of a module. */
function withMappings(
  text: string,
  path: string,
  mappings: Readonly<Record<string, string>>,
): string {
  return text.replace(IMPORT, (whole, before: string, specifier: string) => {
    const target = mappings[join(dirname(path), specifier)];
    if (target === undefined) return whole;
    const to = relative(dirname(path), target);
    return `${before}"${to.startsWith(".") ? to : `./${to}`}"`;
  });
}
