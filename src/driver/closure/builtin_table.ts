/**
 * What every process has, found by identity: the globals and all that hangs on
 * them, and the exports of the `node:` modules.
 *
 * @module
 */

import { builtinModules } from "node:module";
import process from "node:process";
import { types } from "node:util";
import { INTRINSICS, stepOf } from "../../protocol/builtin_path.ts";

/**
 * The platform's globals that can be enumerated, as only a program's own are
 * otherwise: those of Node, then what Deno adds.
 */
const ENUMERABLE_NAMES: ReadonlySet<string> = new Set(
  ("global clearImmediate setImmediate clearInterval clearTimeout " +
    "setInterval setTimeout queueMicrotask structuredClone atob btoa " +
    "performance fetch crypto navigator " +
    "Deno Buffer process EventSource createImageBitmap caches reportError " +
    "alert confirm prompt localStorage sessionStorage self name close closed " +
    "onerror onload onbeforeunload onunload onunhandledrejection").split(" "),
);

/**
 * Names of the platform's globals. What a program adds is its own and is serialized
 * by value, be it earlier than this module is loaded, as in a notebook, or later.
 */
const GLOBAL_NAMES: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(globalThis).filter((name) =>
    ENUMERABLE_NAMES.has(name) ||
    !Object.prototype.propertyIsEnumerable.call(globalThis, name)
  ),
);

/** Something in a `node:` module. */
export interface ModulePlace {
  /** Such as `"node:path"`. */
  readonly specifier: string;
  /** Empty for the module itself. */
  readonly path: readonly string[];
}

/** Finds built-in things by identity; the tables are made at first need. */
export class BuiltinTable {
  #globals: Map<object, readonly string[]> | null = null;
  readonly #asked = new Set<string>();
  readonly #modules = new Map<object, ModulePlace>();
  readonly #learnt = new Set<string>();

  /** Whether a free name means a global that every process has. */
  hasName(name: string): boolean {
    return GLOBAL_NAMES.has(name);
  }

  /**
   * The path from the global object to a built-in, or undefined.
   *
   * @param thorough whether globals that the platform makes at first use are
   * all made for the search; otherwise only those of the value's own name are
   */
  pathOf(value: object, thorough = false): readonly string[] | undefined {
    const table = this.#globals ??= tableOfGlobals();
    if (!table.has(value)) {
      for (const name of thorough ? GLOBAL_NAMES : likelyNames(value)) {
        if (!GLOBAL_NAMES.has(name) || this.#asked.has(name)) continue;
        this.#asked.add(name);
        addGlobal(table, name, valueOf(globalThis, name));
      }
    }
    return table.get(value);
  }

  /** Makes the exports of `node:` modules known, loading those that are not yet. */
  learn(specifiers: readonly string[]): void {
    for (const specifier of specifiers) {
      if (this.#learnt.has(specifier)) continue;
      this.#learnt.add(specifier);
      addModule(specifier, this.#modules);
    }
  }

  /** The place of an export of a learnt module, or of an output of the process, or undefined. */
  knownPlaceOf(value: object): ModulePlace | undefined {
    return this.#modules.get(value) ?? outputPlaceOf(value);
  }

  /** The place of any module's export, or undefined. May load all of the modules. */
  placeOf(value: object): ModulePlace | undefined {
    const known = this.knownPlaceOf(value);
    if (known !== undefined) return known;
    this.learn(ALL_MODULES);
    return this.knownPlaceOf(value);
  }
}

const ALL_MODULES: readonly string[] = builtinModules
  .filter((name) => !name.startsWith("_") && name !== "sys")
  .map((name) => name.startsWith("node:") ? name : `node:${name}`);

type PathTable = Map<object, readonly string[]>;

function tableOfGlobals(): PathTable {
  const table: PathTable = new Map([[globalThis, []]]);
  for (const name of GLOBAL_NAMES) {
    // A getter makes what it gives: it is not asked before there is a reason.
    const value: unknown = Object.getOwnPropertyDescriptor(globalThis, name)
      ?.value;
    if (!Array.isArray(value)) addGlobal(table, name, value);
  }
  for (const [name, make] of Object.entries(INTRINSICS)) {
    addGlobal(table, name, make());
  }
  return table;
}

/** Adds a value and all that hangs on it. */
function addGlobal(table: PathTable, name: string, global: unknown): void {
  const queue: [object, readonly string[]][] = [];
  const add = (value: unknown, path: readonly string[]): void => {
    if (!isObject(value) || types.isProxy(value) || table.has(value)) return;
    table.set(value, path);
    queue.push([value, path]);
  };
  add(global, [name]);
  for (let i = 0; i < queue.length; i++) {
    const [holder, path] = queue[i] ?? [globalThis, []];
    if (path.length >= DEEPEST_PATH) continue;
    for (const key of Reflect.ownKeys(holder)) {
      const step = stepOf(key);
      if (step === null) continue;
      const property = Object.getOwnPropertyDescriptor(holder, key);
      add(property?.value, [...path, step]);
      add(property?.get, [...path, `get ${step}`]);
      add(property?.set, [...path, `set ${step}`]);
    }
  }
}

/** Names of globals that the value could be, or that it could hang on. */
function likelyNames(value: object): string[] {
  const own: unknown = Object.getOwnPropertyDescriptor(value, "name")?.value;
  const maker: unknown = Object.getOwnPropertyDescriptor(value, "constructor")
    ?.value;
  const tag: unknown = valueOf(value, Symbol.toStringTag);
  return [
    own,
    typeof maker === "function" ? maker.name : undefined,
    typeof tag === "string" ? tag.toLowerCase() : undefined,
  ].filter((name) => typeof name === "string");
}

/** Some globals need a permission or an option: then nothing of them is in use. A getter of the program's may throw. */
function valueOf(holder: object, key: string | symbol): unknown {
  try {
    return Reflect.get(holder, key);
  } catch {
    return undefined;
  }
}

/** Steps in the longest path; `Intl.NumberFormat.prototype.format` has four. */
const DEEPEST_PATH = 4;

function addModule(specifier: string, table: Map<object, ModulePlace>): void {
  const module: unknown = loadModule(specifier);
  if (!isObject(module)) return;
  if (!table.has(module)) table.set(module, { specifier, path: [] });
  for (const key of Object.keys(module)) {
    const value: unknown = Object.getOwnPropertyDescriptor(module, key)?.value;
    if (isObject(value) && !table.has(value)) {
      table.set(value, { specifier, path: [key] });
    }
  }
}

/** `process.stdout` and `stderr`, which are made when they are first asked for. */
function outputPlaceOf(value: object): ModulePlace | undefined {
  if (types.isProxy(value) || !Object.hasOwn(value, "_writableState")) {
    return undefined;
  }
  const key = (["stdout", "stderr"] as const)
    .find((name) => process[name] as object === value);
  return key && { specifier: "node:process", path: [key] };
}

function loadModule(specifier: string): unknown {
  try {
    return process.getBuiltinModule(specifier);
  } catch {
    // Some modules refuse to load without a permission: nothing of them is in use then.
    return undefined;
  }
}

/** Whether a value has an identity: an object or a function. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) ||
    typeof value === "function";
}
