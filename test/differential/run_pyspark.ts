import type { Outcome } from "./normalize.ts";
import type { Program } from "./program.ts";
import { runScript } from "./run_script.ts";

const RUNNER = new URL("./pyspark_runner.py", import.meta.url);
/** Two hundred programs take about a minute. */
const RUN_LIMIT_MS = 8 * 60_000;

/**
 * The outcomes of programs in PySpark, all in one session.
 *
 * @param programs what to run
 * @param sparkHome home of the Spark, whose own PySpark runs
 * @param settings Spark properties
 * @throws Error when PySpark ends before its time, with the end of what it printed
 */
export async function runPySpark(
  programs: readonly Program[],
  sparkHome: string,
  settings: Readonly<Record<string, string>>,
): Promise<Outcome[]> {
  const folder = await Deno.makeTempDir({ prefix: "tspark-differential-" });
  try {
    const input = `${folder}/programs.jsonl`;
    const output = `${folder}/outcomes.jsonl`;
    const lines = programs.map((program) => `${JSON.stringify(program)}\n`);
    await Deno.writeTextFile(input, lines.join(""));
    await runScript(sparkHome, {
      script: RUNNER,
      args: [input, output],
      env: {
        PYTHONHASHSEED: "0", // lookup() hashes in the driver as the workers do
        DIFFERENTIAL_CONF: JSON.stringify(settings),
      },
      limitMs: RUN_LIMIT_MS,
    });
    const text = await Deno.readTextFile(output);
    return text.trimEnd().split("\n").map((line) => JSON.parse(line));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
