import { basename } from "node:path";
import { platform } from "../common/platform/deno.ts";
import { runAtTerminal } from "./child_process.ts";
import { checkProgram, programCommand } from "./program_command.ts";
import { sparkEnvironment } from "./spark_options.ts";

/**
 * `tspark run`: runs a program whose driver starts Spark with these options.
 *
 * @param file the program's path or address
 * @param args what it gets
 * @param options what commander read of the options of Spark
 * @returns the program's exit code
 * @throws SparkError when there is no such program, or an option is wrong
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: object,
): Promise<number> {
  checkProgram(file);
  const env = sparkEnvironment(options, platform.environment(), basename(file));
  const [command, ...words] = programCommand(file, args);
  return await runAtTerminal(command, words, env);
}
