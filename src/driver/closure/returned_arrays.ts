import type { OwnArrays } from "../../protocol/own_arrays.ts";
import { parseFunctionText } from "./parse_function.ts";
import {
  allChildren,
  childOf,
  childrenOf,
  type SyntaxNode,
} from "./syntax_tree.ts";

/**
 * Which arrays a function's results are sure to be made of: those that it
 * writes as literals where it returns, which nobody else has seen.
 *
 * @returns null where a result may be something else
 *
 * @example
 * ```ts
 * returnedArrays((x: number) => [x, [x, 1]]); // [null, [null, null]]
 * ```
 */
export function returnedArrays(f: unknown): OwnArrays {
  if (typeof f !== "function") return null;
  const results = resultsOf(Function.prototype.toString.call(f));
  return results.length === 0 ? null : results.map(literalArrays).reduce(both);
}

/** The expressions that a function may return. */
function resultsOf(source: string): SyntaxNode[] {
  const f = functionIn(source);
  const body = f === null ? null : childOf(f, "body");
  if (f === null || body === null || f.async === true || f.generator === true) {
    return [];
  }
  return body.type === "BlockStatement" ? returned(body) : [body];
}

/** The tree of a text that is one function; null for a class, a method and whatever cannot be parsed. */
function functionIn(source: string): SyntaxNode | null {
  try {
    const { node } = parseFunctionText(source, true);
    return FUNCTIONS.has(node.type) ? node : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  "ArrowFunctionExpression",
  "FunctionExpression",
]);

/** What the `return` statements of a block name, without those of functions and classes within. */
function returned(node: SyntaxNode): SyntaxNode[] {
  if (node.type === "ReturnStatement") {
    const result = childOf(node, "argument");
    return result === null ? [] : [result];
  }
  return node.type.includes("Function") || node.type.startsWith("Class")
    ? []
    : allChildren(node).flatMap(returned);
}

function literalArrays(node: SyntaxNode): OwnArrays {
  if (node.type === "ConditionalExpression") {
    const [yes, no] = [childOf(node, "consequent"), childOf(node, "alternate")];
    return yes === null || no === null
      ? null
      : both(literalArrays(yes), literalArrays(no));
  }
  if (node.type !== "ArrayExpression") return null;
  const items = childrenOf(node, "elements");
  // Behind a spread or a hole, the place in the text is not that in the array.
  const isPlain = items.length === (node.elements as unknown[]).length &&
    items.every(({ type }) => type !== "SpreadElement");
  return isPlain ? items.map(literalArrays) : [];
}

/** What holds for either of two results. */
function both(a: OwnArrays, b: OwnArrays): OwnArrays {
  if (a === "all") return b;
  if (b === "all") return a;
  if (a === null || b === null) return null;
  return Array.from(
    { length: Math.min(a.length, b.length) },
    (_, at) => both(a[at] ?? null, b[at] ?? null),
  );
}
