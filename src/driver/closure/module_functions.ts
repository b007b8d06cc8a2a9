/**
 * Functions at the top level of modules: all of a module share its one scope,
 * so the engine has to be asked for one of them only.
 *
 * @module
 */

import { sourceOf } from "./describe_prototype.ts";
import type {
  AnyFunction,
  FunctionFacts,
  FunctionPlace,
  Script,
} from "./function_facts.ts";
import type { ScopeCopy } from "./scope_copy.ts";
import { lastNotAbove, type ScriptText } from "./script_text.ts";
import {
  childOf,
  childrenOf,
  nameOf,
  parseModule,
  type SyntaxNode,
} from "./syntax_tree.ts";

/** Where a module declares a function whose name always means it. */
interface Declaration {
  readonly name: string;
  /** First character in the module's text. */
  readonly start: number;
  readonly source: string;
}

/** What was found in texts. */
export type DeclarationCache = WeakMap<ScriptText, readonly Declaration[]>;

/** What one capture knows of the modules that it met: their variables are as they were then. */
export class ModuleFunctions {
  readonly #declarations: DeclarationCache;
  readonly #seen = new Set<Script>();
  readonly #facts = new Map<AnyFunction, FunctionFacts>();

  /** @param declarations what earlier captures found in texts; grows */
  constructor(declarations: DeclarationCache) {
    this.#declarations = declarations;
  }

  /** Takes from a function of a module what holds for its neighbors. */
  learn({ place, scopes }: FunctionFacts): void {
    if (place === null || !place.script.isModule) return;
    if (this.#seen.has(place.script)) return;
    const at = scopes.findIndex(({ description }) => description === "Module");
    const module = scopes[at];
    if (module === undefined) return;
    this.#seen.add(place.script);
    const around = scopes.slice(at);
    for (const declaration of this.#declarationsOf(place.text)) {
      this.#add(declaration, place, module, around);
    }
  }

  /** What the engine would tell of a function, where that is known. */
  factsOf(value: AnyFunction): FunctionFacts | undefined {
    return this.#facts.get(value);
  }

  #add(
    { name, start, source }: Declaration,
    place: FunctionPlace,
    module: ScopeCopy,
    scopes: readonly ScopeCopy[],
  ): void {
    const state = module.read(name);
    if (state.kind !== "value") return;
    const { value } = state;
    if (typeof value !== "function" || sourceOf(value) !== source) return;
    const { lines } = place.text;
    const line = lastNotAbove(lines, start);
    const column = start - (lines[line] ?? 0);
    this.#facts.set(value, {
      place: { ...place, line, column },
      scopes,
      bound: null,
    });
  }

  #declarationsOf(text: ScriptText): readonly Declaration[] {
    let found = this.#declarations.get(text);
    if (found === undefined) {
      found = findDeclarations(text.text);
      this.#declarations.set(text, found);
    }
    return found;
  }
}

/** `const` names of function literals, and declared functions and classes. */
function findDeclarations(text: string): Declaration[] {
  let statements: readonly SyntaxNode[];
  try {
    statements = parseModule(text);
  } catch (error) {
    if (error instanceof SyntaxError) return []; // the engine knows more than the parser
    throw error;
  }
  return statements.flatMap((statement) => {
    const inner = childOf(statement, "declaration") ?? statement;
    const id = childOf(inner, "id");
    if (DECLARATIONS.has(inner.type) && id !== null) {
      return [declarationOf(text, nameOf(id), inner)];
    }
    if (inner.type !== "VariableDeclaration" || inner.kind !== "const") {
      return [];
    }
    return childrenOf(inner, "declarations").flatMap((declared) => {
      const [id, init] = [childOf(declared, "id"), childOf(declared, "init")];
      return id?.type === "Identifier" && init !== null &&
          LITERALS.has(init.type)
        ? [declarationOf(text, nameOf(id), init)]
        : [];
    });
  });
}

function declarationOf(
  text: string,
  name: string,
  { start, end }: SyntaxNode,
): Declaration {
  return { name, start, source: text.slice(start, end) };
}

const DECLARATIONS: ReadonlySet<string> = new Set([
  "FunctionDeclaration",
  "ClassDeclaration",
]);

const LITERALS: ReadonlySet<string> = new Set([
  "ArrowFunctionExpression",
  "FunctionExpression",
]);
