/**
 * Runs a program to its end.
 *
 * @param command the program
 * @param args its arguments
 * @param cwd the folder that it runs in
 * @returns what it printed
 * @throws Error with what it printed when it fails
 */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const { success, code, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    cwd,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const text = decoder.decode(stdout);
  if (success) return text;
  throw new Error(
    `Cannot run "${command} ${args.join(" ")}": it ended with ${code}\n${text}${
      decoder.decode(stderr)
    }`,
  );
}
