/**
 * The text of a script that the engine has loaded.
 *
 * @module
 */

import { isBuiltin } from "node:module";

/** A script's text, with what is asked of it again and again. */
export interface ScriptText {
  /** As the engine has loaded it. */
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly lines: readonly number[];
  /** Whether the whole of it is under `"use strict"`. */
  readonly strict: boolean;
  /** The platform's modules that it names, such as `"node:path"`. */
  readonly platformModules: readonly string[];
}

/** Reads a script's text once. */
export function toScriptText(text: string): ScriptText {
  const lines = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    lines.push(at + 1);
  }
  const platformModules = new Set<string>();
  for (const [, withPrefix, bare] of text.matchAll(MODULE_NAMES)) {
    if (withPrefix !== undefined) platformModules.add(withPrefix);
    else if (bare !== undefined && isBuiltin(bare)) {
      platformModules.add(`node:${bare}`);
    }
  }
  return {
    text,
    lines,
    strict: beginsStrict(text),
    platformModules: [...platformModules],
  };
}

/**
 * Whether `"use strict"` stands among the directives at the beginning. Texts
 * have megabytes of packages' comments: each character is looked at once.
 */
function beginsStrict(text: string): boolean {
  for (let at = skipComments(text, 0); at < text.length;) {
    const quote = text[at] ?? "";
    if (quote !== '"' && quote !== "'") return false;
    const end = text.indexOf(quote, at + 1);
    if (end < 0) return false;
    if (text.slice(at + 1, end) === "use strict") return true;
    at = skipComments(text, end + 1);
    if (text[at] === ";") at = skipComments(text, at + 1);
  }
  return false;
}

/** The first character from here that is not of a comment, nor a space. */
function skipComments(text: string, from: number): number {
  for (let at = from;;) {
    while (/\s/.test(text[at] ?? "")) at++;
    const end = COMMENTS.find(({ begin }) => text.startsWith(begin, at))?.end;
    if (end === undefined) return at;
    const found = text.indexOf(end, at + 2);
    if (found < 0) return text.length;
    at = found + end.length;
  }
}

const COMMENTS: readonly { readonly begin: string; readonly end: string }[] = [
  { begin: "//", end: "\n" },
  { begin: "/*", end: "*/" },
  { begin: "#!", end: "\n" },
];

/** With prefix in any string; without it where something is imported. */
const MODULE_NAMES =
  /["'](node:[\w/]+)["']|(?:\(|\bfrom|\bimport)\s*["']([\w/]+)["']/g;

/**
 * Where a function begins. The engine's location lies somewhere within it:
 * for `function f() {}` at the parenthesis.
 *
 * @param source the function's own text
 * @param line the engine's line, from 0
 * @param column the engine's column, from 0
 * @returns line and column of the first character, from 0; the engine's where the text is not found
 */
export function startOfFunction(
  { text, lines }: ScriptText,
  source: string,
  line: number,
  column: number,
): { line: number; column: number } {
  const offset = (lines[line] ?? 0) + column;
  // Where the text is not found, the whole of the script would be searched.
  const first = Math.max(0, offset - source.length);
  const found = text.slice(first, offset + source.length)
    .lastIndexOf(source, offset - first);
  if (found < 0) return { line, column };
  const start = lastNotAbove(lines, first + found);
  return { line: start, column: first + found - (lines[start] ?? 0) };
}

/** Index of the last number that is not above the wanted one, in an ascending list that starts with 0. */
export function lastNotAbove(
  numbers: readonly number[],
  wanted: number,
): number {
  let low = 0;
  let high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  return low;
}
