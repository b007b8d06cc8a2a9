import {
  idAfter,
  invalidText,
  parseValue,
  textAfter,
  unescapeText,
  type WireValue,
} from "./value_syntax.ts";

/** What the JVM says to a command. */
export type Answer =
  | WireValue
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

/**
 * Reads one answer.
 *
 * Layout: `!`, then `y` (done), `x` (error) or `z` (fatal error), and a
 * value (`value_syntax.ts`).
 * Peer: `py4j.Protocol.getOutputCommand`.
 *
 * @param line the answer's bytes without the line break
 * @throws ProtocolError `ANSWER_INVALID` when it is not of that form
 */
export function parseAnswer(line: Uint8Array): Answer {
  if (line[0] !== MARK) throw invalidText(line);
  switch (line[1]) {
    case SUCCESS:
      return parseSuccess(line);
    case ERROR:
      return parseFailure(line, false);
    case FATAL:
      return parseFailure(line, true);
    default:
      throw invalidText(line);
  }
}

function parseSuccess(line: Uint8Array): Answer {
  switch (String.fromCharCode(line[2] ?? 0)) {
    case "m":
      return { kind: "member", type: "method" };
    case "c":
      return { kind: "member", type: "class" };
    case "o":
    case "p":
      return { kind: "member", type: "none" };
  }
  const value = parseValue(line, 2);
  if (value === undefined) throw invalidText(line);
  return value;
}

function parseFailure(line: Uint8Array, fatal: boolean): Answer {
  switch (String.fromCharCode(line[2] ?? 0)) {
    case "\0":
    case "n":
      return { kind: "refused", reason: null, fatal };
    case "s":
      return {
        kind: "refused",
        reason: unescapeText(textAfter(line, 2)),
        fatal,
      };
    case "r":
      return { kind: "thrown", id: idAfter(line, 2) };
    default:
      throw invalidText(line);
  }
}
