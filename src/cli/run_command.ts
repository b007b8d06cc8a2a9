import { basename } from "node:path";
import { LOCAL_WORKER } from "../common/local_worker.ts";
import { platform } from "../common/platform/deno.ts";
import { runAtTerminal } from "./child_process.ts";
import { checkProgram, programCommand } from "./program_command.ts";
import { sparkEnvironment } from "./spark_options.ts";

/** What `tspark run` has been told beside options of Spark. */
export interface RunWords {
  /** Whether functions run in the program's own process. */
  readonly localWorker?: boolean;
  /** Whether the program waits for a debugger before it begins. */
  readonly inspectWait?: boolean;
  /** Settings of Spark, as `key=value`. */
  readonly conf?: readonly string[];
}

/**
 * `tspark run`: runs a program whose driver starts Spark with these options.
 *
 * @param file the program's path or address
 * @param args what it gets
 * @param options what commander read
 * @returns the program's exit code
 * @throws SparkError when there is no such program, or an option is wrong
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: RunWords,
): Promise<number> {
  checkProgram(file);
  const env = sparkEnvironment(
    withLocalWorker(options),
    platform.environment(),
    basename(file),
  );
  const [command, ...words] = programCommand(
    file,
    args,
    options.inspectWait === true ? ["--inspect-wait"] : [],
  );
  return await runAtTerminal(command, words, env);
}

/** The option in words of Spark. */
function withLocalWorker(options: RunWords): RunWords {
  if (options.localWorker !== true) return options;
  return { ...options, conf: [...options.conf ?? [], `${LOCAL_WORKER}=true`] };
}
