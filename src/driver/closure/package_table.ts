/**
 * What the modules of packages export, found by identity: a function that its
 * package exports is serialized by name, and the worker takes it from a bundle.
 *
 * @module
 */

import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { types } from "node:util";
import { isObject } from "./builtin_table.ts";
import { importModule } from "./import_module.ts";
import { packageFolder, packageModuleName } from "./package_name.ts";

/** Something that a module of a package exports. */
export interface PackagePlace {
  /** Name of the module, such as `"lodash-es/groupBy.js"`. */
  readonly module: string;
  /** From what `require` gives of the module. */
  readonly path: readonly string[];
}

/** The packages of one application, as far as captured functions use them. */
export class PackageTable {
  readonly #loaded = new Set<string>();
  readonly #places = new WeakMap<object, PackagePlace>();
  /** Functions that hang on an object that any module may have put them on. */
  readonly #hanging = new WeakMap<object, PackagePlace>();
  readonly #modules = new Map<string, string>();
  readonly #exports = new Map<string, unknown>();
  /** Folders of the packages of known modules. */
  readonly #folders = new Set<string>();
  /** Unique symbols that files in CommonJS form export, as far as they were searched. */
  readonly #symbols = new Map<symbol, { readonly url: string; key: string }>();
  /** Files of which the symbols are known. */
  readonly #searched = new Set<string>();

  /**
   * Makes what a module exports known. The program has loaded it already, so
   * nothing runs a second time.
   *
   * @param url address of the module
   * @returns whether it was not known before
   */
  async load(url: string): Promise<boolean> {
    if (this.#loaded.has(url)) return false;
    this.#loaded.add(url);
    const name = this.#nameOf(url);
    const exports = await exportsOf(url);
    this.#exports.set(name, exports);
    this.#add(exports, { module: name, path: [] });
    if (url.startsWith("file:")) {
      this.#folders.add(fileURLToPath(packageFolder(url)));
    }
    return true;
  }

  /** Whether {@linkcode PackageTable.load} was called for a module. */
  knows(url: string): boolean {
    return this.#loaded.has(url);
  }

  /**
   * The place of what a known module exports, or undefined.
   *
   * @param writtenIn address of the script that a function was written in, where that is known
   */
  placeOf(value: object, writtenIn?: string): PackagePlace | undefined {
    const place = this.#places.get(value);
    if (place !== undefined || writtenIn === undefined) return place;
    const hanging = this.#hanging.get(value);
    return hanging !== undefined &&
        this.#modules.get(hanging.module) === writtenIn
      ? hanging
      : undefined;
  }

  /**
   * The place of a unique symbol, or undefined: the package's own functions
   * know what they keep under it by no other one.
   */
  placeOfSymbol(symbol: symbol): PackagePlace | undefined {
    if (!this.#symbols.has(symbol)) this.#searchSymbols();
    const found = this.#symbols.get(symbol);
    return found === undefined
      ? undefined
      : { module: this.#nameOf(found.url), path: [found.key] };
  }

  /** Address of a known module. */
  urlOf(module: string): string | undefined {
    return this.#modules.get(module);
  }

  /** What a known module exports, as it is now. */
  exportsOf(module: string): unknown {
    return this.#exports.get(module);
  }

  /** The name by which workers ask for a module. */
  #nameOf(url: string): string {
    const name = packageModuleName(url);
    const known = this.#modules.get(name);
    if (known === url) return name;
    // Of a second version of the package, the address.
    const own = known === undefined ? name : url;
    this.#modules.set(own, url);
    return own;
  }

  /**
   * Learns the symbols that the loaded files of known packages export. A file
   * that holds nothing but symbols is found by no function.
   */
  #searchSymbols(): void {
    const folders = [...this.#folders];
    const { cache } = createRequire(import.meta.url);
    for (const [path, loaded] of Object.entries(cache)) {
      if (this.#searched.has(path)) continue;
      if (!folders.some((folder) => path.startsWith(folder))) continue;
      const exports: unknown = loaded?.exports;
      if (loaded?.loaded !== true || !isObject(exports)) continue;
      if (types.isProxy(exports)) continue;
      this.#searched.add(path);
      for (const key of Object.keys(exports)) {
        const item: unknown = Object.getOwnPropertyDescriptor(exports, key)
          ?.value;
        if (typeof item !== "symbol" || this.#symbols.has(item)) continue;
        this.#symbols.set(item, { url: pathToFileURL(path).href, key });
      }
    }
  }

  /** Exports, what hangs on them, and the prototypes of classes among both. */
  #add(value: unknown, place: PackagePlace): void {
    if (!isObject(value) || types.isProxy(value)) return;
    if (!this.#places.has(value)) this.#places.set(value, place);
    // What the program, or another module, has put on an object of settings
    // is not there when a worker loads the module.
    const isOpen = place.path.length > 0 && isPlain(value);
    const depth = place.path.filter((step) => step !== "prototype").length;
    if (depth >= DEEPEST_PATH) return;
    const isExports = place.path.length === 0;
    for (const key of Object.getOwnPropertyNames(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      // What compilers make of `export … from` is a getter.
      const item: unknown = isExports && property?.get !== undefined
        ? valueOf(value, key)
        : property?.value;
      if (!isObject(item) || this.#places.has(item)) continue;
      const path = [...place.path, key];
      if (!isOpen) this.#add(item, { module: place.module, path });
      else if (typeof item === "function") {
        this.#hanging.set(item, { module: place.module, path });
      }
    }
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return !types.isModuleNamespaceObject(value) &&
    (prototype === Object.prototype || prototype === null);
}

/** Steps in the longest path, except for prototypes: an export and a member of it. */
const DEEPEST_PATH = 2;

/** What `require` gives of a loaded module: in Deno and Node a namespace for an ES module. */
async function exportsOf(url: string): Promise<unknown> {
  if (url.startsWith("file:")) {
    const path = fileURLToPath(url);
    const loaded = createRequire(url).cache[path];
    if (loaded !== undefined) return loaded.exports;
  }
  try {
    return await importModule(url);
  } catch {
    // Loaded in another way than by import, such as by a test runner: its functions are serialized by value.
    return undefined;
  }
}

function valueOf(holder: object, key: string): unknown {
  try {
    return Reflect.get(holder, key);
  } catch {
    return undefined; // an export that cannot be read is used by nobody
  }
}
