/**
 * Captures functions with everything that they reach.
 *
 * @module
 */

import { basename } from "node:path";
import type { ClosureError } from "../../common/errors.ts";
import {
  BUNDLE_SCRIPT,
  type ClosureRecord,
} from "../../protocol/closure_record.ts";
import type { BundledScript } from "./bundled_script.ts";
import { BuiltinTable } from "./builtin_table.ts";
import { wasmLoaders } from "./wasm_loaders.ts";
import type { FramePosition } from "../../common/frame_position.ts";
import { REVIVED_SCHEME } from "../../protocol/closure_record.ts";
import { sourceOf } from "./describe_prototype.ts";
import { type AddedPart, surfaceOf } from "./package_surface.ts";
import { CaptureGraph, type PendingFunction } from "./capture_graph.ts";
import {
  captureRefused,
  type CaptureStep,
  type CaptureUse,
  type Refuse,
  Refused,
} from "./capture_path.ts";
import { FunctionDescriber, isUserScript } from "./describe_function.ts";
import {
  DeclarationFinder,
  type DeclarationPlace,
} from "./find_declaration.ts";
import type {
  AnyFunction,
  FunctionFacts,
  FunctionPlace,
  ScriptPlace,
} from "./function_facts.ts";
import { Inspector } from "./inspector.ts";
import { addFunctionNodes } from "./function_nodes.ts";
import { type LostWrite, lostWrites, lostWriteText } from "./lost_writes.ts";
import { type DeclarationCache, ModuleFunctions } from "./module_functions.ts";
import { packageOf } from "./package_name.ts";
import { PackageTable } from "./package_table.ts";
import { FunctionMaps } from "./function_map.ts";
import { FunctionParser } from "./parse_function.ts";
import { UNINITIALIZED_REFUSAL, uninitializedRefusal } from "./refusals.ts";
import { StackMapper } from "./stack_mapper.ts";
import { withMembers } from "./suggest_members.ts";

export type { CaptureUse } from "./capture_path.ts";

/**
 * Captures functions for the workers. One per application: it holds the
 * inspector session and what is known of the program's scripts.
 *
 * Serializes by value: functions, classes, and all data that they name, as it is
 * at the time of the call. By reference: globals, `node:` modules, what
 * packages export, broadcasts and accumulators. Known limits: `this` of an
 * arrow function and objects with `#private` members are refused; a variable
 * that one module exports, and that is written while functions of two modules
 * use it, is one variable for each of the modules on the worker; a package's
 * state is the worker's own.
 */
export class ClosureCapturer implements Disposable {
  /** The packages that captured functions use. */
  readonly packages: PackageTable = new PackageTable();
  readonly #inspector = new Inspector();
  readonly #declarationFinder = new DeclarationFinder((url) =>
    this.#inspector.textOf(url)
  );
  readonly #mapper = new StackMapper();
  readonly #builtins = new BuiltinTable();
  readonly #parser = new FunctionParser();
  readonly #declarations: DeclarationCache = new WeakMap();
  readonly #settled = new WeakSet<AnyFunction>();
  readonly #maps: FunctionMaps | null;
  readonly #warn: (text: string) => void;
  readonly #warned = new Set<string>();
  /** Addresses of the scripts of functions on what packages export. */
  readonly #writtenIn = new WeakMap<AnyFunction, string>();
  /** How many captures are under way. */
  #running = 0;

  /**
   * @param warn tells the user of what works and should not be so; by default nobody is told
   * @param withMaps whether functions take source maps along, for debuggers
   */
  constructor(warn: (text: string) => void = () => {}, withMaps = false) {
    this.#warn = warn;
    this.#maps = withMaps
      ? new FunctionMaps((position) => this.placeOf(position))
      : null;
  }

  /**
   * Captures values, functions above all, with everything that they reach.
   * What they share is one thing on the worker too.
   *
   * @param roots what the worker shall have
   * @param use the user's calls that need them: one for each root, or one for all
   * @throws ClosureError CAPTURE_REFUSED with the path to what cannot be serialized
   * @throws ClosureError INSPECTOR_UNAVAILABLE where the engine cannot be asked
   */
  async capture(
    roots: readonly unknown[],
    use: readonly CaptureUse[],
  ): Promise<ClosureRecord> {
    this.#running++;
    try {
      for (;;) {
        const record = await this.#attempt(roots, use);
        if (record !== null) return record;
      }
    } finally {
      if (--this.#running === 0) await this.#inspector.forgetHeap();
    }
  }

  /**
   * Rewrites the positions of revived code in a stack to the user's files.
   *
   * @param stack as a worker reports it
   * @returns the same text with file, line and column as the user wrote them
   */
  mapStack(stack: string): string {
    this.#registerScripts();
    return this.#mapper.mapStack(stack);
  }

  /** The place in the user's file of a place in a script, revived or not. */
  placeOf({ url, ...place }: FramePosition): FramePosition {
    this.#registerScripts();
    const own = url.startsWith(REVIVED_SCHEME)
      ? url.slice(REVIVED_SCHEME.length)
      : url;
    return this.#mapper.original({ url: own, ...place });
  }

  /**
   * Functions on what a module of a package exports that other scripts have
   * put there, as they are now.
   *
   * @param module a name of {@linkcode ClosureCapturer.packages}
   */
  async addedTo(module: string): Promise<AddedPart[]> {
    const url = this.packages.urlOf(module) ?? "";
    const loaded = await this.#inspector.textOf(url);
    if (loaded === null) return [];
    const parts = surfaceOf(this.packages.exportsOf(module));
    const asked: AnyFunction[] = [];
    for (const { value } of parts) {
      if (this.#writtenIn.has(value)) continue;
      // Of most functions the module's text tells, which costs less than to ask.
      if (loaded.text.text.includes(sourceOf(value))) {
        this.#writtenIn.set(value, url);
      } else asked.push(value);
    }
    const facts = await this.#inspector.inspect(asked);
    for (const [at, value] of asked.entries()) {
      this.#writtenIn.set(value, facts[at]?.place?.script.url ?? url);
    }
    return parts.flatMap((part) => {
      const from = this.#writtenIn.get(part.value) ?? url;
      return from === url ? [] : [{ ...part, module, url: from }];
    });
  }

  /** Lets stacks tell the packages' own files in place of a bundle of theirs. */
  addBundle(name: string, { map, mapUrl }: BundledScript): void {
    this.#mapper.registerMap(BUNDLE_SCRIPT + name, map, mapUrl);
  }

  /** Ends the inspector session. */
  [Symbol.dispose](): void {
    this.#inspector[Symbol.dispose]();
  }

  /** Captures, or gives null where it met packages that it knows only now: much of what was described by value goes by name then. */
  async #attempt(
    roots: readonly unknown[],
    use: readonly CaptureUse[],
  ): Promise<ClosureRecord | null> {
    const refuse: Refuse = (refusal, id, step) => {
      throw new Refused(refusal, id, step);
    };
    const graph = new CaptureGraph(this.#builtins, this.packages, refuse);
    const describer = new FunctionDescriber(
      graph,
      this.#builtins,
      this.packages,
      this.#parser,
      this.#settled,
      refuse,
    );
    const modules = new ModuleFunctions(this.#declarations);
    try {
      const values = roots.map((value, root) =>
        graph.refer(value, {
          parent: null,
          root,
          step: { kind: "variable", name: "function" },
        })
      );
      do {
        for (
          let pending = graph.walk();
          pending.length > 0;
          pending = graph.walk()
        ) {
          if (await this.#describeAll(pending, describer, modules)) return null;
        }
      } while (
        await graph.weak.grow(
          (value) => graph.idOf(value),
          (collections) => this.#inspector.entriesOf(collections),
        )
      );
      describer.refusePrivates();
      await this.#refuseUnset(graph);
      this.#warnOfLostWrites(lostWrites(describer.drafts, graph, use));
      const maps = this.#maps;
      const plain = addFunctionNodes(describer.drafts, graph);
      const codes = maps === null
        ? plain
        : plain.map((code) => maps.mapped(code));
      return { version: 1, codes, nodes: graph.finish(), roots: values };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // What cannot be serialized may be a part of what a package exports.
      const functions = [...graph.functions.values()];
      if (await this.#factsOf(functions, modules) === null) return null;
      throw await this.#explain(graph, describer, error, use);
    }
  }

  /** An `enum` is undefined until it runs, unlike a class: only the text tells. */
  async #refuseUnset(graph: CaptureGraph): Promise<void> {
    for (const { id, step } of graph.unset) {
      const place = await this.#declarationOf(graph, id, step);
      if (place?.isFilledLater !== true) continue;
      throw new Refused(UNINITIALIZED_REFUSAL, id, step);
    }
  }

  /** Where a variable of a function, or an export of a module that it names, is declared. */
  async #declarationOf(
    graph: CaptureGraph,
    id: number,
    step: CaptureStep,
  ): Promise<DeclarationPlace | null> {
    const link = graph.links[id];
    const isOfModule = !graph.functions.has(id);
    const place = this.#userPlace(graph, id);
    if (place === undefined || link === undefined) return null;
    const names = [...(isOfModule ? [link.step] : []), step].flatMap((at) =>
      at.kind === "variable"
        ? at.name
        : at.kind === "property"
        ? String(at.key)
        : []
    );
    return await this.#declarationFinder.find(names, place);
  }

  /** Where the function is that the node stands for, or that names the node's module. */
  #userPlace(graph: CaptureGraph, id: number): FunctionPlace | undefined {
    const user = graph.functions.get(id) ??
      graph.functions.get(graph.links[id]?.parent ?? -1);
    return user === undefined ? undefined : this.#inspector.knownPlace(user);
  }

  /** Describes functions; true, with nothing described, where some are of packages that were not known yet. */
  async #describeAll(
    pending: readonly PendingFunction[],
    describer: FunctionDescriber,
    modules: ModuleFunctions,
  ): Promise<boolean> {
    // A function that needs nothing from outside and was seen before needs
    // no question to the engine.
    const unknown = pending.filter(({ id, value }) =>
      !describer.describeKnown(id, value, this.#inspector.knownPlace(value))
    );
    if (unknown.length === 0) return false;
    const facts = await this.#factsOf(
      unknown.map(({ value }) => value),
      modules,
    );
    if (facts === null || await this.#loadPackages(facts)) return true;
    const arrows = unknown.flatMap(({ value }, index) => {
      const fact = facts[index];
      return fact !== undefined && describer.needsReceiver(value, fact)
        ? value
        : [];
    });
    const receivers = await this.#inspector.receiversOf(arrows);
    // Classes first: an object that cannot be serialized is a better culprit than
    // a function found within it.
    const order = unknown.keys().toArray().toSorted((a, b) =>
      Number(describer.isClassOfObjects(unknown[b]?.value)) -
      Number(describer.isClassOfObjects(unknown[a]?.value))
    );
    for (const index of order) {
      const [item, fact] = [unknown[index], facts[index]];
      if (item === undefined || fact === undefined) continue;
      const receiver = receivers.get(item.value);
      describer.describe(
        item.id,
        item.value,
        receiver === undefined ? fact : { ...fact, receiver },
      );
    }
    return false;
  }

  /** What the engine tells; null where a package became known by it. */
  async #factsOf(
    values: readonly AnyFunction[],
    modules: ModuleFunctions,
  ): Promise<FunctionFacts[] | null> {
    const asked = new Map<AnyFunction, FunctionFacts>();
    let unknown: readonly AnyFunction[] = values;
    // A few first: they may tell the rest of their module, or that all of
    // this is a package's, whose thousands of functions need no look then.
    for (let size = 1;; size *= BATCH_GROWTH) {
      unknown = unknown.filter((value) => modules.factsOf(value) === undefined);
      const batch = unknown.slice(0, size);
      unknown = unknown.slice(size);
      if (batch.length === 0) break;
      const facts = await this.#inspector.inspect(batch);
      for (const [at, value] of batch.entries()) {
        const fact = facts[at];
        if (fact === undefined) continue;
        asked.set(value, fact);
        modules.learn(fact);
      }
      if (await this.#loadPackages(facts)) return null;
    }
    return values.flatMap((value) => {
      const fact = asked.get(value) ?? modules.factsOf(value);
      if (fact === undefined) return [];
      if (fact.place !== null) this.#inspector.learnPlace(value, fact.place);
      return [fact];
    });
  }

  /** Makes the packages known that functions were written in; true where one was not before. */
  async #loadPackages(facts: readonly FunctionFacts[]): Promise<boolean> {
    let isNew = false;
    for (const { place } of facts) {
      const url = place?.script.url;
      if (url === undefined || packageOf(url) === null) continue;
      if (this.packages.knows(url)) continue;
      // What they export goes by their names, so that a worker loads them.
      for (const loader of await wasmLoaders(this.#inspector, url)) {
        isNew = await this.packages.load(loader) || isNew;
      }
      isNew = await this.packages.load(url) || isNew;
    }
    return isNew;
  }

  #warnOfLostWrites(writes: readonly LostWrite[]): void {
    for (const write of writes) {
      const text = lostWriteText(write, this.#placeText(write.place));
      if (this.#warned.has(text)) continue;
      this.#warned.add(text);
      this.#warn(text);
    }
  }

  /** The error for the user. */
  async #explain(
    graph: CaptureGraph,
    describer: FunctionDescriber,
    { refusal, id, step }: Refused,
    use: readonly CaptureUse[],
  ): Promise<ClosureError> {
    let reason = refusal;
    if (refusal.isUninitialized && step !== undefined) {
      const declared = await this.#declarationOf(graph, id, step);
      if (declared !== null) {
        reason = uninitializedRefusal(
          this.#placeText(declared),
          this.#userPlace(graph, id)?.script !== declared.script,
        );
      }
    }
    const ids: number[] = [];
    for (let at: number | null = id; at !== null;) {
      ids.unshift(at);
      at = graph.links[at]?.parent ?? null;
    }
    const links = ids.flatMap((at) => graph.links[at] ?? []);
    const places = ids.map((at) => {
      const value = graph.functions.get(at);
      const place = value && this.#inspector.knownPlace(value);
      return place === undefined || !isUserScript(place)
        ? null
        : this.#placeText(place);
    });
    const root = links[0]?.root ?? 0;
    if (step !== undefined) links.push({ parent: id, root, step });
    return captureRefused(
      withMembers(reason, links, describer.drafts),
      use[root] ?? use[0] ?? { operation: "a function", position: "unknown" },
      links,
      places,
    );
  }

  /** Such as `"app.ts:3"`, in the user's file. */
  #placeText({ script, line: at, column }: ScriptPlace): string {
    this.#registerScripts();
    const { url, line } = this.#mapper.original({
      url: script.url,
      line: at + 1,
      column: column + 1,
    });
    return `${basename(url)}:${line}`;
  }

  #registerScripts(): void {
    for (const script of this.#inspector.scripts()) {
      this.#mapper.register(script.url, script.sourceMapUrl);
    }
  }
}

/** How many times more functions each question to the engine holds than the one before. */
const BATCH_GROWTH = 8;
