/**
 * Functions that a program can put on what a package exports, as plugins do,
 * and those that are not what a worker would load.
 *
 * @module
 */

import { basename } from "node:path";
import { types } from "node:util";
import { ClosureError } from "../../common/errors.ts";
import type { ClosureCode } from "../../protocol/closure_record.ts";
import { isObject } from "./builtin_table.ts";
import type { BundledScript } from "./bundled_script.ts";
import { sourceOf } from "./describe_prototype.ts";
import type { AnyFunction } from "./function_facts.ts";
import { packageModuleName, packageOf } from "./package_name.ts";

/** A function that is reached from what a module exports. */
export interface SurfacePart {
  readonly value: AnyFunction;
  /** From the exports, such as `["prototype", "format"]`. */
  readonly path: readonly string[];
}

/** One that another script has put there than the module's own. */
export interface AddedPart extends SurfacePart {
  /** The module that exports what it is on. */
  readonly module: string;
  /** Address of that other script. */
  readonly url: string;
}

const DEEPEST = 3;
const MAX_PARTS = 5000;

/** The functions among exports, on them, on their prototypes and in their plain objects. */
export function surfaceOf(exports: unknown): SurfacePart[] {
  const parts: SurfacePart[] = [];
  const seen = new Set<unknown>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (!isObject(value) || types.isProxy(value) || seen.has(value)) return;
    seen.add(value);
    if (typeof value === "function") {
      if (parts.length >= MAX_PARTS) return;
      parts.push({ value, path });
    } else if (path.length > 0 && path.at(-1) !== "prototype") {
      if (!isOpen(value)) return;
    }
    const depth = path.filter((step) => step !== "prototype").length;
    if (depth >= DEEPEST) return;
    for (const key of Object.getOwnPropertyNames(value)) {
      if (key === "constructor") continue;
      // No getter is run: what hangs behind one is the package's own.
      const property = Object.getOwnPropertyDescriptor(value, key);
      walk(property?.value, [...path, key]);
    }
  };
  walk(exports, []);
  return parts;
}

/** Objects that hold functions for anyone to add to; not those of a class. */
function isOpen(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What a job's functions take along. */
export interface Travelling {
  /** Modules of packages that they name. */
  readonly modules: ReadonlyMap<string, string>;
  /** Their own texts. */
  readonly codes: readonly ClosureCode[];
  /** The files in the bundle that holds the packages, by their {@link filesOf names}. */
  readonly files: ReadonlySet<string>;
}

/**
 * Refuses a package that the program has changed: a worker loads it anew, and
 * would do without the change, perhaps without a word. A function that makes
 * the change itself names what it needs for it, and passes.
 *
 * @throws ClosureError PACKAGE_CHANGED
 */
export function refuseChanged(
  added: readonly AddedPart[],
  travelling: Travelling,
): void {
  const { modules, codes, files } = travelling;
  const packages = new Set([...files].map(packageOf));
  const lost = added.find(({ module, url, value }) => {
    if (!/^(?:file|https?):/.test(url) || files.has(stemOf(url))) return false;
    const owner = packageOf(url);
    // Another build of a package that the module imports is as good.
    const isOther = owner !== null &&
      owner !== packageOf(urlIn(modules, module));
    if (isOther && packages.has(owner)) return false;
    return !modules.values().some((named) => named === url) &&
      !codes.some(({ source }) => source.includes(sourceOf(value)));
  });
  if (lost === undefined) return;
  const name = packageOf(urlIn(modules, lost.module)) ?? lost.module;
  const path = lost.path.filter((step) => step !== "default").join(".");
  throw new ClosureError(
    "PACKAGE_CHANGED",
    `Cannot send "${name}" to the workers: the program has changed it, and a worker loads it as it is published, without "${path}" of "${
      packageOf(lost.url) === null
        ? basename(lost.url)
        : packageModuleName(lost.url)
    }"; make the change in the function too, before it uses the package`,
    { name, path, from: lost.url },
  );
}

function urlIn(modules: ReadonlyMap<string, string>, module: string): string {
  return modules.get(module) ?? module;
}

/**
 * All files in a bundle, by their addresses without what compiling changes: a
 * package that was compiled by its maker is listed with its sources, as its
 * own maps have them.
 */
export function filesOf({ map, mapUrl }: BundledScript): ReadonlySet<string> {
  const { sources } = JSON.parse(map) as {
    readonly sources: readonly string[];
  };
  return new Set(
    sources.map((source) => stemOf(new URL(source, mapUrl).href)),
  );
}

/** An address without its suffix, and without a folder of sources. */
function stemOf(url: string): string {
  return url.replace(/\.[cm]?[jt]sx?$/, "").replaceAll("/src/", "/");
}
