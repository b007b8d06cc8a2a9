/**
 * What modules of a bundle find around them: where they believe to lie, and
 * the files that were sent with them, by all ways that read files.
 *
 * @module
 */

import nodeFs from "node:fs";
import nodeModule, { createRequire } from "node:module";
import workerThreads from "node:worker_threads";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { IMPORT_NAME } from "../../src/protocol/closure_record.ts";
import {
  type ModulePlace,
  type PackageBundle,
  PACKAGES_ROOT,
} from "../../src/serde/package_bundle.ts";
import { PackageFiles } from "./package_files.ts";

/**
 * The names that a bundle's script takes from outside, with their values.
 * Where none of its modules asks for its place, all is as ever.
 */
export function placesOf(
  { places, files }: PackageBundle,
): ReadonlyMap<string, unknown> {
  const load = createRequire(import.meta.url);
  if (places.length === 0) return new Map([["require", load]]);
  const readers = readersOf(new PackageFiles(files), load);
  const values = places.map((place): [string, unknown] => [
    place.name,
    valueOf(place),
  ]);
  return new Map([...Object.entries(readers), ...values]);
}

/** What stands for the platform's own names. */
function readersOf(
  files: PackageFiles,
  load: (name: string) => unknown,
): Readonly<Record<string, unknown>> {
  const promises = { ...nodeFs.promises, readFile: files.readFile };
  const fs = {
    ...nodeFs,
    promises,
    existsSync: files.existsSync,
    readFile: files.readFileCalling,
    readFileSync: files.readFileSync,
  };
  const require = (name: string): unknown =>
    modules.get(plain(name)) ?? load(name);
  const requireFrom = (from: string | URL) => (name: string): unknown =>
    name.startsWith(".") ? files.json(name, from) : require(name);
  const modules = new Map<string, object>([
    ["fs", fs],
    ["fs/promises", promises],
    ["module", {
      ...nodeModule,
      createRequire: (from: string | URL) =>
        files.isTheirs(from) ? requireFrom(from) : createRequire(from),
    }],
    ["worker_threads", { ...workerThreads, Worker: threadOf(files) }],
  ]);
  const deno = Object.create(
    Deno,
    Object.getOwnPropertyDescriptors({
      readFile: files.denoReadFile,
      readFileSync: files.denoReadFileSync,
      readTextFile: files.denoReadTextFile,
      readTextFileSync: files.denoReadTextFileSync,
    }),
  ) as object;
  return {
    require,
    [IMPORT_NAME]: (name: string): Promise<unknown> => {
      const module = require(name);
      return Promise.resolve({ ...Object(module), default: module });
    },
    fetch: files.fetch,
    Deno: deno,
  };
}

/** `Worker` of Node's threads: one of a package's modules has no file to start from. */
function threadOf(files: PackageFiles): typeof workerThreads.Worker {
  return class Worker extends workerThreads.Worker {
    constructor(...[filename, options]: WorkerArguments) {
      files.refuseThread(filename);
      super(filename, options);
    }
  };
}

type WorkerArguments = ConstructorParameters<typeof workerThreads.Worker>;

function plain(name: string): string {
  return name.startsWith("node:") ? name.slice("node:".length) : name;
}

function valueOf({ kind, path }: ModulePlace): unknown {
  const isFile = !/^https?:/.test(path);
  const filename = isFile ? PACKAGES_ROOT + path : path;
  switch (kind) {
    case "folder":
      return dirname(filename);
    case "file":
      return filename;
    case "meta": {
      const url = isFile ? pathToFileURL(filename).href : path;
      const resolve = (specifier: string): string =>
        new URL(specifier, url).href;
      const place = isFile ? { filename, dirname: dirname(filename) } : {};
      return { url, main: false, resolve, ...place };
    }
  }
}
