/**
 * The parser, behind the few facts that closures need of it.
 *
 * @module
 */

import { type Node, type Options, parse } from "acorn";

/** A node of an ESTree, with its properties open. */
export interface SyntaxNode {
  /** ESTree's name of the kind, such as `"ArrowFunctionExpression"`. */
  readonly type: string;
  /** First character within the parsed text. */
  readonly start: number;
  /** First character after it. */
  readonly end: number;
  readonly [property: string]: unknown;
}

/**
 * Parses one expression.
 *
 * @param text the whole text; its only statement is an expression
 * @param strict whether the rules of modules apply
 * @returns the expression, positions relative to `text`
 * @throws SyntaxError where it is not one expression
 */
export function parseExpression(text: string, strict: boolean): SyntaxNode {
  const options: Options = {
    ecmaVersion: "latest",
    sourceType: strict ? "module" : "script",
    allowSuperOutsideMethod: true,
    checkPrivateFields: false,
  };
  const program: Node & { body?: readonly Node[] } = parse(text, options);
  const statement = (program.body ?? [])[0];
  const expression = statement === undefined
    ? null
    : childOf(statement as unknown as SyntaxNode, "expression");
  if (expression === null || program.body?.length !== 1) {
    throw new SyntaxError("Cannot parse the text: it is not one expression");
  }
  return expression;
}

/**
 * Parses a module.
 *
 * @returns its statements
 * @throws SyntaxError where it is not one
 */
export function parseModule(text: string): SyntaxNode[] {
  return childrenOf(parseProgram(text, true), "body");
}

/**
 * Parses a whole script, a CommonJS module among them, or a module.
 *
 * @throws SyntaxError where it is not one
 */
export function parseProgram(text: string, isModule: boolean): SyntaxNode {
  const program = parse(text, {
    ecmaVersion: "latest",
    sourceType: isModule ? "module" : "script",
    allowReturnOutsideFunction: !isModule,
    allowHashBang: true,
    checkPrivateFields: false,
  });
  return program as unknown as SyntaxNode;
}

/** The node in a property, or null. */
export function childOf(node: SyntaxNode, property: string): SyntaxNode | null {
  const value = node[property];
  return isNode(value) ? value : null;
}

/** The nodes in a property that holds a list; holes are left out. */
export function childrenOf(node: SyntaxNode, property: string): SyntaxNode[] {
  const value = node[property];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Every node directly below, in the order of the text for all that matters here. */
export function allChildren(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) found.push(...value.filter(isNode));
    else if (isNode(value)) found.push(value);
  }
  return found;
}

/** The name that an identifier or a private name carries. */
export function nameOf(node: SyntaxNode): string {
  return typeof node.name === "string" ? node.name : "";
}

/** The text of a string literal; null for anything else. */
export function literalText(node: SyntaxNode | null): string | null {
  return node?.type === "Literal" && typeof node.value === "string"
    ? node.value
    : null;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null &&
    typeof (value as { type?: unknown }).type === "string";
}
