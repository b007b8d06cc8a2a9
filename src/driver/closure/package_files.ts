/**
 * The files that packages load beside their modules: WebAssembly, tables,
 * models.
 *
 * @module
 */

import { join, posix } from "node:path";
import { ClosureError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import type { AddedFiles } from "./bundled_script.ts";
import { packageOf } from "./package_name.ts";
import type { PlacedScript } from "./module_places.ts";
import type { PlacedModule } from "./package_paths.ts";
import {
  allChildren,
  childOf,
  childrenOf,
  literalText,
  type SyntaxNode,
} from "./syntax_tree.ts";

/** Most bytes of all files of the packages of one application. */
export const MAX_PACKAGE_FILES_BYTES: number = 256 << 20;

/**
 * Reads the files that modules name: every text in a module that asks where it
 * lies, or several in a row as `join()` takes them, that is the path of a file
 * of its package, from the module's folder.
 *
 * @param script what modules ask
 * @param added files that the program names itself
 * @param limit most bytes of all files
 * @returns the files by their paths on the workers
 * @throws ClosureError `PACKAGE_FILES_TOO_LARGE`, `PACKAGE_FILE_MISSING`
 */
export async function filesOfModules(
  { tree, modules, urlAt }: PlacedScript,
  added: AddedFiles = new Map(),
  limit: number = MAX_PACKAGE_FILES_BYTES,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new FileReader(limit);
  for (const { text, start } of tree === null ? [] : pathsIn(tree)) {
    const module = modules.get(urlAt(start) ?? "");
    const place = module === undefined ? null : fileAt(module, text);
    if (place !== null) await files.read(place);
  }
  for (const [name, paths] of added) {
    const found = modules.entries().find(([url]) => packageOf(url) === name);
    for (const path of paths) {
      const place = found === undefined ? null : fileIn(found[1], path);
      if (place === null || !await files.read(place)) throw missing(name, path);
    }
  }
  return files.found;
}

/** Reads files, each once, up to a limit. */
class FileReader {
  readonly found = new Map<string, Uint8Array>();
  readonly #seen = new Set<string>();
  readonly #limit: number;
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns whether there is such a file */
  async read({ path, file }: FilePlace): Promise<boolean> {
    if (this.#seen.has(path)) return this.found.has(path);
    this.#seen.add(path);
    const bytes = await readFile(file);
    if (bytes === null) return false;
    this.#total += bytes.length;
    if (this.#total > this.#limit) {
      throw tooLarge(path, bytes.length, this.#limit);
    }
    this.found.set(path, bytes);
    return true;
  }
}

interface NamedPath {
  readonly text: string;
  readonly start: number;
}

/** What could be paths of files: none of sources, which are in the script. */
function pathsIn(tree: SyntaxNode): NamedPath[] {
  const found: NamedPath[] = [];
  const add = (text: string | null, start: number): void => {
    if (text !== null && FILE_PATH.test(text) && !SOURCE.test(text)) {
      found.push({ text, start });
    }
  };
  const nodes = [tree];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (node.type === "Literal") add(literalText(node), node.start);
    else if (node.type === "TemplateElement") {
      const { cooked } = Object(node.value) as { cooked?: string };
      add(cooked ?? null, node.start);
    } else if (node.type === "CallExpression") {
      const texts = childrenOf(node, "arguments").map(literalText);
      const from = texts.findLastIndex((text) => text === null) + 1;
      if (from > 0 && texts.length - from > 1) {
        add(texts.slice(from).join("/"), childOf(node, "callee")?.start ?? 0);
      }
    }
    nodes.push(...allChildren(node));
  }
  return found;
}

const FILE_PATH = /^[^\n*?<>|":]{1,255}\.\w{1,20}$/;
const SOURCE = /\.(?:[cm]?[jt]sx?|node|map)$/;

interface FilePlace {
  /** Where it lies here. */
  readonly file: string;
  /** Where it lies on the workers. */
  readonly path: string;
}

/** The file that a module names; null where it lies outside of its package. */
function fileAt(module: PlacedModule, text: string): FilePlace | null {
  const folder = posix.dirname(module.path);
  return placeOf(module, posix.join(folder, text)); // "/x" behind a folder is one in it
}

/** The file of a module's package. */
function fileIn(module: PlacedModule, text: string): FilePlace | null {
  return placeOf(module, posix.join(module.rootPath, text));
}

function placeOf(module: PlacedModule, path: string): FilePlace | null {
  if (module.root === null) return null;
  return path.startsWith(module.rootPath)
    ? { path, file: join(module.root, path.slice(module.rootPath.length)) }
    : null;
}

async function readFile(path: string): Promise<Uint8Array | null> {
  try {
    return await platform.readFile(path);
  } catch {
    return null; // a folder, or a name too long for one: no file, in any case
  }
}

function tooLarge(path: string, bytes: number, limit: number): ClosureError {
  return new ClosureError(
    "PACKAGE_FILES_TOO_LARGE",
    `Cannot send "${path}" of a package to the workers: it has ${bytes} bytes, and the files of all packages may have ${limit}; install the package on the executors and set spark.tspark.packages to "installed"`,
    { path, bytes, limit },
  );
}

function missing(name: string, path: string): ClosureError {
  return new ClosureError(
    "PACKAGE_FILE_MISSING",
    `Cannot send "${path}" of package "${name}" to the workers: there is no such file, or no module of the package asks where it lies; name the package by its own name, and the file from the package's folder on`,
    { package: name, path },
  );
}
