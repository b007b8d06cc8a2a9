/**
 * What the engine knows of a function, to its draft.
 *
 * @module
 */

import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { dirname } from "node:path";
import {
  type ClosureValue,
  IMPORT_META_NAME,
  IMPORT_NAME,
  THIS_NAME,
} from "../../protocol/closure_record.ts";
import type { BuiltinTable, ModulePlace } from "./builtin_table.ts";
import {
  type CaptureGraph,
  classNameOf,
  variableStep,
} from "./capture_graph.ts";
import type { Refuse } from "./capture_path.ts";
import { prototypeOwner, sourceOf } from "./describe_prototype.ts";
import {
  findVariable,
  type FunctionDraft,
  type VariableDraft,
} from "./function_draft.ts";
import {
  type FunctionTraits,
  functionTraits,
  parentVariable,
} from "./function_nodes.ts";
import type {
  AnyFunction,
  BoundParts,
  FunctionFacts,
  FunctionPlace,
  Script,
} from "./function_facts.ts";
import { packageOf } from "./package_name.ts";
import type { PackageTable } from "./package_table.ts";
import type { FreeName } from "./free_name.ts";
import type { FunctionParser, ParsedFunction } from "./parse_function.ts";
import { needsImporter } from "./rewrite_source.ts";
import { readVariable, type ScopeCopy } from "./scope_copy.ts";
import {
  explicitRefusal,
  hiddenRefusal,
  lexicalRefusal,
  NATIVE_REFUSAL,
  platformRefusal,
  privateNameRefusal,
  privateRefusal,
  REQUIRE_REFUSAL,
  syntaxRefusal,
} from "./refusals.ts";

/** Describes the functions of one capture. */
export class FunctionDescriber {
  /** What was described so far; their nodes are still empty. */
  readonly drafts: (FunctionDraft & { readonly traits: FunctionTraits })[] = [];
  readonly #graph: CaptureGraph;
  readonly #builtins: BuiltinTable;
  readonly #packages: PackageTable;
  readonly #parser: FunctionParser;
  readonly #settled: WeakSet<AnyFunction>;
  readonly #refuse: Refuse;

  /**
   * @param settled functions that are known to take globals alone from outside; grows
   * @param refuse throws the error for the node's value
   */
  constructor(
    graph: CaptureGraph,
    builtins: BuiltinTable,
    packages: PackageTable,
    parser: FunctionParser,
    settled: WeakSet<AnyFunction>,
    refuse: Refuse,
  ) {
    this.#graph = graph;
    this.#builtins = builtins;
    this.#packages = packages;
    this.#parser = parser;
    this.#settled = settled;
    this.#refuse = refuse;
  }

  /**
   * Describes a function without the engine, where that is possible: its place
   * is known and it takes no variable from outside, or it is a global.
   *
   * @returns false where the engine must be asked
   */
  describeKnown(
    id: number,
    value: AnyFunction,
    place: FunctionPlace | undefined,
  ): boolean {
    if (isNative(value)) {
      const path = this.#builtins.pathOf(value);
      if (path !== undefined) this.#graph.nodes[id] = { kind: "builtin", path };
      return path !== undefined;
    }
    if (place === undefined || !isUserScript(place)) return false;
    if (this.#describeExport(id, value, place)) return true;
    const parsed = this.#parse(id, sourceOf(value), place);
    const needsNothing = parsed.names.size === 0 || this.#settled.has(value);
    const isSimple = needsNothing && parsed.lexical.size === 0 &&
      parsed.privateNames.size === 0 && parsed.imports.length === 0;
    if (isSimple) this.#draft(id, value, place, parsed, { scopes: [] });
    return isSimple;
  }

  /** Whether an object of this class was met. */
  isClassOfObjects(value: AnyFunction | undefined): boolean {
    return value !== undefined &&
      this.#graph.instanceOf(prototypeOf(value)) !== undefined;
  }

  /** Describes a function by what the engine told of it. */
  describe(id: number, value: AnyFunction, facts: FunctionFacts): void {
    if (facts.bound !== null) return this.#bound(id, value, facts.bound);
    const { place } = facts;
    if (place === null || !isUserScript(place) || isNative(value)) {
      return this.#platform(id, value);
    }
    if (this.#describeExport(id, value, place)) return;
    const parsed = this.#parse(id, sourceOf(value), place);
    this.#refuseLexical(id, parsed, facts.receiver !== undefined);
    this.#draft(id, value, place, parsed, facts);
  }

  /**
   * Whether a function can be captured with the `this` of its surroundings
   * alone. One of the program's own is refused: `this` holds more than it reads.
   */
  needsReceiver(value: AnyFunction, { place }: FunctionFacts): boolean {
    if (place === null || !isUserScript(place) || isNative(value)) return false;
    const { url } = place.script;
    if (packageOf(url) === null) return false;
    if (this.#packages.placeOf(value, url) !== undefined) return false;
    try {
      const { lexical } = this.#parser.parse(sourceOf(value), place.strict);
      return lexical.size === 1 && lexical.has("this");
    } catch (error) {
      if (error instanceof SyntaxError) return false; // refused with its text
      throw error;
    }
  }

  /** @throws ClosureError CAPTURE_REFUSED where an object is of a class with private members */
  refusePrivates(): void {
    for (const { value, parsed } of this.drafts) {
      if (parsed.hasPrivates) this.#refuseInstance(value.prototype);
    }
    for (const prototype of this.#graph.prototypesOfInstances()) {
      const owner = prototypeOwner(prototype);
      if (owner === null || this.#packages.placeOf(owner) === undefined) {
        continue;
      }
      const { hasPrivates } = this.#parser.parse(sourceOf(owner), true);
      if (hasPrivates) this.#refuseInstance(prototype);
    }
  }

  #refuseInstance(prototype: unknown): void {
    const instance = this.#graph.instanceOf(prototype);
    if (instance !== undefined) {
      this.#refuse(privateRefusal(classNameOf(Object(prototype))), instance);
    }
  }

  /** A function that a package exports is serialized by name; others of its functions do so by value. */
  #describeExport(
    id: number,
    value: AnyFunction,
    { script }: FunctionPlace,
  ): boolean {
    if (packageOf(script.url) === null) return false;
    const place = this.#packages.placeOf(value, script.url);
    if (place === undefined) return false;
    this.#graph.nodes[id] = { kind: "package", ...place };
    return true;
  }

  #parse(id: number, source: string, place: FunctionPlace): ParsedFunction {
    try {
      return this.#parser.parse(source, place.strict);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return this.#refuse(syntaxRefusal(error.message), id);
    }
  }

  #refuseLexical(
    id: number,
    parsed: ParsedFunction,
    hasReceiver: boolean,
  ): void {
    for (const what of parsed.lexical) {
      if (what === "this" && hasReceiver) continue;
      this.#refuse(lexicalRefusal(what, parsed), id);
    }
    for (const name of parsed.privateNames) {
      this.#refuse(privateNameRefusal(name), id);
    }
  }

  #draft(
    id: number,
    value: AnyFunction,
    place: FunctionPlace,
    parsed: ParsedFunction,
    { scopes, receiver }: Pick<FunctionFacts, "scopes" | "receiver">,
  ): void {
    this.#builtins.learn(place.text.platformModules);
    const source = sourceOf(value);
    const variables: VariableDraft[] = [];
    if (parsed.heritage !== null) {
      const parent: unknown = Object.getPrototypeOf(value);
      variables.push(parentVariable(
        this.#graph.referFrom(id)(
          // Only `extends null` leaves the usual prototype in place.
          parent === Function.prototype ? null : parent,
          { kind: "inner", name: "parent class" },
        ),
      ));
    }
    for (const free of parsed.names.values()) {
      const variable = this.#variable(id, free, scopes);
      if (variable !== null) variables.push(variable);
    }
    if (receiver !== undefined) {
      const step = { kind: "inner", name: "this" } as const;
      const value = this.#graph.referFrom(id)(receiver, step);
      variables.push({ ...madeVariable(THIS_NAME, value), eager: false });
    }
    if (parsed.importMeta.length > 0) {
      variables.push(this.#importMeta(id, place));
    }
    if (needsImporter(parsed)) {
      variables.push(this.#importer(id, place, parsed));
    }
    if (
      variables.length === 0 &&
      Array.from(parsed.names.keys()).every((name) =>
        this.#builtins.hasName(name)
      )
    ) this.#settled.add(value);
    const draft = { id, value, source, place, parsed, variables };
    const traits = functionTraits(draft, this.#graph);
    this.drafts.push({ ...draft, traits });
  }

  #variable(
    id: number,
    free: FreeName,
    scopes: readonly ScopeCopy[],
  ): VariableDraft | null {
    const { name, assigned, eager, members } = free;
    const link = {
      parent: id,
      root: this.#graph.links[id]?.root ?? 0,
      step: variableStep(name),
    };
    const found = findVariable(name, scopes);
    if (found === undefined) {
      if (this.#builtins.hasName(name) || !Object.hasOwn(globalThis, name)) {
        // A global is the worker's own; an unknown name fails there as here,
        // except for one that a class was made with.
        if (eager && !this.#builtins.hasName(name)) {
          this.#refuse(hiddenRefusal(name), id);
        }
        return null;
      }
      const own = this.#graph.valueOf(
        readVariable(globalThis, name),
        id,
        link.step,
      );
      const value = this.#graph.refer(own, link);
      return { name, value, assigned, eager, scope: null };
    }
    const holder = this.#graph.functions.get(id);
    if (holder !== undefined && this.#graph.explicit.has(holder)) {
      this.#refuse(explicitRefusal(name), id);
    }
    const content = this.#graph.valueOf(found.state, id, link.step);
    const value = typeof content === "object" && content !== null
      ? this.#graph.referNamespace(content, members, link)
      : this.#graph.refer(content, link);
    return { name, value, assigned, eager, scope: found.scope };
  }

  /** The parts of `import.meta` that mean something elsewhere. */
  #importMeta(id: number, place: FunctionPlace): VariableDraft {
    const { url } = place.script;
    const filename = url.startsWith("file:") ? fileURLToPath(url) : undefined;
    const meta = {
      url,
      main: false,
      ...(filename === undefined
        ? {}
        : { filename, dirname: dirname(filename) }),
    };
    const value = this.#graph.referFrom(id)(meta, variableStep("import.meta"));
    return madeVariable(IMPORT_META_NAME, value);
  }

  /** What stands for `import()`, with the modules that the text names. */
  #importer(
    id: number,
    { script }: FunctionPlace,
    { imports }: ParsedFunction,
  ): VariableDraft {
    const specifiers = imports.flatMap(({ specifier }) => specifier ?? []);
    const ref = this.#graph.add(
      {
        kind: "importer",
        specifiers,
        modules: specifiers.map((specifier) => addressOf(specifier, script)),
      },
      {
        parent: id,
        root: this.#graph.links[id]?.root ?? 0,
        step: variableStep("import"),
      },
    );
    return madeVariable(IMPORT_NAME, { ref });
  }

  #bound(id: number, value: AnyFunction, parts: BoundParts): void {
    const refer = this.#graph.referFrom(id);
    const step = { kind: "inner", name: "bound value" } as const;
    const name: unknown = Object.getOwnPropertyDescriptor(value, "name")?.value;
    this.#graph.nodes[id] = {
      kind: "bound",
      target: refer(parts.target, step),
      self: refer(parts.self, step),
      arguments: parts.arguments.map((item) => refer(item, step)),
      ...(typeof name === "string" ? { name } : {}),
    };
  }

  /** A function that is not of the user's program. */
  #platform(id: number, value: AnyFunction): void {
    const known = this.#builtins.pathOf(value);
    const place = known === undefined
      ? this.#builtins.placeOf(value)
      : undefined;
    const path = known === undefined && place === undefined
      ? this.#builtins.pathOf(value, true)
      : known;
    const instance = this.#graph.instanceOf(prototypeOf(value));
    if (instance !== undefined && !isPlainEmitter(value, place)) {
      this.#refuse(platformRefusal(value.name), instance);
    }
    if (path !== undefined) this.#graph.nodes[id] = { kind: "builtin", path };
    else if (place !== undefined) {
      this.#graph.nodes[id] = { kind: "module", namespace: false, ...place };
    } else if (isRequire(value)) this.#refuse(REQUIRE_REFUSAL, id);
    else this.#refuse(NATIVE_REFUSAL, id);
  }
}

/** What a script's specifier means to the bundler: a local one is told from the script's own address. */
function addressOf(specifier: string, { url }: Script): string {
  if (isBuiltin(specifier)) return `node:${specifier.replace(/^node:/, "")}`;
  return /^(?:\.{0,2}\/|file:)/.test(specifier) && URL.canParse(specifier, url)
    ? new URL(specifier, url).href
    : specifier;
}

function madeVariable(name: string, value: ClosureValue): VariableDraft {
  return { name, value, assigned: false, eager: true, scope: null };
}

function prototypeOf(value: AnyFunction): unknown {
  return Object.getOwnPropertyDescriptor(value, "prototype")?.value;
}

/** Node makes one for each CommonJS module. */
function isRequire(value: AnyFunction): boolean {
  return value.name === "require" && Object.hasOwn(value, "resolve");
}

function isNative(value: AnyFunction): boolean {
  return sourceOf(value).endsWith("{ [native code] }");
}

/** Whether a function was written in a file, not in the platform's own scripts. */
export function isUserScript(place: FunctionPlace): boolean {
  return !/^(?:ext|node|internal|checkin):/.test(place.script.url);
}

/** An event emitter keeps all of its state in ordinary properties. */
function isPlainEmitter(
  value: AnyFunction,
  place: ModulePlace | undefined,
): boolean {
  return value.name === "EventEmitter" && place?.specifier === "node:events";
}
