/**
 * Where names are bound in a syntax tree: by declarations, imports and exports.
 *
 * @module
 */

import { isFunction } from "./scope_names.ts";
import {
  allChildren,
  childOf,
  childrenOf,
  literalText,
  nameOf,
  type SyntaxNode,
} from "./syntax_tree.ts";

/** The place that declares a name. */
export interface Binding {
  /** The name where it is declared; the whole export where that has none; what fills an `enum`. */
  readonly node: SyntaxNode;
  /** Whether it is what compilers make of an `enum` or a `namespace`. */
  readonly isFilledLater: boolean;
}

/** What a module takes from another. */
export interface ImportedName {
  /** As the import writes the module. */
  readonly specifier: string;
  /** The export; null for all of them as a namespace. */
  readonly name: string | null;
}

/** The declaration of a name by a scope itself, not by what lies within it. */
export function bindingOf(scope: SyntaxNode, name: string): Binding | null {
  const declared = declaredIn(scope, name);
  if (declared !== null) return declared;
  return scope.type === "Program" || isFunction(scope)
    ? hoistedIn(scope, name, scope)
    : null;
}

/** What an import declaration makes of a name; null where none declares it. */
export function importedName(
  program: SyntaxNode,
  name: string,
): ImportedName | null {
  for (const statement of childrenOf(program, "body")) {
    if (statement.type !== "ImportDeclaration") continue;
    const specifier = literalText(childOf(statement, "source"));
    const found = childrenOf(statement, "specifiers").find((item) =>
      nameIn(item, "local") === name
    );
    if (found === undefined || specifier === null) continue;
    switch (found.type) {
      case "ImportDefaultSpecifier":
        return { specifier, name: "default" };
      case "ImportNamespaceSpecifier":
        return { specifier, name: null };
      default:
        return { specifier, name: nameIn(found, "imported") };
    }
  }
  return null;
}

/** The declaration that a module exports under a name, or the module that it comes from. */
export function exportedBinding(
  program: SyntaxNode,
  name: string,
): Binding | ImportedName | null {
  for (const statement of childrenOf(program, "body")) {
    const declaration = childOf(statement, "declaration");
    if (statement.type === "ExportDefaultDeclaration" && name === "default") {
      const id = declaration === null ? null : childOf(declaration, "id");
      return declaration?.type === "Identifier"
        ? exportedLocal(program, nameOf(declaration))
        : { node: id ?? statement, isFilledLater: false };
    }
    if (statement.type !== "ExportNamedDeclaration") continue;
    if (declaration !== null) {
      const found = declaredBy(declaration, name, program);
      if (found !== null) return found;
    }
    const specifier = literalText(childOf(statement, "source"));
    const found = childrenOf(statement, "specifiers").find((item) =>
      nameIn(item, "exported") === name
    );
    if (found === undefined) continue;
    const local = nameIn(found, "local");
    return specifier === null
      ? exportedLocal(program, local)
      : { specifier, name: local };
  }
  return null;
}

/** The modules of which a module exports everything. */
export function exportsOfAll(program: SyntaxNode): string[] {
  return childrenOf(program, "body").flatMap((statement) =>
    statement.type === "ExportAllDeclaration" &&
      childOf(statement, "exported") === null
      ? literalText(childOf(statement, "source")) ?? []
      : []
  );
}

function exportedLocal(
  program: SyntaxNode,
  name: string,
): Binding | ImportedName | null {
  return bindingOf(program, name) ?? importedName(program, name);
}

/** A name of an import or export, which may be written as a text. */
function nameIn(item: SyntaxNode, property: string): string {
  const node = childOf(item, property);
  return node === null ? "" : literalText(node) ?? nameOf(node);
}

function declaredIn(scope: SyntaxNode, name: string): Binding | null {
  switch (scope.type) {
    case "Program":
    case "BlockStatement":
    case "StaticBlock":
      return declaredAmong(childrenOf(scope, "body"), name, scope);
    case "SwitchStatement":
      return declaredAmong(
        childrenOf(scope, "cases").flatMap((c) => childrenOf(c, "consequent")),
        name,
        scope,
      );
    case "ForStatement":
      return declaredAmong(listOf(scope, "init"), name, scope);
    case "ForInStatement":
    case "ForOfStatement":
      return declaredAmong(listOf(scope, "left"), name, scope);
    case "CatchClause":
      return boundBy(childOf(scope, "param"), name);
    case "ClassDeclaration":
    case "ClassExpression":
      return boundBy(childOf(scope, "id"), name);
    default:
      if (!isFunction(scope)) return null;
      return firstOf(
        [childOf(scope, "id"), ...childrenOf(scope, "params")],
        (pattern) => boundBy(pattern, name),
      );
  }
}

function declaredAmong(
  statements: readonly SyntaxNode[],
  name: string,
  scope: SyntaxNode,
): Binding | null {
  return firstOf(
    statements,
    (statement) =>
      declaredBy(childOf(statement, "declaration") ?? statement, name, scope),
  );
}

function declaredBy(
  declaration: SyntaxNode,
  name: string,
  scope: SyntaxNode,
): Binding | null {
  switch (declaration.type) {
    case "ClassDeclaration":
    case "FunctionDeclaration":
      return boundBy(childOf(declaration, "id"), name);
    case "VariableDeclaration":
      return firstOf(childrenOf(declaration, "declarations"), (declarator) => {
        const found = boundBy(childOf(declarator, "id"), name);
        if (found === null || declaration.kind !== "var") return found;
        const filled = fillingOf(childOf(declarator, "init"), name, scope);
        // Compilers put the bare variable anywhere.
        return filled === null ? found : { node: filled, isFilledLater: true };
      });
    default:
      return null;
  }
}

/** A `var` anywhere below, functions and classes left out. */
function hoistedIn(
  node: SyntaxNode,
  name: string,
  scope: SyntaxNode,
): Binding | null {
  if (node !== scope && (isFunction(node) || node.type.startsWith("Class"))) {
    return null;
  }
  if (node.type === "VariableDeclaration" && node.kind === "var") {
    return declaredBy(node, name, scope);
  }
  return firstOf(allChildren(node), (child) => hoistedIn(child, name, scope));
}

/** The identifier in a pattern that binds the name. */
function boundBy(pattern: SyntaxNode | null, name: string): Binding | null {
  switch (pattern?.type) {
    case "Identifier":
      return nameOf(pattern) === name
        ? { node: pattern, isFilledLater: false }
        : null;
    case "ObjectPattern":
      return firstOf(
        childrenOf(pattern, "properties"),
        (property) => boundBy(childOf(property, "value") ?? property, name),
      );
    case "ArrayPattern":
      return firstOf(
        childrenOf(pattern, "elements"),
        (element) => boundBy(element, name),
      );
    case "RestElement":
      return boundBy(childOf(pattern, "argument"), name);
    case "AssignmentPattern":
      return boundBy(childOf(pattern, "left"), name);
    default:
      return null;
  }
}

/**
 * `var Name = function (Name) { … }(Name || {})`, where exported `({})`, or
 * `var Name;` and then `(function (Name) { … })(Name || (Name = {}))`.
 */
function fillingOf(
  init: SyntaxNode | null,
  name: string,
  scope: SyntaxNode,
): SyntaxNode | null {
  if (init !== null) return filling(init, name);
  const body = childOf(scope, "body");
  return firstOf(childrenOf(body ?? scope, "body"), (statement) => {
    const call = childOf(statement, "expression");
    return statement.type === "ExpressionStatement" && call !== null
      ? filling(call, name)
      : null;
  });
}

/** The parameter of such a call's function: source maps lead from it to the name. */
function filling(call: SyntaxNode, name: string): SyntaxNode | null {
  const callee = childOf(call, "callee");
  const [given, ...others] = childrenOf(call, "arguments");
  if (call.type !== "CallExpression" || given === undefined) return null;
  if (callee === null || !isFunction(callee) || others.length > 0) return null;
  const [own, ...more] = childrenOf(callee, "params");
  const left = childOf(given, "left");
  const fills = given.type === "LogicalExpression"
    ? left !== null && nameOf(left) === name
    : given.type === "ObjectExpression" &&
      childrenOf(given, "properties").length === 0 &&
      more.length === 0;
  return fills ? own ?? callee : null;
}

function listOf(node: SyntaxNode, property: string): SyntaxNode[] {
  const child = childOf(node, property);
  return child === null ? [] : [child];
}

function firstOf<T, R>(
  items: readonly T[],
  find: (item: T) => R | null,
): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
