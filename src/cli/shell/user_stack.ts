/** Where the engine evaluates for us: what is below it in a stack is ours. */
const EVALUATION = /^\s*at (?:Session\.post |.*\(node:repl:)/;

/**
 * Takes from an error's stack what is below the code that was typed.
 *
 * @param error changed in place
 * @returns the error
 */
export function withoutOwnFrames(error: Error): Error {
  const lines = error.stack?.split("\n") ?? [];
  const end = lines.findIndex((line) => EVALUATION.test(line));
  if (end > 0) error.stack = lines.slice(0, end).join("\n");
  return error;
}
