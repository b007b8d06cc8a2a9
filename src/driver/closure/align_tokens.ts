/**
 * Positions in a text that a tool has printed anew to positions in the text
 * that it has read: the tokens are the same, except for what printers add.
 *
 * @module
 */

import { tokenizer } from "acorn";

/** A place in a text: line from 1, column from 0. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * The place of the same token in the original text.
 *
 * @param printed the text as it was printed
 * @param original the text as it was read
 * @param place where in the printed one
 * @returns null where the two are not the same program
 */
export function alignPlace(
  printed: string,
  original: string,
  place: TextPlace,
): TextPlace | null {
  const [from, to] = [tokensOf(printed), tokensOf(original)];
  if (from === null || to === null || from.length !== to.length) return null;
  const at = from.findLastIndex(({ line, column }) =>
    line < place.line || (line === place.line && column <= place.column)
  );
  const found = to[at];
  return found === undefined || found.type !== from[at]?.type
    ? null
    : { line: found.line, column: found.column };
}

/** Brackets and separators are what printers add and leave out. */
const OPTIONAL: ReadonlySet<string> = new Set([";", ",", "(", ")", "{", "}"]);

function tokensOf(text: string): (TextPlace & { type: string })[] | null {
  try {
    const tokens = tokenizer(text, {
      ecmaVersion: "latest",
      sourceType: "module",
      locations: true,
      allowHashBang: true,
    });
    return Array.from(tokens, ({ type, loc }) => ({
      type: type.label,
      line: loc?.start.line ?? 0,
      column: loc?.start.column ?? 0,
    })).filter(({ type }) => !OPTIONAL.has(type));
  } catch (error) {
    if (error instanceof SyntaxError) return null; // not JavaScript
    throw error;
  }
}
