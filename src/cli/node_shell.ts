import process from "node:process";
import { start } from "node:repl";
import { EXIT_CODE } from "./exit_code.ts";
import { openShellSession } from "./shell_session.ts";

/**
 * The prompt of `tspark shell` on Node, in this process.
 *
 * @param env the environment that the driver is to find
 * @returns the exit code once the prompt has ended
 */
export async function openNodeShell(
  env: Readonly<Record<string, string>>,
): Promise<number> {
  Object.assign(process.env, env);
  const session = await openShellSession();
  const ended = Promise.withResolvers<void>();
  // Functions typed here belong to the program's own realm only so.
  const prompt = start({ prompt: "> ", useGlobal: true });
  for (const [name, value] of Object.entries(session)) {
    Object.defineProperty(globalThis, name, { value, enumerable: true });
  }
  prompt.once("exit", () => ended.resolve());
  await ended.promise;
  await session.spark.stop();
  return EXIT_CODE.ok;
}
