/**
 * The text of Py4J's values, the same in calls, answers and callbacks: a letter
 * for the type and what follows it to the end of the line.
 *
 * Peer: `py4j.Protocol.getObject` reads them, `py4j.ReturnObject.getCommandPart`
 * writes them. Layout: `i` int, `L` long, `d` double, `D` decimal, `b` boolean,
 * `s` string with `\\`, `\n`, `\r`, `j` bytes as base64, `n` null, `v` nothing,
 * `r` an object's id; to the JVM `f` a proxy's id and interfaces; from the JVM also `l`, `a`, `h`, `t`, `g`: the id of a
 * list, map, set, array, iterator.
 *
 * @module
 */

import { ProtocolError } from "../../common/errors.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import {
  JavaObject,
  type PlainArgument,
  type ReferenceKind,
} from "./java_object.ts";
import { JavaProxy } from "./java_proxy.ts";
import {
  doubleText,
  JavaDecimal,
  JavaNumber,
  type PlainValue,
} from "./java_scalar.ts";

/** What the JVM writes: a value, or the id of an object that stays there. */
export type WireValue =
  | { readonly kind: "value"; readonly value: PlainValue }
  | {
    readonly kind: "reference";
    readonly id: string;
    readonly type: ReferenceKind;
  };

const INT_MIN = -0x8000_0000;
const INT_MAX = 0x7fff_ffff;
const MAX_TEXT_BYTES = (1 << 29) - 24; // V8's longest string, in UTF-16 units, of which UTF-8 never makes more than it has bytes
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });
const NULL: WireValue = { kind: "value", value: null };

/**
 * Writes a value.
 *
 * @param arg the value
 * @throws TypeError for what is no {@link PlainArgument}
 */
export function encodeValue(arg: PlainArgument): string {
  switch (typeof arg) {
    case "string":
      return "s" + escapeText(arg);
    case "number":
      return encodeNumber(arg);
    case "boolean":
      return arg ? "btrue" : "bfalse";
    case "bigint":
      return `L${arg}`;
    case "object":
      if (arg === null) return "n";
      if (arg instanceof JavaObject) return "r" + arg.id;
      if (arg instanceof JavaNumber) return arg.part;
      if (arg instanceof JavaProxy) return arg.reference();
      if (arg instanceof JavaDecimal) return "D" + arg.text;
      if (arg instanceof Uint8Array) return "j" + encodeBase64(arg);
  }
  throw noJavaForm(arg);
}

function encodeNumber(value: number): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    return value >= INT_MIN && value <= INT_MAX ? `i${value}` : `L${value}`;
  }
  return `d${doubleText(value)}`;
}

/** A line may hold no line break, and `\` stands before what does not mean itself. */
export function escapeText(text: string): string {
  if (!/[\\\r\n]/.test(text)) return text;
  return text.replaceAll("\\", "\\\\").replaceAll("\r", "\\r")
    .replaceAll("\n", "\\n");
}

/**
 * The error for an argument that is nothing the JVM knows.
 *
 * @param arg the argument
 */
export function noJavaForm(arg: unknown): TypeError {
  return new TypeError(
    `Cannot hand ${
      describe(arg)
    } to the JVM: it has no Java form; pass null, a boolean, a number, a bigint, a string, bytes, a Java object, or an array, Map or Set of these`,
  );
}

/**
 * Whether an argument fits into a command as it is.
 *
 * @param arg any argument
 */
export function isPlainArgument(arg: unknown): arg is PlainArgument {
  if (typeof arg === "bigint") return BigInt.asIntN(64, arg) === arg;
  return typeof arg !== "object" || arg === null ||
    arg instanceof JavaObject || arg instanceof JavaNumber ||
    arg instanceof JavaDecimal || arg instanceof JavaProxy ||
    arg instanceof Uint8Array;
}

/**
 * Reads a value.
 *
 * @param line the line's bytes, without its break
 * @param at where the type's letter is
 * @returns undefined when there is no such type
 * @throws ProtocolError `ANSWER_INVALID` when the text is not of its type
 */
export function parseValue(
  line: Uint8Array,
  at: number,
): WireValue | undefined {
  switch (String.fromCharCode(line[at] ?? 0)) {
    case "v":
    case "n":
      return NULL;
    case "j":
      return { kind: "value", value: decodeBase64(line.subarray(at + 1)) };
    case "s":
      return { kind: "value", value: unescapeText(textAfter(line, at)) };
    case "b":
      return { kind: "value", value: parseBoolean(line, at) };
    case "i":
    case "L":
      return { kind: "value", value: parseInteger(line, at) };
    case "d":
      return { kind: "value", value: parseDouble(line, at) };
    case "D":
      return { kind: "value", value: parseDecimal(line, at) };
    case "r":
      return reference(line, at, "object");
    case "l":
      return reference(line, at, "list");
    case "a":
      return reference(line, at, "map");
    case "h":
      return reference(line, at, "set");
    case "t":
      return reference(line, at, "array");
    case "g":
      return reference(line, at, "iterator");
    default:
      return undefined;
  }
}

function parseBoolean(line: Uint8Array, at: number): boolean {
  const text = textAfter(line, at);
  if (text !== "true" && text !== "false") throw invalidText(line);
  return text === "true";
}

function parseInteger(line: Uint8Array, at: number): number | bigint {
  const text = textAfter(line, at);
  if (!/^-?\d{1,20}$/.test(text)) throw invalidText(line);
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function parseDouble(line: Uint8Array, at: number): number {
  const text = textAfter(line, at);
  const value = Number(text);
  if (text === "" || (Number.isNaN(value) && text !== "NaN")) {
    throw invalidText(line);
  }
  return value;
}

function parseDecimal(line: Uint8Array, at: number): JavaDecimal {
  try {
    return new JavaDecimal(textAfter(line, at));
  } catch (cause) {
    throw invalidText(line, cause);
  }
}

function reference(
  line: Uint8Array,
  at: number,
  type: ReferenceKind,
): WireValue {
  return { kind: "reference", id: idAfter(line, at), type };
}

/** The id that stands after a position. @throws ProtocolError `ANSWER_INVALID` */
export function idAfter(line: Uint8Array, at: number): string {
  const id = textAfter(line, at);
  if (!/^[\w.-]+$/.test(id)) throw invalidText(line);
  return id;
}

/** The text that stands after a position. @throws ProtocolError `ANSWER_TOO_LONG` beyond what a string holds */
export function textAfter(line: Uint8Array, at: number): string {
  if (line.length > MAX_TEXT_BYTES) {
    throw new ProtocolError(
      "ANSWER_TOO_LONG",
      `Cannot read a text of ${line.length} bytes from the JVM: a string holds at most ${MAX_TEXT_BYTES}; ask for less at once`,
      { size: line.length, limit: MAX_TEXT_BYTES },
    );
  }
  return TEXT.decode(line.subarray(at + 1));
}

/** Undoes {@link escapeText}. */
export function unescapeText(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replaceAll(
    /\\([^])/g,
    (_, char: string) => char === "n" ? "\n" : char === "r" ? "\r" : char,
  );
}

/** Tells the length and one byte only: the rest may be a secret, and errors end up in logs. */
export function invalidText(line: Uint8Array, cause?: unknown): ProtocolError {
  const first = line[0] ?? null;
  const start = first === null ? "" : `, the first one ${first},`;
  return new ProtocolError(
    "ANSWER_INVALID",
    `Cannot read the JVM's answer: its ${line.length} bytes${start} are no answer of Py4J; the connection is out of step or not to a Spark gateway`,
    { size: line.length, first },
    cause === undefined ? undefined : { cause },
  );
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "" ? `a ${name}` : "an object";
}
