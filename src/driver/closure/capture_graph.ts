/**
 * Walks everything that functions reach and numbers it. What needs the engine
 * (functions) is put aside for the capturer, which feeds it back.
 *
 * @module
 */

import { types } from "node:util";
import {
  CAPTURE_AS,
  CAPTURE_PARTS,
  type CaptureParts,
  type ClosureNode,
  type ClosureValue,
  REFUSE_CAPTURE,
  type SharedReference,
} from "../../protocol/closure_record.ts";
import type { BuiltinTable } from "./builtin_table.ts";
import { describePackageObject } from "./package_objects.ts";
import type { PackageTable } from "./package_table.ts";
import type { CaptureLink, CaptureStep, Refuse } from "./capture_path.ts";
import { brandOf, describeObject, type Refer } from "./describe_object.ts";
import {
  describeSymbol,
  describeText,
  specialNumber,
} from "./describe_leaf.ts";
import { describePrototype, prototypeOwner } from "./describe_prototype.ts";
import type { AnyFunction } from "./function_facts.ts";
import { ModuleObjects, standAlone } from "./module_object.ts";
import { WeakCollections } from "./weak_collections.ts";
import {
  fileRefusal,
  isForeignStream,
  isThreadStream,
  platformRefusal,
  PROXY_REFUSAL,
  refusalOf,
  streamRefusal,
  threadRefusal,
  UNINITIALIZED_REFUSAL,
  unreadableRefusal,
} from "./refusals.ts";
import { readVariable, type VariableState } from "./scope_copy.ts";

/** A function that waits for what the engine knows of it. */
export interface PendingFunction {
  /** Index of its node. */
  readonly id: number;
  readonly value: AnyFunction;
}

/** The graph of one capture, growing. */
export class CaptureGraph {
  /** By index; a function's place is empty until the capturer has described it. */
  readonly nodes: (ClosureNode | undefined)[] = [];
  /** How each node was first reached. */
  readonly links: CaptureLink[] = [];
  /** The function of each function node, to tell where it was written. */
  readonly functions = new Map<number, AnyFunction>();
  /** Variables and exports without a value, which may be yet to get one. */
  readonly unset: { readonly id: number; readonly step: CaptureStep }[] = [];
  /** Collections of which only the engine tells what is in them. */
  readonly weak: WeakCollections = new WeakCollections();
  /** Functions that may name nothing from outside. */
  readonly explicit = new Set<AnyFunction>();
  readonly #ids = new Map<unknown, number>();
  readonly #queue: { id: number; value: object }[] = [];
  readonly #namespaces = new Map<number, NamespaceDraft>();
  readonly #modules = new ModuleObjects();
  /** One object of each class, by the class's prototype. */
  readonly #instances = new Map<object, number>();
  #pending: PendingFunction[] = [];
  readonly #builtins: BuiltinTable;
  readonly #packages: PackageTable;
  readonly #refuse: Refuse;

  /** @param refuse throws the error for the node's value */
  constructor(
    builtins: BuiltinTable,
    packages: PackageTable,
    refuse: Refuse,
  ) {
    this.#builtins = builtins;
    this.#packages = packages;
    this.#refuse = refuse;
  }

  /** Names a value, and remembers to describe it if it is new. */
  refer(value: unknown, link: CaptureLink): ClosureValue {
    switch (typeof value) {
      case "string":
        return value.isWellFormed()
          ? value
          : this.#leaf(value, link, () => describeText(value));
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { special: specialNumber(value) };
      case "boolean":
      case "bigint":
        return value;
      case "undefined":
        return { special: "undefined" };
      case "symbol":
        return this.#leaf(value, link, () => this.#symbol(value));
      case "function":
      case "object":
        return value === null ? null : this.referNamespace(value, null, link);
    }
  }

  /** A value reached from a node by a step. */
  referFrom(parent: number): Refer {
    const root = this.links[parent]?.root ?? 0;
    return (value, step) => this.refer(value, { parent, root, step });
  }

  /**
   * An object; of one that stands for a module, only the exports that are used.
   *
   * @param members the properties read; null where the object itself is used
   */
  referNamespace(
    value: object,
    members: ReadonlySet<string> | null,
    link: CaptureLink,
  ): ClosureValue {
    const id = this.#object(value, link);
    const draft = this.#namespaces.get(id);
    if (draft === undefined) return { ref: id };
    if (
      !types.isModuleNamespaceObject(value) &&
      (members === null || !standAlone(value, members))
    ) {
      // Used as the ordinary object that it is.
      this.#namespaces.delete(id);
      this.#queue.push({ id, value });
      return { ref: id };
    }
    const refer = this.referFrom(id);
    for (const key of members ?? exportNames(value)) {
      if (draft.has(key) || !hasExport(value, key)) continue;
      draft.set(key, null); // modules can name each other
      const step: CaptureStep = { kind: "property", key };
      const state = readVariable(value, key);
      draft.set(key, refer(this.valueOf(state, id, step), step));
    }
    return { ref: id };
  }

  /**
   * What a variable or an export holds.
   *
   * @param id the node of the function that uses it, or of the module
   * @param step the step from there
   * @throws ClosureError CAPTURE_REFUSED where it cannot be read
   */
  valueOf(state: VariableState, id: number, step: CaptureStep): unknown {
    switch (state.kind) {
      case "value":
        if (state.value === undefined) this.unset.push({ id, step });
        return state.value;
      case "uninitialized":
        return this.#refuse(UNINITIALIZED_REFUSAL, id, step);
      case "unreadable":
        return this.#refuse(unreadableRefusal(state.error), id, step);
    }
  }

  /** The node of a value that was met. */
  idOf(value: unknown): number | undefined {
    return this.#ids.get(value);
  }

  /** Describes all that was referred to so far, and gives the functions among it. */
  walk(): PendingFunction[] {
    for (let i = 0; i < this.#queue.length; i++) {
      const item = this.#queue[i];
      if (item !== undefined) this.#describe(item.id, item.value);
    }
    this.#queue.length = 0;
    const pending = this.#pending;
    this.#pending = [];
    return pending;
  }

  /** Adds a node that stands for no value of its own. */
  add(node: ClosureNode, link: CaptureLink): number {
    this.links.push(link);
    return this.nodes.push(node) - 1;
  }

  /** The node of an object that was made by a class, by the class's `prototype`. */
  instanceOf(prototype: unknown): number | undefined {
    return typeof prototype === "object" && prototype !== null
      ? this.#instances.get(prototype)
      : undefined;
  }

  /** The `prototype` of each class, and of each parent of it, that an object was met of. */
  prototypesOfInstances(): Iterable<object> {
    return this.#instances.keys();
  }

  /** All nodes, once nothing waits any more. */
  finish(): ClosureNode[] {
    this.weak.finish(this.nodes);
    for (const [id, draft] of this.#namespaces) {
      this.nodes[id] = {
        kind: "namespace",
        keys: [...draft.keys()],
        values: [...draft.values()],
      };
    }
    return this.nodes.map((node) => {
      if (node === undefined) throw new Error("Cannot finish: a node is empty");
      return node;
    });
  }

  #symbol(value: symbol): ClosureNode {
    const known = describeSymbol(value);
    const isUnique = known.key === undefined && known.wellKnown === undefined;
    const exported = isUnique ? this.#packages.placeOfSymbol(value) : undefined;
    return exported === undefined ? known : { kind: "package", ...exported };
  }

  #leaf(
    value: unknown,
    link: CaptureLink,
    describe: () => ClosureNode,
  ): ClosureValue {
    let id = this.#ids.get(value);
    if (id === undefined) {
      id = this.add(describe(), link);
      this.#ids.set(value, id);
    }
    return { ref: id };
  }

  #object(value: object, link: CaptureLink): number {
    const known = this.#ids.get(value);
    if (known !== undefined) return known;
    const id = this.nodes.push(undefined) - 1;
    this.links.push(link);
    this.#ids.set(value, id);
    if (types.isModuleNamespaceObject(value)) this.#namespace(id, value);
    else if (types.isProxy(value) && !this.#modules.has(value)) {
      this.#queue.push({ id, value }); // it answers no question by itself
    } else if (inheritsFromProxy(value)) {
      this.#refuse(PROXY_REFUSAL, id, { kind: "inner", name: "prototype" });
    } else if (typeof value === "function") {
      // Of a class only its own: a user's subclass of it is serialized as it is.
      if (Object.hasOwn(value, CAPTURE_AS) && this.#shared(id, value)) {
        return id;
      }
      if (Object.hasOwn(value, CAPTURE_PARTS) && this.#made(id, value)) {
        return id;
      }
      const refusal = Object.hasOwn(value, REFUSE_CAPTURE)
        ? refusalOf(value)
        : null;
      if (refusal !== null) this.#refuse(refusal, id);
      this.functions.set(id, value);
      this.#pending.push({ id, value });
    } else if (this.#modules.has(value)) this.#namespace(id, value);
    else this.#queue.push({ id, value });
    return id;
  }

  /** Something that says what is serialized in its place. */
  #shared(id: number, value: object): boolean {
    const captureAs: unknown = Reflect.get(value, CAPTURE_AS);
    if (typeof captureAs !== "function") return false;
    const shared: SharedReference = captureAs.call(value);
    if (shared.kind !== "accumulator" || shared.carries === undefined) {
      this.nodes[id] = { kind: "shared", shared: { ...shared } };
      return true;
    }
    const carries = this.referFrom(id)(shared.carries, {
      kind: "property",
      key: "param",
    });
    const { kind, id: number } = shared;
    this.nodes[id] = { kind: "shared", shared: { kind, id: number }, carries };
    return true;
  }

  /** A function of the explicit form: its maker is serialized, and what that was given. */
  #made(id: number, value: object): boolean {
    const parts: unknown = Reflect.get(value, CAPTURE_PARTS);
    if (typeof parts !== "object" || parts === null) return false;
    const { make, values } = parts as CaptureParts;
    this.explicit.add(make);
    const refer = this.referFrom(id);
    this.nodes[id] = {
      kind: "made",
      make: refer(make, { kind: "inner", name: "maker" }),
      values: refer(values, { kind: "inner", name: "values" }),
    };
    return true;
  }

  #namespace(id: number, value: object): void {
    const state = types.isModuleNamespaceObject(value)
      ? readVariable(value, "default")
      : null;
    const main = state?.kind === "value" ? state.value : undefined;
    // A namespace of a package would search all of the platform in vain: only
    // what has a default export can be a node: module.
    const place = typeof main === "object" && main !== null ||
        typeof main === "function"
      ? this.#builtins.placeOf(main)
      : undefined;
    if (place !== undefined && place.path.length === 0) {
      this.nodes[id] = { kind: "module", namespace: true, ...place };
      return;
    }
    const exported = this.#packages.placeOf(value);
    if (exported === undefined) this.#namespaces.set(id, new Map());
    else this.nodes[id] = { kind: "package", ...exported };
  }

  #describe(id: number, value: object): void {
    const place = this.#builtins.knownPlaceOf(value);
    if (place !== undefined) {
      this.nodes[id] = { kind: "module", namespace: false, ...place };
      return;
    }
    const exported = this.#packages.placeOf(value);
    if (exported !== undefined) {
      this.nodes[id] = { kind: "package", ...exported };
      return;
    }
    const refusal = refusalOf(value);
    if (refusal !== null) this.#refuse(refusal, id);
    if (CAPTURE_AS in value && this.#shared(id, value)) return;
    const refer = this.referFrom(id);
    if (this.weak.add(id, value, refer)) return;
    const remade = describePackageObject(value, this.#packages, refer);
    if (remade === "not here") {
      const name = classNameOf(Object(Object.getPrototypeOf(value)));
      this.#refuse(fileRefusal(name), id);
    }
    if (remade !== null) {
      this.nodes[id] = remade;
      return;
    }
    const owner = prototypeOwner(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    const isPlain = prototype === Object.prototype || prototype === null;
    if (!isPlain || owner !== null || Symbol.toStringTag in value) {
      const path = this.#builtins.pathOf(value);
      if (path !== undefined) {
        this.nodes[id] = { kind: "builtin", path };
        return;
      }
    }
    if (owner !== null) {
      this.nodes[id] = describePrototype(value, owner, refer);
      return;
    }
    const brand = brandOf(value);
    if (!isPlain && brand === null) {
      this.#checkClass(id, value);
      if (isForeignStream(value)) {
        this.#refuse(streamRefusal(classNameOf(Object(prototype))), id);
      }
      if (isThreadStream(value)) {
        this.#refuse(threadRefusal(classNameOf(Object(prototype))), id);
      }
    }
    this.nodes[id] = describeObject(value, brand, refer);
  }

  /** An object whose class the platform made has an inside that cannot be read. */
  #checkClass(id: number, value: object): void {
    let prototype: object | null = Object.getPrototypeOf(value);
    for (; prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
      if (prototype === Object.prototype) return;
      if (this.#builtins.pathOf(prototype) !== undefined) {
        this.#refuse(platformRefusal(classNameOf(prototype)), id);
      }
      if (!this.#instances.has(prototype)) this.#instances.set(prototype, id);
    }
  }
}

/** Of a namespace whose module has not run, `Object.keys` throws. */
function exportNames(value: object): string[] {
  return types.isModuleNamespaceObject(value)
    ? Object.getOwnPropertyNames(value)
    : Object.keys(value);
}

function inheritsFromProxy(value: object): boolean {
  if (types.isProxy(value)) return false; // itself, not by inheritance
  for (
    let holder: object | null = value;
    holder !== null;
    holder = Object.getPrototypeOf(holder)
  ) if (types.isProxy(holder)) return true;
  return false;
}

function hasExport(value: object, key: string): boolean {
  return types.isModuleNamespaceObject(value)
    ? key in value
    : Object.hasOwn(value, key);
}

type NamespaceDraft = Map<string, ClosureValue>;

/** The name of the class that a prototype belongs to. */
export function classNameOf(prototype: object): string {
  const maker: unknown = Reflect.get(prototype, "constructor");
  return typeof maker === "function" && maker.name !== ""
    ? maker.name
    : "platform object";
}

/** The step to a value that stands under a variable's name. */
export function variableStep(name: string): CaptureStep {
  return { kind: "variable", name };
}
