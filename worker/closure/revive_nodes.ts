/**
 * The nodes of a closure record to live values: first a shell for each, so
 * that cycles close, then what is in it.
 *
 * @module
 */

import { ProtocolError } from "../../src/common/errors.ts";
import { resolveBuiltin, walkPath } from "../../src/protocol/builtin_path.ts";
import {
  type BoundNode,
  type ClosureCode,
  type ClosureNode,
  type ClosureRecord,
  type ClosureValue,
  type FunctionNode,
  type InstanceNode,
  type MadeNode,
  type ObjectNode,
  type ObjectTraits,
  PARENT_NAME,
  type PropertyRecord,
  type SharedReference,
} from "../../src/protocol/closure_record.ts";
import type { PackageSource } from "./package_source.ts";
import {
  fillArray,
  fillMap,
  fillSet,
  fillWeakMap,
  fillWeakSet,
} from "./fill_collections.ts";
import { reviveBuilt } from "./revive_built.ts";
import {
  namespaceShell,
  required,
  reviveBuffer,
  reviveImporter,
  reviveModule,
  reviveSymbol,
  reviveText,
  reviveView,
} from "./revive_leaf.ts";
import {
  asAccessor,
  asPrototype,
  onlyMember,
  setName,
  setProperty,
} from "./revive_shell.ts";

/** Makes one closure of a compiled code. */
export type FunctionFactory = () => {
  /** Binds the captured names, in their order; a missing value is undefined. */
  readonly set: (values: readonly unknown[]) => void;
  /** Evaluates the text: a function, a class, or an object with one member. */
  readonly make: () => object;
};

/** Revives the nodes of one record, each once. */
export class NodeReviver {
  readonly #codes: readonly ClosureCode[];
  readonly #nodes: readonly ClosureNode[];
  readonly #factories: readonly FunctionFactory[];
  readonly #shared: (reference: SharedReference) => unknown;
  readonly #packages: PackageSource;
  readonly #shells = new Map<number, unknown>();
  /** What is left to do for shells that are made already. */
  readonly #fills: (() => void)[] = [];
  #isFilling = false;
  /** Classes that are being evaluated: they are not there yet. */
  readonly #making = new Set<number>();
  /** Whether such a class was met since this was last cleared. */
  #isCut = false;

  /**
   * @param factories compiled codes, in the order of the record's
   * @param shared gives this worker's own broadcast or accumulator
   * @param packages gives what packages export
   */
  constructor(
    record: ClosureRecord,
    factories: readonly FunctionFactory[],
    shared: (reference: SharedReference) => unknown,
    packages: PackageSource,
  ) {
    this.#codes = record.codes;
    this.#nodes = record.nodes;
    this.#factories = factories;
    this.#shared = shared;
    this.#packages = packages;
  }

  /** The live value, complete with all that it reaches. */
  value(value: ClosureValue): unknown {
    const shell = this.#value(value);
    if (this.#isFilling) return shell;
    this.#isFilling = true;
    for (let i = 0; i < this.#fills.length; i++) this.#fills[i]?.();
    this.#fills.length = 0;
    this.#isFilling = false;
    return shell;
  }

  #value(value: ClosureValue): unknown {
    if (typeof value !== "object" || value === null) return value;
    if ("ref" in value) return this.#shell(value.ref);
    switch (value.special) {
      case "undefined":
      case "hole":
        return undefined;
      case "NaN":
        return NaN;
      case "Infinity":
        return Infinity;
      case "-Infinity":
        return -Infinity;
      case "-0":
        return -0;
    }
  }

  #shell(id: number): unknown {
    if (this.#shells.has(id)) return this.#shells.get(id);
    const node = this.#nodes[id];
    if (node === undefined) {
      throw new ProtocolError(
        "CLOSURE_RECORD_BROKEN",
        `Cannot revive node "${id}": the record has ${this.#nodes.length} nodes; use one version of TSpark everywhere`,
        { id, nodes: this.#nodes.length },
      );
    }
    const wasCut = this.#isCut;
    this.#isCut = this.#making.has(id);
    const shell = this.#isCut ? undefined : this.#make(node, id);
    if (!this.#isCut) this.#shells.set(id, shell);
    this.#isCut ||= wasCut;
    return shell;
  }

  #make(node: ClosureNode, id: number): unknown {
    const get = (value: ClosureValue): unknown => this.#value(value);
    switch (node.kind) {
      case "object":
        return this.#object(node);
      case "array":
        return this.#later(node, [], (array) => fillArray(array, node, get));
      case "map":
        return this.#later(node, new Map(), (map) => fillMap(map, node, get));
      case "set":
        return this.#later(node, new Set(), (set) => fillSet(set, node, get));
      case "weakMap":
        return this.#later(
          node,
          new WeakMap(),
          (map) => fillWeakMap(map, node, get),
        );
      case "weakSet":
        return this.#later(
          node,
          new WeakSet(),
          (set) => fillWeakSet(set, node, get),
        );
      case "built":
        return this.#later(
          node,
          reviveBuilt(node.type, node.arguments, (v) => this.#complete(v)),
        );
      case "buffer":
        return this.#later(node, reviveBuffer(node.bytes, node.limit));
      case "view":
        return this.#later(node, reviveView(node, this.#value(node.buffer)));
      case "text":
        return reviveText(node);
      case "symbol":
        return reviveSymbol(node);
      case "builtin":
        return required(resolveBuiltin(node.path), node.path);
      case "module":
        return reviveModule(node);
      case "package": {
        const { module, path } = node;
        const part = walkPath(this.#packages.module(module), path);
        return typeof part === "symbol"
          ? part
          : required(part, [module, ...path]);
      }
      case "importer":
        return reviveImporter(node, this.#packages);
      case "made":
        return this.#made(node);
      case "instance":
        return this.#instance(node, id);
      case "namespace":
        return this.#later(null, namespaceShell(), (namespace) => {
          node.keys.forEach((key, index) =>
            setProperty(namespace, key, this.#item(node.values, index))
          );
          Object.preventExtensions(namespace);
        });
      case "shared":
        return this.#shared(
          node.carries === undefined ? node.shared : {
            ...node.shared,
            carries: this.#complete(node.carries),
          } as SharedReference,
        );
      case "cell":
        return { v: this.#value(node.value) };
      case "function":
        return this.#function(node, id);
      case "prototype": {
        const owner = this.#value(node.of);
        const prototype: unknown = typeof owner === "function"
          ? owner.prototype
          : undefined;
        return typeof prototype === "object" && prototype !== null
          ? this.#later(node, prototype)
          : prototype;
      }
      case "bound":
        return this.#bound(node);
    }
  }

  /** Fills a shell after all shells that it needs can be made, then gives it its traits. */
  #later<T extends object>(
    traits: ObjectTraits | null,
    shell: T,
    fill?: (shell: T) => void,
  ): T {
    this.#fills.push(() => {
      fill?.(shell);
      if (traits !== null) this.#addTraits(shell, traits);
    });
    return shell;
  }

  #object(node: ObjectNode): object {
    const shell: object = node.proto === undefined
      ? {}
      : Object.create(asPrototype(this.#value(node.proto)));
    const { proto: _made, ...traits } = node;
    return this.#later(traits, shell, () => {
      node.keys.forEach((key, index) =>
        setProperty(shell, key, this.#item(node.values, index))
      );
    });
  }

  #function(node: FunctionNode, id: number): object {
    const code = this.#codes[node.code];
    const make = this.#factories[node.code];
    if (code === undefined || make === undefined) {
      throw new ProtocolError(
        "CLOSURE_RECORD_BROKEN",
        `Cannot revive function "${
          node.name ?? ""
        }": the record has no code "${node.code}"; use one version of TSpark everywhere`,
        { name: node.name, code: node.code },
      );
    }
    const closure = make();
    if (code.eager > 0) {
      const early = node.captures.slice(0, code.eager);
      this.#making.add(id);
      closure.set(
        early.map((value, index) =>
          code.names[index] === PARENT_NAME
            ? this.#value(value)
            : this.#early(value)
        ),
      );
      this.#making.delete(id);
    }
    const made = closure.make();
    const shell = code.form === "member" ? onlyMember(made) : made;
    this.#shells.set(id, shell);
    if (node.name !== undefined) setName(shell, node.name);
    return this.#later(node, shell, () => {
      closure.set(node.captures.map((value) => this.#value(value)));
      if (node.prototype !== undefined) {
        const prototype = this.#value(node.prototype);
        if (Reflect.get(shell, "prototype") !== prototype) {
          Reflect.set(shell, "prototype", prototype);
        }
      }
    });
  }

  #bound(node: BoundNode): object {
    const target = this.#value(node.target);
    if (typeof target !== "function") return required(undefined, ["bind"]);
    const shell: object = Function.prototype.bind.apply(target, [
      this.#value(node.self),
      ...node.arguments.map((value) => this.#value(value)),
    ]);
    if (node.name !== undefined) setName(shell, node.name);
    return this.#later(node, shell);
  }

  /** Calls the maker with values that are complete, and so do not reach what it makes. */
  #made(node: MadeNode): unknown {
    const make = this.#complete(node.make);
    return typeof make === "function"
      ? make(this.#complete(node.values))
      : required(undefined, ["capture"]);
  }

  /** Lets a package make its object, of values that may reach it only by functions that run later. */
  #instance(node: InstanceNode, id: number): object {
    const type = this.#complete(node.of);
    if (typeof type !== "function") return required(undefined, ["new"]);
    this.#making.add(id);
    const values = node.arguments.map((value) => this.#early(value));
    this.#making.delete(id);
    const made: object = Reflect.construct(type, values);
    return this.#later(null, made, () => {
      for (let i = 0; i + 1 < node.added.length; i += 2) {
        const key = String(this.#item(node.added, i));
        if (Object.hasOwn(made, key)) continue;
        setProperty(made, key, this.#item(node.added, i + 1));
      }
    });
  }

  #item(items: readonly ClosureValue[], index: number): unknown {
    return this.#value(items[index] ?? null);
  }

  /** A value that is needed with all that is in it, whose cycles lie within it. */
  #complete(value: ClosureValue): unknown {
    const start = this.#fills.length;
    const shell = this.#value(value);
    for (let i = start; i < this.#fills.length; i++) this.#fills[i]?.();
    this.#fills.length = start;
    return shell;
  }

  /**
   * A value that a class uses while it is evaluated, with all that it reaches.
   * What reaches the class itself is filled once more when the class is there.
   */
  #early(value: ClosureValue): unknown {
    const start = this.#fills.length;
    const shell = this.#value(value);
    const again: (() => void)[] = [];
    const wasCut = this.#isCut;
    for (let i = start; i < this.#fills.length; i++) {
      const fill = this.#fills[i];
      this.#isCut = false;
      fill?.();
      if (this.#isCut && fill !== undefined) again.push(fill);
    }
    this.#isCut = wasCut;
    this.#fills.length = start;
    this.#fills.push(...again);
    return shell;
  }

  #addTraits(shell: object, traits: ObjectTraits): void {
    if (traits.proto !== undefined) {
      Object.setPrototypeOf(shell, asPrototype(this.#value(traits.proto)));
    }
    for (const property of traits.more ?? []) {
      this.#defineProperty(shell, property);
    }
    switch (traits.state) {
      case "frozen":
        Object.freeze(shell);
        return;
      case "sealed":
        Object.seal(shell);
        return;
      case "fixed":
        Object.preventExtensions(shell);
        return;
      case undefined:
        return;
    }
  }

  #defineProperty(shell: object, property: PropertyRecord): void {
    const key = this.#value(property.key);
    const descriptor: PropertyDescriptor = {
      enumerable: (property.flags & 2) !== 0,
      configurable: (property.flags & 4) !== 0,
    };
    if (property.value !== undefined) {
      descriptor.value = this.#value(property.value);
      descriptor.writable = (property.flags & 1) !== 0;
    }
    if (property.get !== undefined) {
      descriptor.get = asAccessor(this.#value(property.get));
    }
    if (property.set !== undefined) {
      descriptor.set = asAccessor(this.#value(property.set));
    }
    Object.defineProperty(
      shell,
      typeof key === "symbol" ? key : String(key),
      descriptor,
    );
  }
}
