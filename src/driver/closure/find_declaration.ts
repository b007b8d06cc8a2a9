/**
 * Finds where a name that a function uses is declared: in its own script, or
 * in the module that its script imports it from.
 *
 * @module
 */

import type {
  FunctionPlace,
  LoadedText,
  ScriptPlace,
} from "./function_facts.ts";
import { lastNotAbove, type ScriptText } from "./script_text.ts";
import {
  bindingOf,
  exportedBinding,
  exportsOfAll,
  type ImportedName,
  importedName,
} from "./module_bindings.ts";
import { allChildren, parseProgram, type SyntaxNode } from "./syntax_tree.ts";

/** Where a name is declared, in the text that the engine has loaded. */
export interface DeclarationPlace extends ScriptPlace {
  /** Whether it is what compilers make of an `enum` or a `namespace`, which is undefined until it runs. */
  readonly isFilledLater: boolean;
}

/** Looks declarations up in the texts of one program. */
export class DeclarationFinder {
  readonly #textOf: (url: string) => Promise<LoadedText | null>;
  readonly #programs = new WeakMap<ScriptText, SyntaxNode | null>();

  /** @param textOf the text of the script with an address, if the engine has loaded it */
  constructor(textOf: (url: string) => Promise<LoadedText | null>) {
    this.#textOf = textOf;
  }

  /**
   * Looks for the declaration of a name.
   *
   * @param path the name; or that of a namespace, then an export of it
   * @param user the function that uses it
   * @returns null where the text does not tell
   */
  async find(
    [name = "", member]: readonly string[],
    user: FunctionPlace,
  ): Promise<DeclarationPlace | null> {
    const program = this.#program(user);
    if (program === null) return null;
    const offset = (user.text.lines[user.line] ?? 0) + user.column;
    const binding = nodesAround(program, offset)
      .map((node) => bindingOf(node, name))
      .findLast((found) => found !== null);
    if (binding !== undefined && binding !== null) {
      return member === undefined ? placeOf(user, binding) : null;
    }
    const imported = importedName(program, name);
    if (imported === null) return null;
    return imported.name !== null
      ? await this.#follow(user, imported)
      : member === undefined
      ? null
      : await this.#follow(user, { ...imported, name: member });
  }

  /** The declaration behind an import, through modules that pass it on. */
  async #follow(
    from: LoadedText,
    { specifier, name }: ImportedName,
    seen: Set<string> = new Set(),
  ): Promise<DeclarationPlace | null> {
    const url = addressOf(specifier, from.script.url);
    const key = `${url} ${name}`;
    if (url === null || name === null || seen.has(key)) return null;
    seen.add(key);
    const module = await this.#textOf(url);
    const program = module === null ? null : this.#program(module);
    if (module === null || program === null) return null;
    const found = exportedBinding(program, name);
    if (found !== null && "specifier" in found) {
      return await this.#follow(module, found, seen);
    }
    if (found !== null) return placeOf(module, found);
    for (const specifier of exportsOfAll(program)) {
      const place = await this.#follow(module, { specifier, name }, seen);
      if (place !== null) return place;
    }
    return null;
  }

  #program({ script, text }: LoadedText): SyntaxNode | null {
    let program = this.#programs.get(text);
    if (program === undefined) {
      program = tryParse(text.text, script.isModule);
      this.#programs.set(text, program);
    }
    return program;
  }
}

function tryParse(text: string, isModule: boolean): SyntaxNode | null {
  try {
    return parseProgram(text, isModule);
  } catch (error) {
    if (error instanceof SyntaxError) return null; // the engine knows more than the parser
    throw error;
  }
}

/** The program and everything within it that has the offset inside, from the outermost. */
function nodesAround(program: SyntaxNode, offset: number): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  for (let node: SyntaxNode | undefined = program; node !== undefined;) {
    nodes.push(node);
    node = allChildren(node).find(({ start, end }) =>
      start < offset && offset < end
    );
  }
  return nodes;
}

function placeOf(
  { script, text }: LoadedText,
  binding: { readonly node: SyntaxNode; readonly isFilledLater: boolean },
): DeclarationPlace {
  const { start } = binding.node;
  const line = lastNotAbove(text.lines, start);
  return {
    script,
    line,
    column: start - (text.lines[line] ?? 0),
    isFilledLater: binding.isFilledLater,
  };
}

function addressOf(specifier: string, from: string): string | null {
  return URL.canParse(specifier, from) && /^\.{0,2}\/|^\w+:/.test(specifier)
    ? new URL(specifier, from).href
    : null;
}
