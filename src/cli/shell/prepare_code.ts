/**
 * What is typed at the prompt as code that an engine evaluates: without types,
 * and without the statements that only modules have.
 *
 * @module
 */

import { type ImportDeclaration, parse, type Program } from "acorn";
import { readTokens } from "./read_tokens.ts";
import { stripTypes } from "./strip_types.ts";

/**
 * Makes JavaScript of TypeScript. `import … from` becomes `await import()`, an
 * `export` before a declaration goes, and an object's literal is a value.
 *
 * @param typed one line or several
 * @returns null when more lines have to follow; what is wrong is left to the
 *   engine, which tells it
 */
export function prepareCode(typed: string): string | null {
  if (/^\s*\{/.test(typed) && !/;\s*$/.test(typed)) {
    const literal = parsed(stripTypes(`(${typed.trimEnd()})`));
    if (literal !== null) return literal.code;
  }
  if (readTokens(typed).isOpen) return null;
  const code = stripTypes(typed);
  if (code === null) return endsEarly(typed) ? null : typed;
  const whole = parsed(code);
  if (whole !== null) return withoutModuleSyntax(code, whole.program);
  return lacksItsEnd(code) ? null : code;
}

/**
 * Writes what relative imports mean into them.
 *
 * @param base address of the folder that they start from
 * @param code JavaScript
 */
export function withImportsFrom(base: string, code: string): string {
  const { tokens } = readTokens(code);
  let written = "";
  let end = 0;
  for (const [at, { type, start, end: next }] of tokens.entries()) {
    const specifier = code.slice(start + 1, next - 1);
    if (
      type.label !== "string" || !/^\.\.?\//.test(specifier) ||
      tokens[at - 1]?.type.label !== "(" ||
      tokens[at - 2]?.type.label !== "import"
    ) continue;
    written += code.slice(end, start) +
      JSON.stringify(new URL(specifier, base).href);
    end = next;
  }
  return written + code.slice(end);
}

const OPTIONS = {
  ecmaVersion: "latest",
  sourceType: "module",
  allowAwaitOutsideFunction: true,
} as const;

function parsed(
  code: string | null,
): { readonly code: string; readonly program: Program } | null {
  if (code === null) return null;
  try {
    return { code, program: parse(code, OPTIONS) };
  } catch {
    return null;
  }
}

/** Whether TypeScript ends in the middle: something put behind it makes it whole. */
function endsEarly(typed: string): boolean {
  return lacksItsEnd(typed) || stripTypes(`${typed}\nx`) !== null;
}

/** Whether the parser stumbles over nothing but the end. */
function lacksItsEnd(code: string): boolean {
  try {
    parse(code, OPTIONS);
    return false;
  } catch (error) {
    return error instanceof SyntaxError && "pos" in error &&
      typeof error.pos === "number" && error.pos >= code.length;
  }
}

function withoutModuleSyntax(code: string, program: Program): string {
  let written = "";
  let end = 0;
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      written += code.slice(end, node.start) + dynamicImport(code, node);
      end = node.end;
    } else if (node.type === "ExportNamedDeclaration" && node.declaration) {
      written += code.slice(end, node.start);
      end = node.declaration.start;
    }
  }
  return written + code.slice(end);
}

function dynamicImport(code: string, node: ImportDeclaration): string {
  const text = (part: { start: number; end: number }): string =>
    code.slice(part.start, part.end);
  const attributes = node.attributes.map(text).join(", ");
  const options = attributes === "" ? "" : `, { with: { ${attributes} } }`;
  const module = `await import(${text(node.source)}${options})`;
  const names: string[] = [];
  let namespace = "";
  for (const specifier of node.specifiers) {
    const local = text(specifier.local);
    if (specifier.type === "ImportNamespaceSpecifier") namespace = local;
    else if (specifier.type === "ImportDefaultSpecifier") {
      names.push(`default: ${local}`);
    } else names.push(`${text(specifier.imported)}: ${local}`);
  }
  const fields = `{ ${names.join(", ")} }`;
  if (node.specifiers.length === 0) return `${module};`;
  if (namespace === "") return `const ${fields} = ${module};`;
  const more = names.length === 0 ? "" : `, ${fields} = ${namespace}`;
  return `const ${namespace} = ${module}${more};`;
}
