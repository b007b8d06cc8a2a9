import { tokenizer } from "acorn";

/** A place in a text: line from 1, column from 0. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * The tokens of JavaScript, with the places where they begin.
 *
 * @param text a whole text
 * @param sourceType whether the rules of modules apply
 * @returns null for a text that is not JavaScript
 */
export function tokensOf(
  text: string,
  sourceType: "module" | "script",
): (TextPlace & { readonly type: string })[] | null {
  try {
    const tokens = tokenizer(text, {
      ecmaVersion: "latest",
      sourceType,
      locations: true,
      allowHashBang: true,
    });
    return Array.from(tokens, ({ type, loc }) => ({
      type: type.label,
      line: loc?.start.line ?? 0,
      column: loc?.start.column ?? 0,
    }));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
