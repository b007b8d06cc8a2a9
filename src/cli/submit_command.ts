import { basename } from "node:path";
import { platform } from "../common/platform/deno.ts";
import { cacheFolder } from "../driver/launch/cache_folder.ts";
import { findSpark } from "../driver/launch/find_spark.ts";
import { runAtTerminal } from "./child_process.ts";
import { checkProgram, programCommand } from "./program_command.ts";
import { readSubmitWords } from "./submit_words.ts";

/**
 * `tspark submit`: has stock spark-submit start the JVM and in it the program,
 * which joins that JVM.
 *
 * spark-submit starts foreign programs in one way: what it takes for Python
 * runs a file that ends in `.py`. So it gets a stand-in for both.
 *
 * Peer: `org.apache.spark.deploy.PythonRunner.main`.
 *
 * @param words what follows `tspark submit`
 * @returns the exit code of spark-submit, which is the program's
 * @throws SparkError when there is no program, or no Spark
 */
export async function submitProgram(words: readonly string[]): Promise<number> {
  const { options, program, args } = readSubmitWords(words);
  checkProgram(program);
  const { home } = await findSpark();
  const standIn = await writeStandIn(programCommand(program, []));
  const env = platform.environment();
  return await runAtTerminal(`${home}/bin/spark-submit`, [
    // A setting, not an option: --name and the program itself count more.
    "--conf",
    `spark.app.name=${basename(program)}`,
    ...options,
    "--conf",
    `spark.pyspark.driver.python=${standIn.runtime}`,
    standIn.program,
    program,
    ...args,
  ], { ...env, SPARK_HOME: home });
}

interface StandIn {
  /** Executable that spark-submit starts in place of Python. */
  readonly runtime: string;
  /** File that it is started with. */
  readonly program: string;
}

/** @param command how the program is run, the program last */
async function writeStandIn(command: readonly string[]): Promise<StandIn> {
  const folder = `${cacheFolder()}/submit/${crypto.randomUUID()}`;
  await platform.makeFolder(folder);
  const runtime = `${folder}/tspark-driver`;
  const program = `${folder}/stand_in.py`;
  await platform.writeAtomically(program, PROGRAM_TEXT, 0o644);
  await platform.writeAtomically(
    runtime,
    runtimeText(command.slice(0, -1).map(quote).join(" ")),
    0o755,
  );
  return { runtime, program };
}

const PROGRAM_TEXT =
  "# Stands for a TypeScript program: spark-submit wants a name that ends so.\n";

/** The first argument is the stand-in, the second the program. */
function runtimeText(runtime: string): string {
  return `#!/bin/sh\nshift\nexec ${runtime} "$@"\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
