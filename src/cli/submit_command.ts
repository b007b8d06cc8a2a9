import { basename } from "node:path";
import { quote } from "shlex";
import { platform } from "../common/platform/deno.ts";
import { writeToCache } from "../driver/launch/cache_folder.ts";
import { findSpark } from "../driver/launch/find_spark.ts";
import { runAtTerminal } from "./child_process.ts";
import { checkProgram, programCommand } from "./program_command.ts";
import {
  DRIVER_RUNTIME,
  readSubmitWords,
  type SubmitWords,
} from "./submit_words.ts";

/**
 * What spark-submit is told to run. It starts foreign programs in one way:
 * what it takes for Python gets a file that ends in `.py`. Nobody opens this
 * one.
 */
const STAND_IN = "local:///tspark_program.py";

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
  if (!submitted.isClusterMode) checkProgram(submitted.program);
  const { home } = await findSpark();
  const runtime = submitted.isClusterMode
    ? []
    : ["--conf", `${DRIVER_RUNTIME}=${await writeRuntime(submitted.program)}`];
  return await runAtTerminal(
    `${home}/bin/spark-submit`,
    submitArguments(submitted, runtime),
    { ...platform.environment(), SPARK_HOME: home },
  );
}

/**
 * The arguments of spark-submit.
 *
 * @param submitted the command line, taken apart
 * @param runtime the options that name what runs the program; none when the user's do
 */
export function submitArguments(
  submitted: SubmitWords,
  runtime: readonly string[],
): string[] {
  const { options, program, args } = submitted;
  // A setting, not an option: --name and the program itself count more.
  const name = ["--conf", `spark.app.name=${basename(program)}`];
  return [...name, ...options, ...runtime, STAND_IN, program, ...args];
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
