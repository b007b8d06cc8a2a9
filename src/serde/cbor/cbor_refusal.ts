import { types } from "node:util";
import { className, dataProperty } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import { VariantVal } from "../../types/variant_val.ts";
import { DEPTH_MAX } from "./cbor_tags.ts";
import { isLikeMatch, isPlain, matchNames } from "../records/own_properties.ts";
import { isRow, rowNames, rowValues } from "../records/row.ts";

const PATH_CHARACTERS = 160;
const UNREADABLE_PROXY =
  "it is a Proxy that cannot be read; use the object behind it";

/** Thrown where a value cannot be written; the encoder turns it into a {@link refusal}. */
export class Unwritable extends Error {
  /** What could not be written: a value of a kind that is not serialized, or one nested too deep. */
  readonly culprit: unknown;
  /** The property of the culprit that would stay behind, where it is that alone. */
  readonly property: PropertyKey | undefined;

  /**
   * Notes the culprit; text comes later.
   *
   * @param culprit what could not be written
   * @param property of it that would stay behind, where all else of it is serialized
   */
  constructor(culprit: unknown, property?: PropertyKey) {
    super();
    this.culprit = culprit;
    this.property = property;
  }
}

/**
 * Says where in a value its unwritable part is, and what it is.
 *
 * @param root the value as the user gave it
 * @param culprit what the encoder met first
 * @param own the property of the culprit that would stay behind, where it is that alone
 */
export function refusal(
  root: unknown,
  culprit: unknown,
  own?: PropertyKey,
): SparkError {
  const found = find(root, (value) => value === culprit, "", new Map());
  const path = shorten(
    `${found?.path ?? ""}${own === undefined ? "" : property(own)}`,
  );
  const reason = found?.backTo === undefined
    ? own === undefined ? reasonFor(culprit) : reasonForProperty(culprit, own)
    : `it refers back to "${
      shorten(found.backTo)
    }", which holds it; keep an id in place of the reference`;
  return new SparkError(
    "RECORD_NOT_SERIALIZABLE",
    `Cannot serialize record${path && ` "${path}"`}: ${reason}`,
    { path },
  );
}

/**
 * Says where in a value a proxy is, of which the encoder knows only that a
 * question to it failed.
 *
 * @param root the value as the user gave it
 * @returns null where there is none
 */
export function proxyRefusal(root: unknown): SparkError | null {
  const found = find(root, types.isProxy, "", new Map());
  if (found === undefined || found.backTo !== undefined) return null;
  const path = shorten(found.path);
  return new SparkError(
    "RECORD_NOT_SERIALIZABLE",
    `Cannot serialize record${path && ` "${path}"`}: ${UNREADABLE_PROXY}`,
    { path },
  );
}

/** What a value that is no data is, in words: `function "f"`, `instance of class "Socket"`. */
export function describeKind(value: unknown): string {
  if (types.isProxy(value)) return "Proxy";
  if (typeof value === "function") {
    const name = dataProperty(value, "name");
    return typeof name === "string" && name !== ""
      ? `function "${name}"`
      : "function without a name";
  }
  if (typeof value === "symbol") return `symbol "${value.description ?? ""}"`;
  if (typeof value !== "object" || value === null) return typeof value;
  if (types.isPromise(value)) return "promise";
  return `instance of class "${className(value)}"`;
}

function reasonFor(culprit: unknown): string {
  if (types.isProxy(culprit)) return UNREADABLE_PROXY;
  if (types.isPromise(culprit)) {
    return "it is a promise; await it and return its value";
  }
  const kind = describeKind(culprit);
  if (typeof culprit === "function") {
    return `it is a ${kind}; keep data in records and call functions on them`;
  }
  if (typeof culprit === "symbol") {
    return `it is a ${kind}; use a string in its place`;
  }
  return isContainer(culprit)
    ? `it is nested deeper than ${DEPTH_MAX} levels; flatten it`
    : `it is an ${kind}; map it to a plain object or array`;
}

function reasonForProperty(owner: unknown, name: PropertyKey): string {
  if (owner instanceof Error) {
    return "an error is serialized without properties that are named by symbols; name it by a string";
  }
  const kind = kindOfOwner(owner);
  if (kind !== null) {
    const copy = Array.isArray(owner)
      ? ', or leave it out by "[...array]"'
      : "";
    return `${kind} is serialized without properties of its own; keep both in an object${copy}`;
  }
  return typeof name === "symbol"
    ? 'a property that is named by a symbol is not serialized; name it by a string, or leave it out by "Object.fromEntries(Object.entries(object))"'
    : 'a property that is not enumerable is not serialized; make it enumerable, or leave it out by "{ ...object }"';
}

/** What may have no property of its own, null for a plain object and a row. */
function kindOfOwner(owner: unknown): string | null {
  if (Array.isArray(owner)) return "an array";
  if (owner instanceof VariantVal) return "a VariantVal";
  if (typeof owner !== "object" || owner === null) return null;
  if (isPlain(owner) || isRow(owner)) return null;
  const tag = Object.prototype.toString.call(owner).slice(8, -1);
  return `${/^[AEIOU]/.test(tag) ? "an" : "a"} ${tag}`;
}

function isContainer(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const proto = Object.getPrototypeOf(value);
  return proto === null || isRow(value) ||
    [Object, Array, Map, Set, Date, Error].some((made) =>
      made.prototype === proto
    );
}

interface Found {
  readonly path: string;
  /** Path of the container that holds itself, when the culprit is part of a cycle. */
  readonly backTo?: string;
}

/** The first way to the culprit, or to a value that holds itself, in the encoder's order. */
function find(
  value: unknown,
  isCulprit: (value: unknown) => boolean,
  path: string,
  above: Map<unknown, string>,
): Found | undefined {
  const backTo = above.get(value);
  if (backTo !== undefined) return { path, backTo: backTo || "the record" };
  // The encoder has looked no deeper, and the stack has an end.
  if (
    typeof value === "object" && value !== null && !types.isProxy(value) &&
    above.size <= DEPTH_MAX
  ) {
    above.set(value, path);
    for (const [step, part] of partsOf(value)) {
      const found = find(part, isCulprit, path + step, above);
      if (found !== undefined) return found;
    }
    above.delete(value);
  }
  return isCulprit(value) ? { path } : undefined;
}

function* partsOf(value: object): Generator<[step: string, part: unknown]> {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) yield [`[${i}]`, value[i]];
    if (isLikeMatch(value)) {
      for (const name of matchNames(value)) {
        yield [property(name), Reflect.get(value, name)];
      }
    }
  } else if (value instanceof Map) {
    let index = 0;
    for (const [key, part] of value) {
      yield [`.keys[${index++}]`, key];
      yield [`.get(${quote(key)})`, part];
    }
  } else if (value instanceof Set) {
    let index = 0;
    for (const part of value) yield [`.values[${index++}]`, part];
  } else if (isRow(value)) {
    const names = rowNames(value);
    for (const [i, part] of rowValues(value).entries()) {
      yield [property(names[i] ?? ""), part];
    }
  } else if (isContainer(value) || value instanceof Error) {
    const names = value instanceof Error
      ? Object.getOwnPropertyNames(value)
      : Object.keys(value);
    for (const name of names) {
      yield [property(name), Reflect.get(value, name)];
    }
  }
}

function property(name: PropertyKey): string {
  if (typeof name !== "string") return `[${String(name)}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `.${name}`
    : `[${quote(name)}]`;
}

function quote(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : typeof value;
}

function shorten(path: string): string {
  if (path.length <= PATH_CHARACTERS) return path;
  const half = PATH_CHARACTERS / 2;
  return `${path.slice(0, half)}…${path.slice(-half)}`;
}
