/**
 * Gives a program all of its input and waits for its end.
 *
 * @param child has pipes for input and output
 * @param input what it reads
 */
export async function outputWithInput(
  child: Deno.ChildProcess,
  input: string | Uint8Array<ArrayBuffer>,
): Promise<Deno.CommandOutput> {
  const writer = child.stdin.getWriter();
  const bytes = typeof input === "string"
    ? new TextEncoder().encode(input)
    : input;
  await writer.write(bytes);
  await writer.close();
  return await child.output();
}
