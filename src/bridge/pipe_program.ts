/** The descriptors by which a worker without the addon is handed its connection. */
export const PIPES = { input: 3, output: 4 } as const;

/**
 * What starts a program with its pipes away from where functions, and the
 * programs that they start, read and write: standard input is empty, and
 * standard output goes to standard error, since its pipe is the JVM's.
 *
 * @param program path of the program
 * @param args its arguments
 * @returns a command; the process that it becomes is the program itself
 */
export function behindPipes(
  program: string,
  args: readonly string[],
): { readonly program: string; readonly args: string[] } {
  const { input, output } = PIPES;
  const script = `exec "$@" ${input}<&0 ${output}>&1 </dev/null >&2`;
  return { program: "/bin/sh", args: ["-c", script, "sh", program, ...args] };
}
