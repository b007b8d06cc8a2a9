import { SparkError } from "../common/errors.ts";

/** A piece of a DDL text. */
export interface DdlToken {
  /** `word`: a name or a keyword; `quoted`: a name within backticks; `text`: a literal. */
  readonly kind: "word" | "quoted" | "number" | "text" | "symbol" | "end";
  /** What it says, without quotes. */
  readonly value: string;
  /** Where it begins, in UTF-16 units from 0. */
  readonly at: number;
}

/** What a token begins with: tried in this order, at the place where the last one ended. */
const SPACE = /(?:[ \t\r\n]|--[^\r\n]*)+/y;
const WORD = /[\p{L}\p{N}_]+/uy;
const NUMBER = /^(?:\d+(?:[eE]\d+)?(?:[LSYFD]|BD)?)$/i;
const ESCAPES: { readonly [letter: string]: string } = {
  "0": "\0",
  b: "\b",
  n: "\n",
  r: "\r",
  t: "\t",
  Z: "\x1a",
  "%": "\\%", // kept, as LIKE wants them
  _: "\\_",
};

/**
 * Cuts a DDL text into tokens.
 *
 * Peer: the lexer of `SqlBaseLexer.g4`.
 *
 * @throws SparkError `DDL_INVALID` for characters that begin no token
 */
export function ddlTokens(ddl: string): DdlToken[] {
  const tokens: DdlToken[] = [];
  let at = 0;
  while ((at = skipSpace(ddl, at)) < ddl.length) {
    const [token, end] = readToken(ddl, at);
    tokens.push(token);
    at = end;
  }
  tokens.push({ kind: "end", value: "the end", at: ddl.length });
  return tokens;
}

/** An error about a place of a DDL text. */
export function invalidDdl(ddl: string, at: number, why: string): SparkError {
  return new SparkError(
    "DDL_INVALID",
    `Cannot read the schema "${ddl}": at character ${
      at + 1
    } ${why}; write columns as in "id BIGINT NOT NULL, tags ARRAY<STRING>"`,
    { ddl, position: at + 1, why },
  );
}

/** Whether an error is one of {@link invalidDdl}. */
export function isInvalidDdl(error: unknown): boolean {
  return error instanceof SparkError && error.condition === "DDL_INVALID";
}

function skipSpace(ddl: string, from: number): number {
  let at = from;
  for (;;) {
    SPACE.lastIndex = at;
    if (SPACE.test(ddl)) at = SPACE.lastIndex;
    if (!ddl.startsWith("/*", at)) return at;
    at = skipComment(ddl, at);
  }
}

/** Comments nest. */
function skipComment(ddl: string, from: number): number {
  let depth = 0;
  for (let at = from; at < ddl.length; at++) {
    if (ddl.startsWith("/*", at)) {
      depth++;
      at++;
    } else if (ddl.startsWith("*/", at)) {
      at++;
      if (--depth === 0) return at + 1;
    }
  }
  throw invalidDdl(ddl, from, "a comment begins that does not end");
}

function readToken(ddl: string, at: number): [DdlToken, end: number] {
  const first = ddl.charAt(at);
  if (first === "`") return readQuoted(ddl, at);
  if (first === "'" || first === '"') return readText(ddl, at);
  if (/^[rR]['"]/.test(ddl.slice(at, at + 2))) return readRawText(ddl, at);
  if ("<>(),:.".includes(first)) {
    return [{ kind: "symbol", value: first, at }, at + 1];
  }
  WORD.lastIndex = at;
  const word = WORD.exec(ddl)?.[0];
  if (word === undefined) {
    throw invalidDdl(ddl, at, `there is "${first}", which needs backticks`);
  }
  if (!/^\w+$/.test(word)) {
    throw invalidDdl(ddl, at, `the name "${word}" needs backticks`);
  }
  const kind = NUMBER.test(word) ? "number" : "word";
  return [{ kind, value: word, at }, at + word.length];
}

function readQuoted(ddl: string, at: number): [DdlToken, end: number] {
  for (let end = at + 1; end < ddl.length; end++) {
    if (ddl[end] !== "`") continue;
    if (ddl[end + 1] === "`") end++;
    else {
      const value = ddl.slice(at + 1, end).replaceAll("``", "`");
      return [{ kind: "quoted", value, at }, end + 1];
    }
  }
  throw invalidDdl(ddl, at, "a backtick begins a name that does not end");
}

function readText(ddl: string, at: number): [DdlToken, end: number] {
  const quote = ddl[at];
  let value = "";
  for (let end = at + 1; end < ddl.length; end++) {
    const character = ddl.charAt(end);
    if (character === "\\") {
      const [escaped, length] = readEscape(ddl, end + 1);
      value += escaped;
      end += length;
    } else if (character !== quote) value += character;
    else if (ddl[end + 1] === quote) value += ddl[++end];
    else return [{ kind: "text", value, at }, end + 1];
  }
  throw invalidDdl(ddl, at, "a quote begins a text that does not end");
}

/** What follows a backslash, and how many characters that is. */
function readEscape(ddl: string, at: number): [text: string, length: number] {
  const code = /^(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8}))/.exec(
    ddl.slice(at, at + 9),
  );
  if (code !== null) {
    const point = Number.parseInt(code[1] ?? code[2] ?? "", 16);
    if (point <= 0x10ffff) {
      return [String.fromCodePoint(point), code[0].length];
    }
  }
  const octal = /^[0-3][0-7]{2}/.exec(ddl.slice(at, at + 3))?.[0];
  if (octal !== undefined) {
    return [String.fromCharCode(Number.parseInt(octal, 8)), 3];
  }
  const letter = ddl.charAt(at);
  return [ESCAPES[letter] ?? letter, letter.length];
}

function readRawText(ddl: string, at: number): [DdlToken, end: number] {
  const end = ddl.indexOf(ddl.charAt(at + 1), at + 2);
  if (end < 0) {
    throw invalidDdl(ddl, at, "a quote begins a text that does not end");
  }
  return [{ kind: "text", value: ddl.slice(at + 2, end), at }, end + 1];
}
