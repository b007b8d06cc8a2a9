import process from "node:process";
import { platform } from "../common/platform/deno.ts";
import { runAtTerminal } from "./child_process.ts";
import { checkLink, configFlags } from "./program_command.ts";
import { sparkEnvironment } from "./spark_options.ts";

/**
 * `tspark shell`: a prompt that has `spark`, `sc`, `F` and `types`.
 *
 * @param options what commander read of the options of Spark
 * @returns the exit code of the prompt
 * @throws SparkError when an option is wrong, or the folder's project knows no TSpark
 */
export async function openShell(options: object): Promise<number> {
  const env = sparkEnvironment(
    options,
    platform.environment(),
    "tspark shell",
  );
  if (!("deno" in process.versions)) {
    Object.assign(process.env, env);
    const { openPrompt } = await import("./shell/open_prompt.ts");
    return await openPrompt();
  }
  const prompt = import.meta.url.replace("shell_command", "shell/open_prompt");
  checkLink(".");
  // Not in this process, which may know another configuration than that of
  // the folder that the user is in.
  return await runAtTerminal(platform.executable(), [
    "eval",
    "--quiet",
    ...configFlags("."),
    program(prompt),
  ], env);
}

/** It ends when the prompt does, whatever was typed and still runs. */
function program(prompt: string): string {
  return `const { openPrompt } = await import(${JSON.stringify(prompt)});
Deno.exit(await openPrompt());`;
}
