import assert from "node:assert/strict";

/**
 * Runs a program of `examples/` to its end.
 *
 * @param name file name of the example
 * @param args its arguments
 * @returns the lines that it prints
 */
export async function runExample(
  name: string,
  ...args: readonly string[]
): Promise<string[]> {
  const script = new URL(`../../examples/${name}`, import.meta.url);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", script.href, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trimEnd().split("\n");
}
