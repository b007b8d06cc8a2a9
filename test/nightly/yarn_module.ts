/** Capitals and an exclamation mark. */
export function shout(text: string): string {
  return `${text.toUpperCase()}!`;
}
