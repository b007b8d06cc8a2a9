import { ProtocolError } from "../../common/errors.ts";
import { decodeBase64 } from "./base64.ts";
import { JavaDecimal } from "./java_value.ts";

/** What kind of object a reference names, as far as Py4J says. */
export type ReferenceKind =
  | "object"
  | "list"
  | "map"
  | "set"
  | "array"
  | "iterator";

/** A value that comes with the answer itself. */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | JavaDecimal;

/** What the JVM says to a command. */
export type Answer =
  | { readonly kind: "value"; readonly value: PlainValue }
  | {
    readonly kind: "reference";
    readonly id: string;
    readonly type: ReferenceKind;
  }
  /** A name that is no field: a method, a class, a package, or nothing. */
  | { readonly kind: "member"; readonly type: "method" | "class" | "none" }
  /** The call threw this. */
  | { readonly kind: "thrown"; readonly id: string }
  /** Py4J could not make the call; after a fatal one it closes the connection. */
  | {
    readonly kind: "refused";
    readonly reason: string | null;
    readonly fatal: boolean;
  };

const MARK = 0x21; // "!"
const SUCCESS = 0x79; // "y"
const ERROR = 0x78; // "x"
const FATAL = 0x7a; // "z"
const MAX_TEXT_BYTES = (1 << 29) - 24; // V8's longest string, in UTF-16 units, of which UTF-8 never makes more than it has bytes
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });
const NULL: Answer = { kind: "value", value: null };

/**
 * Reads one answer.
 *
 * Layout: `!`, then `y` (done), `x` (error) or `z` (fatal error), a type's
 * letter, and the value's text; bytes as base64, strings with `\\`, `\n`, `\r`.
 * Peer: `py4j.Protocol.getOutputCommand`.
 *
 * @param line the answer's bytes without the line break
 * @throws ProtocolError `ANSWER_INVALID` when it is not of that form
 */
export function parseAnswer(line: Uint8Array): Answer {
  if (line[0] !== MARK) throw invalid(line);
  switch (line[1]) {
    case SUCCESS:
      return parseSuccess(line);
    case ERROR:
      return parseFailure(line, false);
    case FATAL:
      return parseFailure(line, true);
    default:
      throw invalid(line);
  }
}

function parseSuccess(line: Uint8Array): Answer {
  const type = String.fromCharCode(line[2] ?? 0);
  switch (type) {
    case "v":
    case "n":
      return NULL;
    case "j":
      return { kind: "value", value: decodeBase64(line.subarray(3)) };
    case "s":
      return { kind: "value", value: unescapeText(textOf(line)) };
    case "b":
      return { kind: "value", value: parseBoolean(line) };
    case "i":
    case "L":
      return { kind: "value", value: parseInteger(line) };
    case "d":
      return { kind: "value", value: parseDouble(line) };
    case "D":
      return { kind: "value", value: parseDecimal(line) };
    case "r":
      return reference(line, "object");
    case "l":
      return reference(line, "list");
    case "a":
      return reference(line, "map");
    case "h":
      return reference(line, "set");
    case "t":
      return reference(line, "array");
    case "g":
      return reference(line, "iterator");
    case "m":
      return { kind: "member", type: "method" };
    case "c":
      return { kind: "member", type: "class" };
    case "o":
    case "p":
      return { kind: "member", type: "none" };
    default:
      throw invalid(line);
  }
}

function parseFailure(line: Uint8Array, fatal: boolean): Answer {
  switch (String.fromCharCode(line[2] ?? 0)) {
    case "\0":
    case "n":
      return { kind: "refused", reason: null, fatal };
    case "s":
      return { kind: "refused", reason: unescapeText(textOf(line)), fatal };
    case "r":
      return { kind: "thrown", id: idOf(line) };
    default:
      throw invalid(line);
  }
}

function parseBoolean(line: Uint8Array): boolean {
  const text = textOf(line);
  if (text !== "true" && text !== "false") throw invalid(line);
  return text === "true";
}

function parseInteger(line: Uint8Array): number | bigint {
  const text = textOf(line);
  if (!/^-?\d{1,20}$/.test(text)) throw invalid(line);
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function parseDouble(line: Uint8Array): number {
  const text = textOf(line);
  const value = Number(text);
  if (text === "" || (Number.isNaN(value) && text !== "NaN")) {
    throw invalid(line);
  }
  return value;
}

function parseDecimal(line: Uint8Array): JavaDecimal {
  try {
    return new JavaDecimal(textOf(line));
  } catch (cause) {
    throw invalid(line, cause);
  }
}

function reference(line: Uint8Array, type: ReferenceKind): Answer {
  return { kind: "reference", id: idOf(line), type };
}

function idOf(line: Uint8Array): string {
  const id = textOf(line);
  if (!/^[\w.-]+$/.test(id)) throw invalid(line);
  return id;
}

function textOf(line: Uint8Array): string {
  if (line.length > MAX_TEXT_BYTES) {
    throw new ProtocolError(
      "ANSWER_TOO_LONG",
      `Cannot read a text of ${line.length} bytes from the JVM: a string holds at most ${MAX_TEXT_BYTES}; ask for less at once`,
      { size: line.length, limit: MAX_TEXT_BYTES },
    );
  }
  return TEXT.decode(line.subarray(3));
}

function unescapeText(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replaceAll(
    /\\([^])/g,
    (_, char: string) => char === "n" ? "\n" : char === "r" ? "\r" : char,
  );
}

/** Tells the length and one byte only: the rest may be a secret, and errors end up in logs. */
function invalid(line: Uint8Array, cause?: unknown): ProtocolError {
  const first = line[0] ?? null;
  const start = first === null ? "" : `, the first one ${first},`;
  return new ProtocolError(
    "ANSWER_INVALID",
    `Cannot read the JVM's answer: its ${line.length} bytes${start} are no answer of Py4J; the connection is out of step or not to a Spark gateway`,
    { size: line.length, first },
    cause === undefined ? undefined : { cause },
  );
}
