import { describeSite } from "./call_site.ts";

/**
 * What Spark says of the expression that failed: the method, and where the
 * program called it.
 *
 * Peer: `DataFrameQueryContext.summary`, 4.0 and later.
 */
const CONTEXT = /\n== DataFrame ==\n"(.*)" was called from\n(.+)/g;
/** A frame of the JVM's own stack, which stands where the program told no line. */
const JVM_FRAME = /^[\w.$/@]+\(.*\)$/;

/**
 * A message that tells its expressions as it tells operations: `in divide() at
 * app.ts:12:9`.
 *
 * @param message what an exception says
 */
export function placedContexts(message: string): string {
  return message.replace(CONTEXT, (_, method: string, position: string) => {
    const operation = `${method}()`;
    return JVM_FRAME.test(position)
      ? `\n  in ${operation} of a column`
      : `\n  in ${describeSite({ operation, position })}`;
  });
}

/**
 * The expressions of the program that a message names, as frames of a stack.
 *
 * @param message what an exception says
 */
export function contextFrames(message: string): string {
  const frames = [...message.matchAll(CONTEXT)].flatMap(
    ([, method = "", position = ""]) =>
      JVM_FRAME.test(position) ? [] : [`    at ${method}() (${position})`],
  );
  return [...new Set(frames)].join("\n");
}
