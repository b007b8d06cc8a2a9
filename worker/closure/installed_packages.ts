import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { WorkerError } from "../../src/common/errors.ts";
import type { PackageSource } from "./package_source.ts";

/**
 * Packages that lie on this machine: in a `node_modules` of one of the folders
 * or of a folder around it, as Node looks for them.
 *
 * @param folders where to begin, the first one first
 */
export function installedPackages(folders: readonly string[]): PackageSource {
  const load = createRequire(import.meta.url);
  const places = folders.flatMap(withParents);
  return {
    module(name): unknown {
      for (const place of places) {
        const path = `${place}/node_modules/${name}`;
        if (isFile(path)) return load(path);
      }
      return missing(name, folders);
    },
    async import(name): Promise<unknown> {
      for (const place of places) {
        const path = resolveFrom(place, name);
        if (path !== null) return await import(pathToFileURL(path).href);
      }
      return missing(name, folders);
    },
  };
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function resolveFrom(folder: string, name: string): string | null {
  try {
    return createRequire(`${folder}/worker.js`).resolve(name);
  } catch {
    return null; // the next folder may have it
  }
}

function missing(name: string, folders: readonly string[]): never {
  const around = folders.map((folder) => `"${folder}"`).join(" and ");
  throw new WorkerError(
    "PACKAGE_MISSING",
    `Cannot load "${name}" on this worker: no node_modules of ${around} has it; send one by sc.addArchive("packages.zip#node_modules"), or set spark.tspark.packages to "bundle"`,
    { module: name },
  );
}
