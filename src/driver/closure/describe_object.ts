/**
 * An object to the node that stands for it. Functions and the prototypes of
 * classes are described elsewhere.
 *
 * @module
 */

import { types } from "node:util";
import type {
  BuiltType,
  ClosureNode,
  ClosureValue,
  ObjectTraits,
  PropertyRecord,
} from "../../protocol/closure_record.ts";
import { temporalName, temporalParts } from "../../serde/records/temporal.ts";
import type { CaptureStep } from "./capture_path.ts";

/** Names the value that a step leads to. */
export type Refer = (value: unknown, step: CaptureStep) => ClosureValue;

/** An object that some built-in constructor made. */
export interface Brand {
  /** Prototype of that constructor. */
  readonly prototype: object;
  /** Tells keys of own properties that making the object again gives it; null for all. */
  readonly inherent: ((key: string | symbol) => boolean) | null;
  /** The node, traits left out. */
  readonly describe: (refer: Refer) => ClosureNode;
}

/**
 * Describes an object with its traits.
 *
 * @param brand what {@linkcode brandOf} said of it; null for an ordinary object
 */
export function describeObject(
  value: object,
  brand: Brand | null,
  refer: Refer,
): ClosureNode {
  if (brand !== null) {
    return {
      ...brand.describe(refer),
      ...traitsOf(value, brand.prototype, brand.inherent, refer),
    };
  }
  const keys = Object.keys(value);
  const isPlain = Reflect.ownKeys(value).length === keys.length &&
    keys.every((key) => isPlainProperty(value, key));
  const traits = traitsOf(
    value,
    Object.prototype,
    isPlain ? null : () => false,
    refer,
  );
  return isPlain
    ? {
      kind: "object",
      keys,
      values: keys.map((key) =>
        refer(Reflect.get(value, key), { kind: "property", key })
      ),
      ...traits,
    }
    : { kind: "object", keys: [], values: [], ...traits };
}

/**
 * Prototype, remaining own properties and state.
 *
 * @param usual the prototype that needs no mention
 * @param inherent tells the keys that need no mention; null for all
 */
export function traitsOf(
  value: object,
  usual: object | null,
  inherent: ((key: string | symbol) => boolean) | null,
  refer: Refer,
): ObjectTraits {
  const proto: unknown = Object.getPrototypeOf(value);
  const keys = inherent === null ? [] : Reflect.ownKeys(value);
  const more = keys.filter((key) => inherent?.(key) !== true)
    .map((key) => describeProperty(value, key, refer));
  return {
    ...(proto === usual
      ? {}
      : { proto: refer(proto, { kind: "inner", name: "prototype" }) }),
    ...(more.length === 0 ? {} : { more }),
    ...(Object.isExtensible(value) ? {} : {
      state: Object.isFrozen(value)
        ? "frozen"
        : Object.isSealed(value)
        ? "sealed"
        : "fixed",
    }),
  };
}

/** One own property with its flags. */
function describeProperty(
  holder: object,
  key: string | symbol,
  refer: Refer,
): PropertyRecord {
  const property = Object.getOwnPropertyDescriptor(holder, key) ?? {};
  const step: CaptureStep = { kind: "property", key };
  const record = {
    key: refer(key, step),
    flags: (property.writable === true ? 1 : 0) +
      (property.enumerable === true ? 2 : 0) +
      (property.configurable === true ? 4 : 0),
  };
  if (property.get === undefined && property.set === undefined) {
    return { ...record, value: refer(property.value, step) };
  }
  return {
    ...record,
    ...(property.get === undefined ? {} : { get: refer(property.get, step) }),
    ...(property.set === undefined ? {} : { set: refer(property.set, step) }),
  };
}

function isPlainProperty(holder: object, key: string): boolean {
  const property = Object.getOwnPropertyDescriptor(holder, key);
  return property !== undefined && "value" in property &&
    property.writable === true && property.configurable === true &&
    key.isWellFormed();
}

/** What built-in kind of object this is; null for an ordinary one. */
export function brandOf(value: object): Brand | null {
  if (Array.isArray(value)) return arrayBrand(value);
  if (ArrayBuffer.isView(value)) return viewBrand(value);
  if (types.isMap(value)) {
    return brand(Map.prototype, (refer) => ({
      kind: "map",
      items: Array.from(value).flatMap(([key, item]) => [
        refer(key, { kind: "entry", key }),
        refer(item, { kind: "entry", key }),
      ]),
    }));
  }
  if (types.isSet(value)) {
    return brand(Set.prototype, (refer) => ({
      kind: "set",
      items: Array.from(
        value,
        (item) => refer(item, { kind: "entry", key: item }),
      ),
    }));
  }
  if (types.isArrayBuffer(value)) return bufferBrand(value);
  if (types.isDate(value)) {
    return built(Date.prototype, "date", [value.getTime()]);
  }
  if (types.isRegExp(value)) {
    return built(
      RegExp.prototype,
      "regexp",
      [value.source, value.flags],
      (key) => key === "lastIndex" && value.lastIndex === 0,
    );
  }
  if (types.isNativeError(value)) {
    const { stack } = value;
    return built(Error.prototype, "error", [stack], (key) => key === "stack");
  }
  if (types.isBoxedPrimitive(value)) {
    const isText = types.isStringObject(value);
    return built(
      Object.getPrototypeOf(Object(value.valueOf())),
      "boxed",
      [value.valueOf()],
      (key) => isText && (key === "length" || isIndex(key)),
    );
  }
  return platformBrand(value);
}

function brand(
  prototype: object,
  describe: Brand["describe"],
  inherent: Brand["inherent"] = () => false,
): Brand {
  return { prototype, describe, inherent };
}

function built(
  prototype: object,
  type: BuiltType,
  values: readonly unknown[] = [],
  inherent: Brand["inherent"] = () => false,
): Brand {
  return brand(
    prototype,
    (refer) => ({
      kind: "built",
      type,
      arguments: values.map((value, index) =>
        refer(value, { kind: "property", key: String(index) })
      ),
    }),
    inherent,
  );
}

function arrayBrand(value: readonly unknown[]): Brand {
  const sparse = isSparse(value);
  return brand(
    Array.prototype,
    (refer) => ({
      kind: "array",
      items: sparse ? [] : Array.from(
        value,
        (item, index) =>
          item === undefined && !Object.hasOwn(value, index)
            ? { special: "hole" }
            : refer(item, { kind: "property", key: String(index) }),
      ),
      ...(sparse ? { length: value.length } : {}),
    }),
    (key) => key === "length" || (!sparse && isIndex(key)),
  );
}

/** Whether an array is mostly holes, judged by a sample: it is described by its properties then. */
function isSparse(value: readonly unknown[]): boolean {
  if (value.length <= 1000) return false;
  let present = 0;
  for (let i = 0; i < SPARSE_SAMPLE; i++) {
    const index = Math.floor(i * value.length / SPARSE_SAMPLE);
    if (Object.hasOwn(value, index)) present++;
  }
  return present * 4 < SPARSE_SAMPLE;
}

const SPARSE_SAMPLE = 64;

function isIndex(key: string | symbol): boolean {
  return typeof key === "string" && /^(?:0|[1-9]\d*)$/.test(key);
}

function bufferBrand(value: ArrayBuffer): Brand {
  return brand(ArrayBuffer.prototype, () => ({
    kind: "buffer",
    bytes: new Uint8Array(value).slice(),
    ...(value.resizable ? { limit: value.maxByteLength } : {}),
  }));
}

function viewBrand(value: ArrayBufferView): Brand {
  // The tag of typed arrays is an accessor on their common prototype and cannot be shadowed by accident.
  const tag = types.isDataView(value)
    ? "DataView"
    : String(TYPED_ARRAY_TAG.call(value));
  const isNodeBuffer = tag === "Uint8Array" &&
    isBufferPrototype(Object.getPrototypeOf(value));
  const length = types.isDataView(value)
    ? value.byteLength
    : value.byteLength / elementBytes(value);
  const prototype: object = isNodeBuffer
    ? Object.getPrototypeOf(value)
    : Object.getPrototypeOf(
      types.isDataView(value)
        ? new DataView(new ArrayBuffer(0))
        : Reflect.construct(Reflect.get(globalThis, tag), [0]),
    );
  return brand(
    prototype,
    (refer) => ({
      kind: "view",
      type: isNodeBuffer ? "Buffer" : tag,
      buffer: refer(value.buffer, { kind: "property", key: "buffer" }),
      offset: value.byteOffset,
      length,
    }),
    // Listing the keys of millions of elements would be dear, and nobody adds others there.
    length > 1000 ? null : (key) => !types.isDataView(value) && isIndex(key),
  );
}

const TYPED_ARRAY_TAG: () => unknown = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Int8Array.prototype),
  Symbol.toStringTag,
)?.get ?? ((): undefined => undefined);

function elementBytes(value: ArrayBufferView): number {
  const bytes: unknown = Reflect.get(value, "BYTES_PER_ELEMENT");
  return typeof bytes === "number" ? bytes : 1;
}

function isBufferPrototype(prototype: unknown): boolean {
  const buffer: unknown = Reflect.get(globalThis, "Buffer");
  return typeof buffer === "function" && prototype === buffer.prototype;
}

/** Kinds whose inside only their own accessors can tell. */
function platformBrand(value: object): Brand | null {
  // They all have a tag; most objects that come here have none.
  if (!(Symbol.toStringTag in value)) return null;
  if (value instanceof URL) {
    return built(URL.prototype, "url", [value.href], isInternal);
  }
  if (value instanceof URLSearchParams) {
    return built(
      URLSearchParams.prototype,
      "params",
      [value.toString()],
      isInternal,
    );
  }
  if (value instanceof TextEncoder) {
    return built(TextEncoder.prototype, "encoder", [], isInternal);
  }
  if (value instanceof TextDecoder) {
    const { encoding, fatal, ignoreBOM } = value;
    return built(
      TextDecoder.prototype,
      "decoder",
      [encoding, fatal, ignoreBOM],
      isInternal,
    );
  }
  return intlBrand(value) ?? temporalBrand(value);
}

/** Deno keeps a platform object's inside under symbols. */
function isInternal(key: string | symbol): boolean {
  return typeof key === "symbol" || key.startsWith("#");
}

function intlBrand(value: object): Brand | null {
  for (const name of Object.getOwnPropertyNames(Intl)) {
    const type: unknown = Reflect.get(Intl, name);
    if (!isClassOf(type, value)) continue;
    const read: unknown = Reflect.get(value, "resolvedOptions");
    if (typeof read !== "function") return null;
    const options: Record<string, unknown> = { ...read.call(value) };
    return built(type.prototype, "intl", [name, options.locale, options]);
  }
  return null;
}

function temporalBrand(value: object): Brand | null {
  // By its class, or by the class that the program's own one extends.
  for (
    let proto: object | null = Object.getPrototypeOf(value);
    proto !== null;
    proto = Object.getPrototypeOf(proto)
  ) {
    const name = temporalName(proto);
    if (name === undefined) continue;
    return built(proto, "temporal", [name, ...temporalParts(name, value)]);
  }
  return null;
}

function isClassOf(
  type: unknown,
  value: object,
): type is { readonly prototype: object } {
  return typeof type === "function" && typeof type.prototype === "object" &&
    value instanceof type;
}
