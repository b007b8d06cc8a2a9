/**
 * What a function prints to stdout.
 *
 * @param body the function
 */
export async function stdoutOf(body: () => Promise<unknown>): Promise<string> {
  const write = Deno.stdout.writeSync;
  const decoder = new TextDecoder();
  let text = "";
  Deno.stdout.writeSync = (bytes) => {
    text += decoder.decode(bytes, { stream: true });
    return bytes.length;
  };
  try {
    await body();
  } finally {
    Deno.stdout.writeSync = write;
  }
  return text;
}
