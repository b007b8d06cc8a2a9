import { behindPipes } from "../../../src/bridge/pipe_program.ts";
const SCRIPT = new URL("child.ts", import.meta.url);
/** A child that takes longer is killed, which its test sees as a wrong code. */
const LIMIT_MS = 60_000;

/** Starts `child.ts`, with all of its streams piped. */
export function startChild(
  args: readonly string[],
  env: Record<string, string> = {},
): Deno.ChildProcess {
  const run = ["run", "--allow-all", "--quiet", SCRIPT.href, ...args];
  const start = args[0]?.startsWith("pipe-")
    ? behindPipes(Deno.execPath(), run)
    : { program: Deno.execPath(), args: run };
  return new Deno.Command(start.program, {
    args: start.args,
    env: { NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(LIMIT_MS),
  }).spawn();
}

/** How a child ended: its code and what it wrote to stderr. */
export async function endOf(
  child: Deno.ChildProcess,
): Promise<{ code: number; text: string }> {
  const [{ code }, text] = await Promise.all([
    child.status,
    new Response(child.stderr).text(),
  ]);
  return { code, text: text.trim() };
}
