/**
 * Source text of a function, as `toString` gives it, to what capturing needs
 * to know of it.
 *
 * @module
 */

import type { FreeNames } from "./free_name.ts";
import { findFreeNames } from "./free_names.ts";
import {
  allChildren,
  childOf,
  childrenOf,
  parseExpression,
  type SyntaxNode,
} from "./syntax_tree.ts";

/** A stretch of the source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A function's text, understood. All positions are relative to the text. */
export interface ParsedFunction extends FreeNames {
  /** How the text must be wrapped to be compiled again. */
  readonly form: "expression" | "member" | "class";
  /** Whether it is an arrow function, which has no `this` of its own. */
  readonly isArrow: boolean;
  /** The expression in the brackets of a member's computed key. */
  readonly computedKey: Span | null;
  /** The expression after `extends`. */
  readonly heritage: Span | null;
  /** Static fields and blocks of a class, which must not run a second time. */
  readonly statics: readonly Span[];
  /** Whether objects of the class have private fields or methods. */
  readonly hasPrivates: boolean;
}

/** Parses each text once: functions made again and again share their text. */
export class FunctionParser {
  readonly #parsed = new Map<string, ParsedFunction>();

  /**
   * @param source what `Function.prototype.toString` gave, not of native code
   * @param strict whether it stands in a module or under `"use strict"`
   * @throws SyntaxError where the text has a syntax that the parser does not know
   */
  parse(source: string, strict: boolean): ParsedFunction {
    const key = (strict ? "s" : "l") + source;
    let parsed = this.#parsed.get(key);
    if (parsed === undefined) {
      parsed = parseFunction(source, strict);
      if (this.#parsed.size >= PARSED_LIMIT) this.#parsed.clear();
      this.#parsed.set(key, parsed);
    }
    return parsed;
  }
}

/** How many parsed texts are kept; a program has far fewer functions. */
const PARSED_LIMIT = 20_000;

/**
 * The tree of a function's text: the function itself, or an object literal
 * with the text as its member.
 *
 * @returns positions in the tree are greater by `shift` than in the text
 * @throws SyntaxError where the text has a syntax that the parser does not know
 */
export function parseFunctionText(
  source: string,
  strict: boolean,
): { node: SyntaxNode; shift: number } {
  const alone = tryParse(`(${source}\n)`, strict);
  if (!(alone instanceof SyntaxError)) return { node: alone, shift: 1 };
  const literal = tryParse(`({${source}\n})`, strict);
  if (literal instanceof SyntaxError) throw alone;
  return { node: literal, shift: 2 };
}

function parseFunction(source: string, strict: boolean): ParsedFunction {
  const { node: alone, shift: by } = parseFunctionText(source, strict);
  if (by === 2) return describeMember(alone);
  if (alone.type === "ClassExpression") return describeClass(alone);
  return {
    ...shift(findFreeNames(alone), 1),
    form: "expression",
    isArrow: alone.type === "ArrowFunctionExpression",
    computedKey: null,
    heritage: null,
    statics: [],
    hasPrivates: false,
  };
}

function tryParse(text: string, strict: boolean): SyntaxNode | SyntaxError {
  try {
    return parseExpression(text, strict);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

function describeMember(literal: SyntaxNode): ParsedFunction {
  const [member] = childrenOf(literal, "properties");
  const value = member === undefined ? null : childOf(member, "value");
  if (member === undefined || value === null) {
    throw new SyntaxError("Cannot parse the text: it is not one function");
  }
  const key = member.computed === true ? childOf(member, "key") : null;
  return {
    ...shift(findFreeNames(value), 2),
    form: "member",
    isArrow: false,
    computedKey: key === null ? null : spanOf(key, 2),
    heritage: null,
    statics: [],
    hasPrivates: false,
  };
}

function describeClass(node: SyntaxNode): ParsedFunction {
  const heritage = childOf(node, "superClass");
  const body = childOf(node, "body");
  const elements = body === null ? [] : childrenOf(body, "body");
  const statics = elements.filter(isStaticState);
  // A private static is out of reach from outside, so its class runs all of
  // its static initializers again.
  const keepsStatics = statics.some((element) =>
    childOf(element, "key")?.type === "PrivateIdentifier"
  );
  const left = keepsStatics ? [] : statics;
  const skipped = new Set<SyntaxNode>(left);
  if (heritage !== null) skipped.add(heritage);
  return {
    ...shift(findFreeNames(without(node, skipped)), 1),
    form: "class",
    isArrow: false,
    computedKey: null,
    heritage: heritage === null ? null : spanOf(heritage, 1),
    statics: left.map((element) => spanOf(element, 1)),
    hasPrivates: elements.some((element) =>
      element.static !== true &&
      childOf(element, "key")?.type === "PrivateIdentifier"
    ),
  };
}

function isStaticState(element: SyntaxNode): boolean {
  return element.type === "StaticBlock" ||
    (element.type === "PropertyDefinition" && element.static === true);
}

/** The same tree without some nodes. */
function without(
  node: SyntaxNode,
  skipped: ReadonlySet<SyntaxNode>,
): SyntaxNode {
  if (!allChildren(node).some((child) => holds(child, skipped))) return node;
  const copy: Record<string, unknown> = { ...node };
  for (const [property, value] of Object.entries(node)) {
    if (Array.isArray(value)) {
      copy[property] = value.filter((item) => !skipped.has(item));
    } else if (skipped.has(value as SyntaxNode)) copy[property] = null;
    else if (property === "body") {
      copy[property] = without(value as SyntaxNode, skipped);
    }
  }
  return copy as SyntaxNode;
}

function holds(node: SyntaxNode, wanted: ReadonlySet<SyntaxNode>): boolean {
  return wanted.has(node) ||
    (node.type === "ClassBody" &&
      childrenOf(node, "body").some((element) => wanted.has(element)));
}

function spanOf(node: SyntaxNode, shift: number): Span {
  return { start: node.start - shift, end: node.end - shift };
}

/** Positions in the wrapped text to positions in the text itself. */
function shift(found: FreeNames, by: number): FreeNames {
  const names = new Map(
    Array.from(found.names, ([name, free]) => [
      name,
      {
        ...free,
        uses: free.uses.map((use) => ({ ...use, start: use.start - by })),
      },
    ]),
  );
  return {
    names,
    lexical: found.lexical,
    thisMembers: found.thisMembers,
    thisUses: found.thisUses.map((start) => start - by),
    writes: found.writes,
    privateNames: found.privateNames,
    importMeta: found.importMeta.map((start) => start - by),
    imports: found.imports.map((use) => ({ ...use, start: use.start - by })),
  };
}
