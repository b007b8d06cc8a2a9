import { platform } from "../common/platform/deno.ts";

/**
 * Writes a line to stdout: what a command was asked for.
 *
 * @param text the line, or several
 */
export function say(text: string): void {
  platform.writeOutput(`${text}\n`);
}

/**
 * Writes a line to stderr: what goes on, and what went wrong.
 *
 * @param text the line, or several
 */
export function note(text: string): void {
  platform.writeError(new TextEncoder().encode(`${text}\n`));
}
