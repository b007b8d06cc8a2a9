import { fileURLToPath } from "node:url";

/**
 * The arguments with which Deno runs a worker program, before Spark's own: the
 * daemon is started with them, and starts its workers with them.
 *
 * @param root the folder that holds `deno.json` and `worker/`, with a slash at its end
 * @param rights what the program may do, as Deno's arguments; everything by default
 */
export function workerArguments(
  root: URL,
  rights: readonly string[] = ["--allow-all"],
): string[] {
  return [
    "run",
    ...rights,
    "--no-prompt",
    "--no-check",
    "--quiet",
    "--v8-flags=--expose-gc,--min-semi-space-size=16,--max-semi-space-size=32", // spilling wants to know what is in use and not garbage
    `--config=${fileURLToPath(new URL("deno.json", root))}`,
    fileURLToPath(new URL("worker/main.ts", root)),
  ];
}
