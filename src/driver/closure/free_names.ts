/**
 * Finds the names that an expression takes from outside itself, with how it
 * uses them.
 *
 * @module
 */

import {
  addUse,
  type FreeName,
  type FreeNames,
  type ImportUse,
  newFreeName,
  type UseDetails,
} from "./free_name.ts";
import {
  addDeclarationNames,
  addHoistedNames,
  addLexicalNames,
  addPatternNames,
  isFunction,
} from "./scope_names.ts";
import {
  allChildren,
  childOf,
  childrenOf,
  literalText,
  nameOf,
  type SyntaxNode,
} from "./syntax_tree.ts";

/**
 * Walks a function or a class.
 *
 * @param root the function or class; for a member of an object literal the
 * function that is its value, so that `super` counts as taken from outside
 */
export function findFreeNames(root: SyntaxNode): FreeNames {
  const finder = new NameFinder();
  finder.visit(root, { names: new Set(), above: null }, OUTERMOST);
  return finder;
}

interface Scope {
  readonly names: ReadonlySet<string>;
  readonly above: Scope | null;
}

/** What surrounds a node, beside the scopes. */
interface Surroundings {
  /** Whether `this` is that of the text's surroundings. */
  readonly lexicalThis: boolean;
  /** Whether it runs when the text is evaluated. */
  readonly eager: boolean;
  /** Whether no class or object literal of the text gives `super` a meaning. */
  readonly homeless: boolean;
  /** Private names in sight. */
  readonly privateNames: ReadonlySet<string>;
}

const OUTERMOST: Surroundings = {
  lexicalThis: true,
  eager: true,
  homeless: true,
  privateNames: new Set(),
};

class NameFinder implements FreeNames {
  readonly names = new Map<string, FreeName>();
  readonly lexical = new Set<string>();
  thisMembers: Set<string> | null = new Set();
  readonly thisUses: number[] = [];
  writes = false;
  readonly privateNames = new Set<string>();
  readonly importMeta: number[] = [];
  readonly imports: ImportUse[] = [];

  visit(node: SyntaxNode, scope: Scope, around: Surroundings): void {
    if (isFunction(node)) return this.#function(node, scope, around);
    switch (node.type) {
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#class(node, scope, around);
      case "Identifier":
        return this.#use(node, scope, around, {});
      case "PrivateIdentifier":
        if (!around.privateNames.has(nameOf(node))) {
          this.privateNames.add(nameOf(node));
        }
        return;
      case "ThisExpression":
        return this.#this(node, around, null);
      case "Super":
        if (around.homeless) this.lexical.add("super");
        return;
      case "MetaProperty":
        return this.#metaProperty(node, around);
      case "ImportExpression":
        this.imports.push({
          start: node.start,
          specifier: literalText(childOf(node, "source")),
        });
        return this.#children(node, scope, around);
      case "MemberExpression":
        return this.#member(node, scope, around);
      case "CallExpression":
      case "TaggedTemplateExpression":
        return this.#call(node, scope, around);
      case "Property":
      case "MethodDefinition":
      case "PropertyDefinition":
        return this.#property(node, scope, around);
      case "AssignmentExpression":
        this.writes = true;
        this.#target(childOf(node, "left"), scope, around);
        return this.#child(node, "right", scope, around);
      case "UpdateExpression":
        this.writes = true;
        return this.#target(childOf(node, "argument"), scope, around);
      case "LabeledStatement":
        return this.#child(node, "body", scope, around);
      case "BreakStatement":
      case "ContinueStatement":
        return;
      case "VariableDeclarator":
        this.#pattern(childOf(node, "id"), scope, around);
        return this.#child(node, "init", scope, around);
      case "CatchClause": {
        const names = new Set<string>();
        addPatternNames(childOf(node, "param"), names);
        const inner = { names, above: scope };
        this.#pattern(childOf(node, "param"), inner, around);
        return this.#child(node, "body", inner, around);
      }
      case "BlockStatement":
        return this.#block(node, childrenOf(node, "body"), scope, around);
      case "SwitchStatement":
        return this.#block(
          node,
          childrenOf(node, "cases").flatMap((c) => childrenOf(c, "consequent")),
          scope,
          around,
        );
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
        return this.#loop(node, scope, around);
      default:
        return this.#children(node, scope, around);
    }
  }

  #children(node: SyntaxNode, scope: Scope, around: Surroundings): void {
    for (const child of allChildren(node)) this.visit(child, scope, around);
  }

  #child(
    node: SyntaxNode,
    property: string,
    scope: Scope,
    around: Surroundings,
  ): void {
    const child = childOf(node, property);
    if (child !== null) this.visit(child, scope, around);
  }

  #function(node: SyntaxNode, scope: Scope, around: Surroundings): void {
    const isArrow = node.type === "ArrowFunctionExpression";
    const names = new Set<string>(isArrow ? [] : ["arguments"]);
    if (node.type === "FunctionExpression") {
      addPatternNames(childOf(node, "id"), names);
    }
    const params = childrenOf(node, "params");
    for (const param of params) addPatternNames(param, names);
    const body = childOf(node, "body");
    if (body?.type === "BlockStatement") addHoistedNames(body, names);
    const inner: Scope = { names, above: scope };
    const within: Surroundings = {
      ...around,
      eager: false,
      lexicalThis: isArrow && around.lexicalThis,
    };
    for (const param of params) this.#pattern(param, inner, within);
    if (body !== null) this.visit(body, inner, within);
  }

  #class(node: SyntaxNode, scope: Scope, around: Surroundings): void {
    const names = new Set<string>();
    addPatternNames(childOf(node, "id"), names);
    const inner: Scope = { names, above: scope };
    this.#child(node, "superClass", inner, around);
    const body = childOf(node, "body");
    const elements = body === null ? [] : childrenOf(body, "body");
    const declared = elements.map((element) => childOf(element, "key"))
      .filter((key) => key?.type === "PrivateIdentifier")
      .map((key) => key === null ? "" : nameOf(key));
    const within = {
      ...around,
      homeless: false,
      privateNames: new Set([...around.privateNames, ...declared]),
    };
    for (const element of elements) {
      if (element.type === "StaticBlock") {
        const hoisted = new Set<string>();
        for (const part of childrenOf(element, "body")) {
          addHoistedNames(part, hoisted);
        }
        this.#block(
          element,
          childrenOf(element, "body"),
          { names: hoisted, above: inner },
          { ...within, lexicalThis: false },
        );
      } else this.visit(element, inner, within);
    }
  }

  #property(node: SyntaxNode, scope: Scope, around: Surroundings): void {
    const key = childOf(node, "key");
    const value = childOf(node, "value");
    if (node.shorthand === true && value !== null) {
      if (value.type === "Identifier") {
        this.#use(value, scope, around, { as: "shorthand" });
      } else this.visit(value, scope, around);
      return;
    }
    if (node.computed === true && key !== null) this.visit(key, scope, around);
    if (value === null) return;
    const isField = node.type === "PropertyDefinition";
    const isMethod = node.method === true || node.kind === "get" ||
      node.kind === "set";
    this.visit(value, scope, {
      ...around,
      homeless: around.homeless && !isMethod,
      // The value of a field runs once for each object, with the object as this.
      lexicalThis: around.lexicalThis && !isField,
      eager: around.eager && (!isField || node.static === true),
    });
  }

  #this(node: SyntaxNode, around: Surroundings, member: string | null): void {
    if (!around.lexicalThis) return;
    this.thisUses.push(node.start);
    this.lexical.add("this");
    if (member === null) this.thisMembers = null;
    else this.thisMembers?.add(member);
  }

  /** @param acts whether the property is written, or called as a method */
  #member(
    node: SyntaxNode,
    scope: Scope,
    around: Surroundings,
    acts = false,
  ): void {
    const object = childOf(node, "object");
    const property = childOf(node, "property");
    const fixed = node.computed === true || property === null
      ? literalText(property)
      : nameOf(property);
    if (object?.type === "Identifier" && fixed !== null) {
      this.#use(object, scope, around, { member: fixed, acts });
    } else if (object?.type === "ThisExpression") {
      this.#this(object, around, acts ? null : fixed);
    } else if (object !== null) this.visit(object, scope, around);
    if (node.computed === true || property?.type === "PrivateIdentifier") {
      this.#child(node, "property", scope, around);
    }
  }

  #call(node: SyntaxNode, scope: Scope, around: Surroundings): void {
    const property = node.type === "CallExpression" ? "callee" : "tag";
    const callee = childOf(node, property);
    if (callee?.type === "Identifier") {
      this.#use(callee, scope, around, { as: "callee" });
    } else if (callee?.type === "MemberExpression") {
      this.#member(callee, scope, around, true);
    } else if (callee !== null) this.visit(callee, scope, around);
    for (const child of allChildren(node)) {
      if (child !== callee) this.visit(child, scope, around);
    }
  }

  #metaProperty(node: SyntaxNode, around: Surroundings): void {
    const meta = childOf(node, "meta");
    if (meta !== null && nameOf(meta) === "import") {
      this.importMeta.push(node.start);
    } else if (around.lexicalThis) this.lexical.add("new.target");
  }

  #block(
    node: SyntaxNode,
    statements: readonly SyntaxNode[],
    scope: Scope,
    around: Surroundings,
  ): void {
    const names = new Set<string>();
    addLexicalNames(statements, names);
    this.#children(node, { names, above: scope }, around);
  }

  #loop(node: SyntaxNode, scope: Scope, around: Surroundings): void {
    const head = childOf(node, node.type === "ForStatement" ? "init" : "left");
    const names = new Set<string>();
    const declares = head?.type === "VariableDeclaration";
    if (head !== null && declares && head.kind !== "var") {
      addDeclarationNames(head, names);
    }
    const inner = { names, above: scope };
    for (const child of allChildren(node)) {
      if (child === head && !declares && node.type !== "ForStatement") {
        this.#target(child, inner, around);
      } else this.visit(child, inner, around);
    }
  }

  /** A pattern that declares: only defaults and computed keys take names. */
  #pattern(
    node: SyntaxNode | null,
    scope: Scope,
    around: Surroundings,
    assigns = false,
  ): void {
    if (node === null) return;
    switch (node.type) {
      case "Identifier":
        if (assigns) this.#use(node, scope, around, { assigned: true });
        return;
      case "ObjectPattern":
        for (const property of childrenOf(node, "properties")) {
          this.#patternProperty(property, scope, around, assigns);
        }
        return;
      case "ArrayPattern":
        for (const element of childrenOf(node, "elements")) {
          this.#pattern(element, scope, around, assigns);
        }
        return;
      case "RestElement":
        return this.#pattern(childOf(node, "argument"), scope, around, assigns);
      case "AssignmentPattern":
        this.#pattern(childOf(node, "left"), scope, around, assigns);
        return this.#child(node, "right", scope, around);
      case "MemberExpression":
        return this.#member(node, scope, around, true);
      default:
        return this.visit(node, scope, around);
    }
  }

  #patternProperty(
    property: SyntaxNode,
    scope: Scope,
    around: Surroundings,
    assigns: boolean,
  ): void {
    if (property.type === "RestElement") {
      return this.#pattern(property, scope, around, assigns);
    }
    if (property.computed === true) {
      this.#child(property, "key", scope, around);
    }
    const value = childOf(property, "value");
    const name = value?.type === "AssignmentPattern"
      ? childOf(value, "left")
      : value;
    if (assigns && property.shorthand === true && name !== null) {
      this.#use(name, scope, around, { as: "shorthand", assigned: true });
      if (value !== name && value !== null) {
        this.#child(value, "right", scope, around);
      }
    } else this.#pattern(value, scope, around, assigns);
  }

  #target(node: SyntaxNode | null, scope: Scope, around: Surroundings): void {
    this.#pattern(node, scope, around, true);
  }

  #use(
    node: SyntaxNode,
    scope: Scope,
    around: Surroundings,
    how: UseDetails,
  ): void {
    const name = nameOf(node);
    for (let s: Scope | null = scope; s !== null; s = s.above) {
      if (s.names.has(name)) return;
    }
    if (name === "arguments") {
      if (around.lexicalThis) this.lexical.add("arguments");
      return;
    }
    let free = this.names.get(name);
    if (free === undefined) {
      free = newFreeName(name);
      this.names.set(name, free);
    }
    addUse(free, node.start, how);
    free.eager ||= around.eager;
  }
}
