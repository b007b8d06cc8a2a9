/**
 * Positions in a text that a tool has printed anew to positions in the text
 * that it has read: the tokens are the same, except for what printers add.
 *
 * @module
 */

import { type TextPlace, tokensOf } from "./tokens.ts";

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
  const [from, to] = [alignable(printed), alignable(original)];
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

function alignable(text: string): ReturnType<typeof tokensOf> {
  return tokensOf(text, "module")?.filter(({ type }) => !OPTIONAL.has(type)) ??
    null;
}
