/** A position in a script; line and column count from 1. */
export interface FramePosition {
  /** Address or path of the script, as the stack names it. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Reads where a line of a stack points to, in time that grows with its length
 * alone: addresses are the user's, and those of `data:` modules hold whole
 * programs.
 *
 * @param line such as `"    at f (file:///app.ts:14:9)"`
 * @returns null for a line that names no position
 */
export function framePosition(line: string): FramePosition | null {
  const frame = line.trim();
  const isInBrackets = frame.endsWith(")");
  const text = isInBrackets ? frame.slice(0, -1) : frame;
  const columnAt = text.lastIndexOf(":");
  const lineAt = text.lastIndexOf(":", columnAt - 1);
  if (lineAt <= 0 || columnAt <= lineAt) return null;
  const [row, column] = [
    text.slice(lineAt + 1, columnAt),
    text.slice(columnAt + 1),
  ];
  if (!isNumber(row) || !isNumber(column)) return null;
  const url = placeIn(text.slice(0, lineAt), isInBrackets);
  return url === "" ? null : { url, line: Number(row), column: Number(column) };
}

/** What stands behind `at`, or in the brackets behind a function's name. */
function placeIn(text: string, isInBrackets: boolean): string {
  if (isInBrackets) {
    const inner = text.slice(text.indexOf(" (") + 2);
    return inner.startsWith("eval at ")
      ? inner.slice(inner.lastIndexOf(", ") + 2)
      : inner;
  }
  return ["at ", "async "].reduce(
    (left, word) => left.startsWith(word) ? left.slice(word.length) : left,
    text,
  );
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
