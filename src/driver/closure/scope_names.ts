/**
 * Which names a scope declares: parameters, patterns, hoisted variables and
 * the lexical declarations of a block.
 *
 * @module
 */

import {
  allChildren,
  childOf,
  childrenOf,
  nameOf,
  type SyntaxNode,
} from "./syntax_tree.ts";

/** Adds the names that a binding pattern declares. */
export function addPatternNames(
  pattern: SyntaxNode | null,
  names: Set<string>,
): void {
  if (pattern === null) return;
  switch (pattern.type) {
    case "Identifier":
      names.add(nameOf(pattern));
      return;
    case "ObjectPattern":
      for (const property of childrenOf(pattern, "properties")) {
        addPatternNames(
          property.type === "RestElement"
            ? property
            : childOf(property, "value"),
          names,
        );
      }
      return;
    case "ArrayPattern":
      for (const element of childrenOf(pattern, "elements")) {
        addPatternNames(element, names);
      }
      return;
    case "RestElement":
      addPatternNames(childOf(pattern, "argument"), names);
      return;
    case "AssignmentPattern":
      addPatternNames(childOf(pattern, "left"), names);
      return;
  }
}

/** Adds what `let`, `const`, `class`, `using` and functions declare directly among these statements. */
export function addLexicalNames(
  statements: readonly SyntaxNode[],
  names: Set<string>,
): void {
  for (const statement of statements) {
    if (
      statement.type === "ClassDeclaration" ||
      statement.type === "FunctionDeclaration"
    ) {
      addPatternNames(childOf(statement, "id"), names);
    } else if (
      statement.type === "VariableDeclaration" && statement.kind !== "var"
    ) {
      addDeclarationNames(statement, names);
    } else if (statement.type === "LabeledStatement") {
      const body = childOf(statement, "body");
      if (body !== null) addLexicalNames([body], names);
    }
  }
}

/** Adds the names of one variable declaration. */
export function addDeclarationNames(
  declaration: SyntaxNode,
  names: Set<string>,
): void {
  for (const declarator of childrenOf(declaration, "declarations")) {
    addPatternNames(childOf(declarator, "id"), names);
  }
}

/** Adds what `var` declares anywhere below, functions and classes left out. */
export function addHoistedNames(node: SyntaxNode, names: Set<string>): void {
  if (isFunction(node) || node.type.startsWith("Class")) return;
  if (node.type === "VariableDeclaration" && node.kind === "var") {
    addDeclarationNames(node, names);
  }
  for (const child of allChildren(node)) addHoistedNames(child, names);
}

/** Whether the node is a function of any form. */
export function isFunction(node: SyntaxNode): boolean {
  return node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression";
}
