import { quote } from "shlex";
import { platform } from "../common/platform/deno.ts";
import { writeToCache } from "../driver/launch/cache_folder.ts";
import { findSpark } from "../driver/launch/find_spark.ts";
import { runAtTerminal } from "./child_process.ts";
import { checkProgram, programCommand } from "./program_command.ts";
import { submitArguments } from "./submit_arguments.ts";
import { DRIVER_RUNTIME, readSubmitWords } from "./submit_words.ts";

/**
 * `tspark submit`: has stock spark-submit start the JVM and in it the program,
 * which joins that JVM.
 *
 * Peer: `org.apache.spark.deploy.PythonRunner.main`.
 *
 * @param words what follows `tspark submit`
 * @returns the exit code of spark-submit, which in client mode is the program's
 * @throws SparkError when there is no program, or no Spark
 */
export async function submitProgram(words: readonly string[]): Promise<number> {
  const submitted = readSubmitWords(words);
  const { program, mode } = submitted;
  if (mode !== "installed") checkProgram(program);
  const { home } = await findSpark();
  if (mode === "shipped") {
    const { submitToYarn } = await import("./submit_to_yarn.ts");
    return await submitToYarn(home, submitted);
  }
  const runtime = mode === "installed"
    ? []
    : ["--conf", `${DRIVER_RUNTIME}=${await writeRuntime(program)}`];
  return await runAtTerminal(
    `${home}/bin/spark-submit`,
    submitArguments(submitted, runtime),
    { ...platform.environment(), SPARK_HOME: home },
  );
}

/**
 * Writes the executable that runs the program, in the user's cache and named
 * by its content.
 */
async function writeRuntime(program: string): Promise<string> {
  const [...command] = programCommand(program, []);
  const runtime = command.slice(0, -1).map(quote).join(" ");
  // The first argument is the stand-in, the second the program.
  const text = `#!/bin/sh\nshift\nexec ${runtime} "$@"\n`;
  return await writeToCache("submit", "tspark-driver", text, 0o755);
}
