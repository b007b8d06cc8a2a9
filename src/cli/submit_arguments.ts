import { basename } from "node:path";
import type { SubmitWords } from "./submit_words.ts";

/**
 * What spark-submit is told to run. It starts foreign programs in one way:
 * what it takes for Python gets a file that ends in `.py`. Nobody opens this
 * one.
 */
const STAND_IN = "local:///tspark_program.py";

/**
 * The arguments of spark-submit.
 *
 * @param submitted the command line, taken apart
 * @param runtime the options that name what runs the program; none when the user's do
 */
export function submitArguments(
  submitted: Pick<SubmitWords, "options" | "program" | "args">,
  runtime: readonly string[],
): string[] {
  const { options, program, args } = submitted;
  // A setting, not an option: --name and the program itself count more.
  const name = ["--conf", `spark.app.name=${basename(program)}`];
  return [...name, ...options, ...runtime, STAND_IN, program, ...args];
}
