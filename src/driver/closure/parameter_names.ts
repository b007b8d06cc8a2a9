import { parseFunctionText } from "./parse_function.ts";
import { childOf, childrenOf, nameOf, type SyntaxNode } from "./syntax_tree.ts";

/**
 * The names of a function's parameters, as its text has them: null for a
 * pattern, none for a rest parameter.
 *
 * @param f the function, or a class
 * @param method the method whose parameters these are where it is a class
 * @returns null where there is no text, as of native and bound functions
 */
export function parameterNames(
  f: unknown,
  method: string,
): readonly (string | null)[] | null {
  if (typeof f !== "function") return null;
  const node = parsed(Function.prototype.toString.call(f));
  const callee = node === null ? null : calleeOf(node, method);
  if (callee === null) return null;
  return childrenOf(callee, "params")
    .filter(({ type }) => type !== "RestElement")
    .map((parameter) => {
      const named = parameter.type === "AssignmentPattern"
        ? childOf(parameter, "left")
        : parameter;
      return named?.type === "Identifier" ? nameOf(named) : null;
    });
}

function parsed(source: string): SyntaxNode | null {
  for (const strict of [true, false]) {
    try {
      return parseFunctionText(source, strict).node;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return null; // native code among others
}

function calleeOf(node: SyntaxNode, method: string): SyntaxNode | null {
  switch (node.type) {
    case "ObjectExpression": {
      const [member] = childrenOf(node, "properties");
      return member === undefined ? null : childOf(member, "value");
    }
    case "ClassExpression": {
      const body = childOf(node, "body");
      const found = body === null
        ? undefined
        : childrenOf(body, "body").find((element) => {
          const key = childOf(element, "key");
          return element.static !== true && element.computed !== true &&
            key !== null && nameOf(key) === method;
        });
      return found === undefined ? null : childOf(found, "value");
    }
    default:
      return node;
  }
}
