import process from "node:process";
import { platform } from "../common/platform/deno.ts";
import { runAtTerminal } from "./child_process.ts";
import { configFlags } from "./program_command.ts";
import { sparkEnvironment } from "./spark_options.ts";

/**
 * `tspark shell`: a prompt that has `spark`, `sc`, `F` and `types`.
 *
 * @param options what commander read of the options of Spark
 * @returns the exit code of the prompt
 * @throws SparkError when an option is wrong
 */
export async function openShell(options: object): Promise<number> {
  const env = sparkEnvironment(
    options,
    platform.environment(),
    "tspark shell",
  );
  if (!("deno" in process.versions)) {
    const { openNodeShell } = await import("./node_shell.ts");
    return await openNodeShell(env);
  }
  const session = import.meta.url.replace("shell_command", "shell_session");
  return await runAtTerminal(platform.executable(), [
    "repl",
    "--allow-all",
    "--quiet",
    ...configFlags("."),
    `--eval=${prelude(session)}`,
  ], env);
}

/** What is typed before the user: constants, so that nobody loses them by a slip. */
function prelude(session: string): string {
  return `const { spark, sc, F, types } = await (await import(${
    JSON.stringify(session)
  })).openShellSession();`;
}
