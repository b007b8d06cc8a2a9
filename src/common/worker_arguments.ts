import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The arguments with which Deno runs a worker program, before Spark's own: the
 * daemon is started with them, and starts its workers with them.
 *
 * @param main path of the worker's main module: `main.ts` among the project's
 *   sources, with `deno.json` in the folder above; or a bundle that needs nothing
 * @param rights what the program may do, as Deno's arguments; everything by default
 */
export function workerArguments(
  main: string,
  rights: readonly string[] = ["--allow-all"],
): string[] {
  return [
    "run",
    ...rights,
    "--no-prompt",
    "--quiet",
    "--v8-flags=--expose-gc", // spilling wants to know what is in use and not garbage
    ...(main.endsWith(".ts") ? ["--no-check", configFlag(main)] : ALONE),
    main,
  ];
}

/** Nothing that happens to lie around a bundle counts. */
const ALONE = ["--no-config", "--no-lock", "--node-modules-dir=none"];

/**
 * The option that names the configuration of the project's sources to Deno.
 *
 * @param main path of `main.ts` among them
 */
export function configFlag(main: string): string {
  const config = new URL("../deno.json", pathToFileURL(main));
  return `--config=${fileURLToPath(config)}`;
}
