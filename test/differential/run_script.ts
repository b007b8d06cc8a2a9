import { findPython, pythonPath } from "../../bench/harness/engines.ts";

/** A script of PySpark's, and what it is given. */
export interface PythonScript {
  /** The file. */
  readonly script: URL;
  readonly args: readonly string[];
  /** More variables of its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** When it is ended, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Runs a script with a Spark's own PySpark.
 *
 * @param sparkHome home of the Spark
 * @throws Error when it ends before its time, with the end of what it printed
 */
export async function runScript(
  sparkHome: string,
  { script, args, env, limitMs }: PythonScript,
): Promise<void> {
  const python = await findPython();
  const { success, stderr } = await new Deno.Command(python, {
    args: [decodeURIComponent(script.pathname), ...args],
    env: {
      SPARK_HOME: sparkHome,
      PYTHONPATH: await pythonPath(sparkHome),
      PYSPARK_PYTHON: python,
      ...env,
    },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal: AbortSignal.timeout(limitMs),
  }).output();
  if (success) return;
  const end = new TextDecoder().decode(stderr).split("\n").slice(-30);
  throw new Error(`PySpark failed:\n${end.join("\n")}`);
}
