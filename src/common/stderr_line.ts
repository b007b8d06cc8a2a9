import process from "node:process";
import { isatty } from "node:tty";

const STDERR = 2;

/** Takes a line of the terminal away, for another one or none. */
export const ERASE_LINE = "\r\x1b[K";

/**
 * Whether stderr is a terminal on which a line can be drawn again.
 *
 * @param env the program's environment
 */
export function canDrawLine(env: Readonly<Record<string, string>>): boolean {
  return isatty(STDERR) && env["TERM"] !== "dumb";
}

/** How many characters a line of the terminal at stderr has. */
export function lineColumns(): number {
  return process.stderr.columns ?? 80;
}
