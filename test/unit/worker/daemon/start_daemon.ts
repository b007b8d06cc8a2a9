import { fileURLToPath } from "node:url";
import { workerArguments } from "../../../../src/common/worker_arguments.ts";

const MAIN = fileURLToPath(
  new URL("../../../../worker/main.ts", import.meta.url),
);

/**
 * The arguments with which Spark starts a daemon.
 *
 * @param modules as Spark names them
 */
export function asSpark(...modules: readonly string[]): string[] {
  return [...workerArguments(MAIN), "-m", ...modules];
}

/**
 * A daemon as Spark starts it.
 *
 * @param secret what connections have to show
 * @param env what its environment has more than this one
 * @param stderr what becomes of what it says
 */
export function startDaemon(
  secret: string,
  env: Readonly<Record<string, string>> = {},
  stderr: "null" | "piped" = "null",
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: asSpark("pyspark.daemon", "pyspark.worker"),
    env: {
      PYTHON_WORKER_FACTORY_SECRET: secret,
      TSPARK_SPARK_VERSION: "4.3.0",
      ...env,
    },
    stdin: "piped",
    stdout: "piped",
    stderr,
  }).spawn();
}
