/**
 * What a function prints to stdout.
 *
 * @param body the function
 */
export function stdoutOf(body: () => Promise<unknown>): Promise<string> {
  return writtenTo(Deno.stdout, body);
}

/**
 * What is written to stderr while a function runs.
 *
 * @param body the function
 */
export function stderrOf(body: () => Promise<unknown>): Promise<string> {
  return writtenTo(Deno.stderr, body);
}

async function writtenTo(
  stream: { writeSync(bytes: Uint8Array): number },
  body: () => Promise<unknown>,
): Promise<string> {
  const write = stream.writeSync;
  const decoder = new TextDecoder();
  let text = "";
  stream.writeSync = (bytes) => {
    text += decoder.decode(bytes, { stream: true });
    return bytes.length;
  };
  try {
    await body();
  } finally {
    stream.writeSync = write;
  }
  return text;
}
