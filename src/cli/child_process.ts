import { spawn } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";
import { createInterface } from "node:readline";
import { SparkError } from "../common/errors.ts";

/** Signals that are passed on to the child, whose end then ends us. */
const PASSED_ON = ["SIGTERM", "SIGHUP"] as const;

/**
 * Runs a program at this terminal and waits for its end.
 *
 * @param command a path, or a name to look up in `PATH`
 * @param args its arguments
 * @param env its whole environment
 * @param onErrorLine called with each line that it writes to stderr, which are shown all the same
 * @returns its exit code; 128 + the signal's number when a signal ended it
 * @throws SparkError `PROGRAM_NOT_STARTED` when it cannot be run
 */
export async function runAtTerminal(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  onErrorLine?: (line: string) => void,
): Promise<number> {
  const child = spawn(command, args, {
    env: { ...env },
    stdio: ["inherit", "inherit", onErrorLine ? "pipe" : "inherit"],
  });
  if (onErrorLine && child.stderr !== null) {
    child.stderr.pipe(process.stderr, { end: false });
    createInterface({ input: child.stderr }).on("line", onErrorLine);
  }
  const ended = Promise.withResolvers<number>();
  child.once("error", (cause) =>
    ended.reject(
      new SparkError(
        "PROGRAM_NOT_STARTED",
        `Cannot start "${command}": ${cause.message}`,
        { command },
        { cause },
      ),
    ));
  // Behind the last of what it wrote.
  child.once("close", (code, signal) => {
    ended.resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
  });
  const passOn = (signal: NodeJS.Signals): void => {
    // Not child.kill(): Deno would then take the signal for the child's end,
    // even when the child ends with a code of its own.
    if (child.pid !== undefined) process.kill(child.pid, signal);
  };
  // Ctrl-C reaches the child by itself: it decides what that means.
  const leave = (): void => {};
  process.on("SIGINT", leave);
  for (const signal of PASSED_ON) process.on(signal, passOn);
  try {
    return await ended.promise;
  } finally {
    process.off("SIGINT", leave);
    for (const signal of PASSED_ON) process.off(signal, passOn);
  }
}
