import { platform } from "./platform/deno.ts";

const TEXT = new TextEncoder();

/**
 * Writes a text to stderr at once. The one place that does: a worker's stdout
 * belongs to Spark's protocol.
 *
 * @param text what to write, with its line end
 */
export function writeErrorText(text: string): void {
  platform.writeError(TEXT.encode(text));
}
