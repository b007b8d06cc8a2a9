/**
 * The form in which functions are sent to the workers: a flat graph of plain
 * data that a CBOR encoder takes as it is (objects, arrays, strings, numbers,
 * booleans, null, bigint, `Uint8Array`).
 *
 * Every object, function and unique symbol of the captured graph is one entry
 * of {@linkcode ClosureRecord.nodes} and is named by its index, so cycles and
 * shared references keep their identity. Source text is held once in
 * {@linkcode ClosureRecord.codes}, however many functions were made from it.
 *
 * @module
 */

/** Functions and all that they reach, ready to be encoded. */
export interface ClosureRecord {
  /** Layout number: 1. */
  readonly version: 1;
  /** Compilable texts, named by index; equal texts at equal positions are one entry. */
  readonly codes: readonly ClosureCode[];
  /** Everything with an identity, named by index. */
  readonly nodes: readonly ClosureNode[];
  /** What was captured, in the order in which it was asked for. */
  readonly roots: readonly ClosureValue[];
}

/** A value: itself where it is plain, otherwise the name of a node. */
export type ClosureValue =
  | string
  | number
  | boolean
  | bigint
  | null
  | SpecialValue
  | NodeReference;

/** The value is the node of this index. */
export interface NodeReference {
  /** Index into {@linkcode ClosureRecord.nodes}. */
  readonly ref: number;
}

/** A value that an encoder may not keep. */
export interface SpecialValue {
  /** Which one; `"hole"` stands only among the items of an array. */
  readonly special:
    | "undefined"
    | "NaN"
    | "Infinity"
    | "-Infinity"
    | "-0"
    | "hole";
}

/** One text that makes a function, a member of an object literal or a class. */
export interface ClosureCode {
  /** How the text is wrapped: alone, within `{}`, or alone and evaluated late. */
  readonly form: "expression" | "member" | "class";
  /** JavaScript, types stripped, as `Function.prototype.toString` gives it. */
  readonly source: string;
  /** Address of the script that it was cut from, such as `file:///app.ts`. */
  readonly url: string;
  /** Where it began in that script as the engine loaded it, from 0. */
  readonly line: number;
  /** Where it began in that line, from 0. */
  readonly column: number;
  /** Whether it ran in strict mode. */
  readonly strict: boolean;
  /** Free names that a node made from this code binds, in the order of {@linkcode FunctionNode.captures}. */
  readonly names: readonly string[];
  /** How many of `names`, from the first, must be bound before a class is evaluated. */
  readonly eager: number;
  /** Source map of the text, in base64, where a debugger may look at it. */
  readonly map?: string;
}

/** A property with everything that a descriptor says. */
export interface PropertyRecord {
  /** A string, or a reference to a symbol's node. */
  readonly key: ClosureValue;
  /** Sum of 1 (writable), 2 (enumerable) and 4 (configurable). */
  readonly flags: number;
  /** The value of a data property. */
  readonly value?: ClosureValue;
  /** The getter of an accessor property. */
  readonly get?: ClosureValue;
  /** The setter of an accessor property. */
  readonly set?: ClosureValue;
}

/** What any object may have beside what its kind says. */
export interface ObjectTraits {
  /** Prototype; absent where it is the usual one of the kind. */
  readonly proto?: ClosureValue;
  /** Own properties that the kind does not hold already, in order. */
  readonly more?: readonly PropertyRecord[];
  /** What may no longer be changed; `"fixed"` means not extensible. */
  readonly state?: "frozen" | "sealed" | "fixed";
}

/** An object of the user's; `keys` and `values` have equal length. */
export interface ObjectNode extends ObjectTraits {
  readonly kind: "object";
  readonly keys: readonly string[];
  readonly values: readonly ClosureValue[];
}

/** An array; `length` only where it differs from the number of items. */
export interface ArrayNode extends ObjectTraits {
  readonly kind: "array";
  readonly items: readonly ClosureValue[];
  readonly length?: number;
}

/** A `Map`: key, value, key, value. */
export interface MapNode extends ObjectTraits {
  readonly kind: "map";
  readonly items: readonly ClosureValue[];
}

/** A `Set`, in order of insertion. */
export interface SetNode extends ObjectTraits {
  readonly kind: "set";
  readonly items: readonly ClosureValue[];
}

/** A `WeakMap`, with what it holds for objects of the record: key, value, key, value. */
export interface WeakMapNode extends ObjectTraits {
  readonly kind: "weakMap";
  readonly items: readonly ClosureValue[];
}

/** A `WeakSet`, with those of its objects that are in the record. */
export interface WeakSetNode extends ObjectTraits {
  readonly kind: "weakSet";
  readonly items: readonly ClosureValue[];
}

/** An object that a built-in constructor makes from a few values. */
export interface BuiltNode extends ObjectTraits {
  readonly kind: "built";
  readonly type: BuiltType;
  readonly arguments: readonly ClosureValue[];
}

/**
 * What {@linkcode BuiltNode} can make, and from which arguments:
 * `date` milliseconds · `regexp` source, flags · `url` text · `params` text ·
 * `boxed` primitive · `error` stack · `encoder` none · `decoder` label, fatal,
 * ignoreBOM · `intl` name, locale, options · `temporal` name, parts.
 */
export type BuiltType =
  | "date"
  | "regexp"
  | "url"
  | "params"
  | "boxed"
  | "error"
  | "encoder"
  | "decoder"
  | "intl"
  | "temporal";

/** An `ArrayBuffer`; `limit` is its `maxByteLength` where it can be resized. */
export interface BufferNode extends ObjectTraits {
  readonly kind: "buffer";
  readonly bytes: Uint8Array;
  readonly limit?: number;
}

/** A typed array, a `DataView` or a `Buffer` over the buffer of another node. */
export interface ViewNode extends ObjectTraits {
  readonly kind: "view";
  /** Name of its constructor, such as `"Float64Array"`, `"DataView"` or `"Buffer"`. */
  readonly type: string;
  readonly buffer: ClosureValue;
  /** First byte within the buffer. */
  readonly offset: number;
  /** Number of elements; of bytes for a `DataView`. */
  readonly length: number;
}

/** A string with lone surrogates, as UTF-16 units, little-endian. */
export interface TextNode {
  readonly kind: "text";
  readonly units: Uint8Array;
}

/** A symbol: of the registry (`key`), well-known (`wellKnown`), or unique. */
export interface SymbolNode {
  readonly kind: "symbol";
  readonly key?: string;
  readonly wellKnown?: string;
  readonly description?: string;
}

/**
 * Something that every process has: a path from the global object, such as
 * `["Math", "max"]`. A step `"get x"` or `"set x"` takes an accessor's
 * function, `"@@x"` the property under the well-known symbol x; a first step
 * such as `"%TypedArray%"` names what no global holds.
 */
export interface BuiltinNode {
  readonly kind: "builtin";
  readonly path: readonly string[];
}

/** A `node:` module, or with `path` something in it. */
export interface ModuleNode {
  readonly kind: "module";
  /** Such as `"node:path"`. */
  readonly specifier: string;
  /** Whether it is the namespace object, of which the module is the `default`. */
  readonly namespace: boolean;
  readonly path: readonly string[];
}

/** Something that a module of a package exports. */
export interface PackageNode {
  readonly kind: "package";
  /** Name of the module among those that are sent, such as `"lodash-es/groupBy.js"`. */
  readonly module: string;
  /** From what `require` gives of the module; empty for that itself. */
  readonly path: readonly string[];
}

/** What stands for `import()` in a captured function; the two lists have equal length. */
export interface ImporterNode {
  readonly kind: "importer";
  /** What the text of the function names, such as `"./words.ts"`. */
  readonly specifiers: readonly string[];
  /** Names of these modules among those that are sent. */
  readonly modules: readonly string[];
}

/** What `make(values)` gives: a function of the explicit form. */
export interface MadeNode {
  readonly kind: "made";
  readonly make: ClosureValue;
  readonly values: ClosureValue;
}

/** An object that a package makes again: `new of(…arguments)`. */
export interface InstanceNode {
  readonly kind: "instance";
  readonly of: ClosureValue;
  readonly arguments: readonly ClosureValue[];
  /** Properties that the program has added, in pairs of key and value. */
  readonly added: readonly ClosureValue[];
}

/** The namespace object of a local module, with the exports that are used. */
export interface NamespaceNode {
  readonly kind: "namespace";
  readonly keys: readonly string[];
  readonly values: readonly ClosureValue[];
}

/** A handle that becomes the worker's own. */
export interface SharedNode {
  readonly kind: "shared";
  readonly shared: SharedReference;
  /** What the reference carries. */
  readonly carries?: ClosureValue;
}

/** A variable that several captured functions share and one of them writes. */
export interface CellNode {
  readonly kind: "cell";
  readonly value: ClosureValue;
}

/** A function or a class, made from its code. */
export interface FunctionNode extends ObjectTraits {
  readonly kind: "function";
  /** Index into {@linkcode ClosureRecord.codes}. */
  readonly code: number;
  /** The function's `name`, where it is a string. */
  readonly name?: string;
  /** Values of the code's `names`; a shared variable is a reference to its {@linkcode CellNode}. */
  readonly captures: readonly ClosureValue[];
  /** Node of its `prototype` object, where that was changed or is reached. */
  readonly prototype?: ClosureValue;
}

/** The object that a function or class of another node has as `prototype`. */
export interface PrototypeNode extends ObjectTraits {
  readonly kind: "prototype";
  readonly of: ClosureValue;
}

/** What `Function.prototype.bind` gave. */
export interface BoundNode extends ObjectTraits {
  readonly kind: "bound";
  /** The function's `name`, where it is a string. */
  readonly name?: string;
  readonly target: ClosureValue;
  readonly self: ClosureValue;
  readonly arguments: readonly ClosureValue[];
}

/** Anything with an identity. */
export type ClosureNode =
  | ObjectNode
  | ArrayNode
  | MapNode
  | SetNode
  | WeakMapNode
  | WeakSetNode
  | BuiltNode
  | BufferNode
  | ViewNode
  | TextNode
  | SymbolNode
  | BuiltinNode
  | ModuleNode
  | PackageNode
  | ImporterNode
  | MadeNode
  | InstanceNode
  | NamespaceNode
  | SharedNode
  | CellNode
  | FunctionNode
  | PrototypeNode
  | BoundNode;

/** What is serialized in place of a handle. */
export type SharedReference =
  /** A broadcast, by its number in the application. */
  | { readonly kind: "broadcast"; readonly id: number }
  /** An accumulator, by its number in the application. */
  | {
    readonly kind: "accumulator";
    readonly id: number;
    /** What a worker adds with: it is serialized with the reference, and is a node of the graph on the wire. */
    readonly carries?: AccumulatorStart;
  }
  /** Something of this package that each worker has its own of. */
  | { readonly kind: "own"; readonly name: OwnName };

/** How a worker begins to add up. */
export interface AccumulatorStart {
  /** The neutral value. */
  readonly zero: unknown;
  /** `sum`, `list`, or an object with the program's own `addInPlace`. */
  readonly param: unknown;
}

/** The handles that each worker has its own of. */
export type OwnName = "TaskContext" | "BarrierTaskContext" | "SparkFiles";

/** Name of the method by which a handle says what is serialized in its place. */
export const CAPTURE_AS: unique symbol = Symbol.for("tspark.captureAs");

/** An object that is serialized as a reference. */
export interface CaptureAs {
  /** What is serialized in its place. */
  [CAPTURE_AS](): SharedReference;
}

/** Name of the method by which an object says why it cannot be serialized. */
export const REFUSE_CAPTURE: unique symbol = Symbol.for(
  "tspark.refuseCapture",
);

/** An object that must not be used inside a function. */
export interface RefuseCapture {
  /** The reason and the remedy, as the part of a sentence after a colon. */
  [REFUSE_CAPTURE](): string;
}

/** First part of the file name of revived code; the script's address follows. */
export const REVIVED_SCHEME = "tspark:";

/** First part of the name of a bundle's script, behind the scheme. */
export const BUNDLE_SCRIPT = "packages-";

/** Name under which a class finds its parent: its `extends` clause is rewritten to it. */
export const PARENT_NAME = "tspark$parent";

/** Name of the property by which a function of the explicit form tells its parts. */
export const CAPTURE_PARTS: unique symbol = Symbol.for("tspark.captureParts");

/** The parts of a function that `capture(values, make)` gave. */
export interface CaptureParts {
  readonly values: unknown;
  readonly make: (values: never) => unknown;
}

/** Name that replaces the keyword of an `import()`, of equal length so that no column moves. */
export const IMPORT_NAME = "impor$";

/** Name that replaces the `this` of an arrow function, of equal length so that no column moves. */
export const THIS_NAME = "thi$";

/** Name that replaces `import.meta`, of equal length so that no column moves. */
export const IMPORT_META_NAME = "import_meta";
