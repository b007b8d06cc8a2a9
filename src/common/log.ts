const TEXT = new TextEncoder();

/**
 * Writes a text to stderr at once. The one place that does: a worker's stdout
 * belongs to Spark's protocol.
 *
 * @param text what to write, with its line end
 */
export function writeErrorText(text: string): void {
  const bytes = TEXT.encode(text);
  for (let at = 0; at < bytes.length;) {
    at += Deno.stderr.writeSync(bytes.subarray(at));
  }
}
