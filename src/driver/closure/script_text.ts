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
  const strict =
    /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/|#![^\n]*\n)*["']use strict["']/
      .test(text);
  const platformModules = new Set<string>();
  for (const [, withPrefix, bare] of text.matchAll(MODULE_NAMES)) {
    if (withPrefix !== undefined) platformModules.add(withPrefix);
    else if (bare !== undefined && isBuiltin(bare)) {
      platformModules.add(`node:${bare}`);
    }
  }
  return { text, lines, strict, platformModules: [...platformModules] };
}

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
  const found = text.lastIndexOf(source, offset);
  if (found < 0 || found + source.length < offset) return { line, column };
  const start = lastNotAbove(lines, found);
  return { line: start, column: found - (lines[start] ?? 0) };
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
