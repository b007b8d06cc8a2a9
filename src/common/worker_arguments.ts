import { workerProgram } from "./worker_program.ts";

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
    "--quiet",
    "--v8-flags=--expose-gc", // spilling wants to know what is in use and not garbage
    ...workerProgram(root),
  ];
}
