import { type Token, tokenizer } from "acorn";

/** The tokens of a text that may end anywhere. */
export interface ReadTokens {
  /** Those that are whole, up to the first thing that is none. */
  readonly tokens: readonly Token[];
  /** Which of them are brackets that were not closed, the innermost last. */
  readonly openBrackets: readonly number[];
  /** Where a string begins that does not end, behind its quote; null without one. */
  readonly openString: number | null;
  /** Whether a bracket, a template or a comment does not end. */
  readonly isOpen: boolean;
}

const CLOSED_BY: Readonly<Record<string, string>> = {
  "(": ")",
  "[": "]",
  "{": "}",
  "${": "}",
};
const CLOSERS: ReadonlySet<string> = new Set(Object.values(CLOSED_BY));

/**
 * Reads the tokens of JavaScript or TypeScript.
 *
 * @param text what was typed so far
 */
export function readTokens(text: string): ReadTokens {
  const tokens: Token[] = [];
  const openBrackets: number[] = [];
  let failure: SyntaxError & { pos?: number } | null = null;
  let isMatched = true;
  try {
    for (const token of tokenizer(text, { ecmaVersion: "latest" })) {
      const { label } = token.type;
      if (label in CLOSED_BY) openBrackets.push(tokens.length);
      else if (CLOSERS.has(label)) {
        const opener = tokens[openBrackets.pop() ?? -1]?.type.label ?? "";
        isMatched &&= CLOSED_BY[opener] === label;
      }
      tokens.push(token);
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    failure = error;
  }
  const reason = failure?.message ?? "";
  const isTemplate = reason.startsWith("Unterminated template");
  const isString = reason.startsWith("Unterminated string");
  const at = failure?.pos ?? 0;
  return {
    tokens,
    openBrackets,
    openString: isTemplate ? at : isString ? at + 1 : null,
    isOpen: isMatched &&
      (failure === null
        ? openBrackets.length > 0
        : isTemplate || reason.startsWith("Unterminated comment")),
  };
}
