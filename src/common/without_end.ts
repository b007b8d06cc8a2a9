/**
 * The text without a character at its end, however often it stands there. The
 * pattern `/x+$/` takes time that grows with the square of the `x` within.
 */
export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}
