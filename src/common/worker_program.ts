import { fileURLToPath } from "node:url";

/**
 * What Deno runs as a worker, and by which configuration: Deno's last arguments
 * before Spark's own.
 *
 * @param root the folder that holds `deno.json` and `worker/`, with a slash at its end
 */
export function workerProgram(root: URL): string[] {
  return [
    "--no-check",
    `--config=${fileURLToPath(new URL("deno.json", root))}`,
    fileURLToPath(new URL("worker/main.ts", root)),
  ];
}
