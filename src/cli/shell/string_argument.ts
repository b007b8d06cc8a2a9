import type { Token } from "acorn";
import { readTokens } from "./read_tokens.ts";

/** A string that is being typed, and the calls that it is an argument of. */
export interface StringArgument {
  /** What there is of it. */
  readonly typed: string;
  /** The calls of methods around it, the innermost first. */
  readonly calls: readonly OpenCall[];
}

/** A call of a method whose arguments are being typed. */
export interface OpenCall {
  /** The method's name. */
  readonly method: string;
  /** The expression before its dot, then what is left of that without its last property or call, and so on. */
  readonly receivers: readonly string[];
}

/**
 * Finds the string that the cursor is in.
 *
 * @param text all that was typed up to the cursor
 * @returns null when the cursor is in no string, or in one with escapes
 */
export function findStringArgument(text: string): StringArgument | null {
  const { tokens, openBrackets, openString } = readTokens(text);
  if (openString === null) return null;
  const typed = text.slice(openString);
  if (typed.includes("\\")) return null;
  const calls = openBrackets.toReversed()
    .filter((at) => labelAt(tokens, at) === "(")
    .map((at) => openCall(text, tokens, at))
    .filter((call) => call !== null);
  return { typed, calls };
}

function openCall(
  text: string,
  tokens: readonly Token[],
  parenthesis: number,
): OpenCall | null {
  const name = tokens[parenthesis - 1];
  if (name?.type.label !== "name" || !isDot(tokens, parenthesis - 2)) {
    return null;
  }
  const dots = [parenthesis - 2];
  for (let at = parenthesis - 3;;) {
    const first = startOfLink(text, tokens, at);
    if (first === null) return null;
    if (!isDot(tokens, first - 1)) {
      const start = tokens[first]?.start ?? 0;
      return {
        method: text.slice(name.start, name.end),
        receivers: dots.map((dot) =>
          text.slice(start, tokens[dot]?.start).trim()
        ),
      };
    }
    dots.push(first - 1);
    at = first - 2;
  }
}

/** Where a link of a chain begins, such as `select("a")` or `frames[0]`; null for what is none. */
function startOfLink(
  text: string,
  tokens: readonly Token[],
  last: number,
): number | null {
  let at = last;
  while (labelAt(tokens, at) === ")" || labelAt(tokens, at) === "]") {
    const opener = openerOf(tokens, at);
    if (opener === null) return null;
    const before = tokens[opener - 1];
    const isCalled = before !== undefined &&
      (before.type.label === "name" &&
          text.slice(before.start, before.end) !== "await" ||
        before.type.label === ")" || before.type.label === "]");
    if (!isCalled) return opener; // a parenthesis, or an array's literal
    at = opener - 1;
  }
  const label = labelAt(tokens, at);
  return label === "name" || label === "this" ? at : null;
}

function openerOf(tokens: readonly Token[], closer: number): number | null {
  let depth = 0;
  for (let at = closer; at >= 0; at--) {
    const label = labelAt(tokens, at);
    if (label === ")" || label === "]" || label === "}") depth++;
    else if ("([{".includes(label) || label === "${") depth--;
    if (depth === 0) return at;
  }
  return null;
}

function isDot(tokens: readonly Token[], at: number): boolean {
  const label = labelAt(tokens, at);
  return label === "." || label === "?.";
}

function labelAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.type.label ?? "end";
}
