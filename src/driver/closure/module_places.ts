/**
 * Where the modules of a bundle lie: what they ask by `__dirname`, `__filename`
 * and `import.meta`, which a bundle of many files in one does not tell.
 *
 * @module
 */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { IMPORT_NAME } from "../../protocol/closure_record.ts";
import type { ModulePlace } from "../../serde/package_bundle.ts";
import type { BundledScript } from "./bundled_script.ts";
import { findFreeNames } from "./free_names.ts";
import type { FreeNames } from "./free_name.ts";
import { PackagePaths, type PlacedModule } from "./package_paths.ts";
import { childrenOf, parseProgram, type SyntaxNode } from "./syntax_tree.ts";

/** A script whose modules know their places. */
export interface PlacedScript {
  readonly text: string;
  readonly places: readonly ModulePlace[];
  /** The modules that ask where they are, by their addresses. */
  readonly modules: ReadonlyMap<string, PlacedModule>;
  /** The script as it is parsed; null where no module asks. */
  readonly tree: SyntaxNode | null;
  /** Tells the address of the module that a position of the tree was written in. */
  readonly urlAt: (position: number) => string | null;
}

/**
 * Gives each module that asks a name of its own in place of `__dirname` and
 * the like. No line moves, and no column that a map tells of: names are
 * replaced by ones of equal length, and bundlers write what stands for
 * `import.meta` on lines of their own.
 */
export function placeModules(script: BundledScript): PlacedScript {
  const { text } = script;
  if (!ASKS.test(text)) {
    const modules = new Map<string, PlacedModule>();
    return { text, places: [], modules, tree: null, urlAt: () => null };
  }
  const tree = parseProgram(text, false);
  const free = findFreeNames(asFunction(tree));
  const placing = new Placing(moduleFinder(tree, script));
  placing.names("__dirname", "folder", free);
  placing.names("__filename", "file", free);
  placing.metaObjects(text);
  placing.imports(free);
  const { places, modules, edits, urlAt } = placing;
  return { text: edited(text, edits), places, modules, tree, urlAt };
}

/** Collects what is to be changed in a script. */
class Placing {
  readonly places: ModulePlace[] = [];
  readonly modules = new Map<string, PlacedModule>();
  readonly edits: Edit[] = [];
  readonly urlAt: (position: number) => string | null;
  readonly #paths = new PackagePaths();

  constructor(urlAt: (position: number) => string | null) {
    this.urlAt = urlAt;
  }

  /** A name of CommonJS that no module declares. */
  names(word: string, kind: "folder" | "file", free: FreeNames): void {
    const names = new Map<string, string>();
    for (const { start, as } of free.names.get(word)?.uses ?? []) {
      const url = this.urlAt(start);
      if (url === null) continue;
      let name = names.get(url);
      if (name === undefined) {
        const number = String(this.places.length);
        name = word.slice(1, 3).replace("_", "$") +
          number.padStart(word.length - 2, "0");
        names.set(url, name);
        this.#place(name, kind, url);
      }
      const text = as === "shorthand" ? `${word}: ${name}` : name;
      this.edits.push({ start, end: start + word.length, text });
    }
  }

  /** What esbuild writes for `import.meta` in a script: an empty object for each module. */
  metaObjects(text: string): void {
    const uses = new Map<string, number>();
    for (const { 0: name, index } of text.matchAll(USED_META)) {
      if (!uses.has(name)) uses.set(name, index);
    }
    for (const set of text.matchAll(SET_META)) {
      const [line, name = ""] = set;
      const use = uses.get(name);
      const url = use === undefined ? null : this.urlAt(use);
      if (url === null) continue;
      const own = `$m${this.places.length}`;
      this.#place(own, "meta", url);
      const start = set.index + line.indexOf("{}");
      this.edits.push({ start, end: start + "{}".length, text: own });
    }
  }

  /** `import()` of what reads files. */
  imports({ imports }: FreeNames): void {
    for (const { start, specifier } of imports) {
      if (!FILE_MODULES.has(specifier?.replace(/^node:/, "") ?? "")) continue;
      const end = start + "import".length;
      this.edits.push({ start, end, text: IMPORT_NAME });
    }
  }

  #place(name: string, kind: ModulePlace["kind"], url: string): void {
    const module = this.#paths.of(url);
    this.modules.set(url, module);
    this.places.push({ name, kind, path: module.path });
  }
}

const ASKS = /\b(?:__dirname|__filename|import_meta\d*)\b/;

/** What reads files: asked for by these names, it reads those of the bundle too. */
const FILE_MODULES: ReadonlySet<string> = new Set([
  "fs",
  "fs/promises",
  "module",
]);

const USED_META = /\bimport_meta\d*\b(?=[.[),;])/g;
/** No `\s*` at a line's start: that reads blank lines anew from each of them. */
const SET_META = /^[ \t]*(?:var )?(import_meta\d*) = \{\};$/gm;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The script as the function that it is run as. */
function asFunction(tree: SyntaxNode): SyntaxNode {
  const body = { ...tree, type: "BlockStatement" };
  return { ...tree, type: "FunctionExpression", params: [], body };
}

/**
 * Finds modules by the comments that esbuild writes before each. Not by the
 * map: of a package that was compiled by its maker, that names the sources.
 */
function moduleFinder(
  tree: SyntaxNode,
  { text, folder }: BundledScript,
): (position: number) => string | null {
  const starts: number[] = [];
  const urls: (string | null)[] = [];
  let end = 0;
  for (const statement of childrenOf(tree, "body")) {
    const between = text.slice(end, statement.start);
    const path = between.match(/^\/\/ (\S.*)$/gm)?.at(-1)?.slice("// ".length);
    if (path !== undefined) {
      starts.push(end);
      urls.push(addressOf(path, folder));
    }
    end = statement.end;
  }
  return (position) =>
    urls[starts.findLastIndex((start) => start <= position)] ?? null;
}

function addressOf(path: string, folder: string): string | null {
  if (/^\w{2,}:/.test(path)) return path;
  return MODULE_FILE.test(path)
    ? pathToFileURL(resolve(folder, path)).href
    : null;
}

const MODULE_FILE = /\.[cm]?[jt]sx?$/;

function edited(
  text: string,
  edits: readonly Edit[],
): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return parts.join("") + text.slice(at);
}
