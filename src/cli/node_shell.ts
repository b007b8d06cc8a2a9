import process from "node:process";
import { createInterface } from "node:readline";
import { type REPLServer, start } from "node:repl";
import { PassThrough } from "node:stream";
import { inspect } from "node:util";
import { SparkError } from "../common/errors.ts";
import { EXIT_CODE } from "./exit_code.ts";
import { openShellSession } from "./shell_session.ts";

/**
 * The prompt of `tspark shell` on Node, in this process. Lines that come from
 * a pipe are evaluated one after the other, as if typed.
 *
 * @param env the environment that the driver is to find
 * @returns the exit code once the prompt has ended
 */
export async function openNodeShell(
  env: Readonly<Record<string, string>>,
): Promise<number> {
  Object.assign(process.env, env);
  const { interrupts, ...session } = await openShellSession();
  const prompt = process.stdin.isTTY ? startPrompt({}) : startReading();
  for (const [name, value] of Object.entries(session)) {
    Object.defineProperty(globalThis, name, { value, enumerable: true });
  }
  // At a prompt Ctrl-C is a key, not a signal.
  prompt.on("SIGINT", () => interrupts.interrupt());
  const ended = Promise.withResolvers<void>();
  prompt.once("exit", () => ended.resolve());
  await ended.promise;
  await session.spark.stop();
  return EXIT_CODE.ok;
}

function startPrompt(options: Parameters<typeof start>[0]): REPLServer {
  return start({
    prompt: "> ",
    // Functions typed here belong to the program's own realm only so.
    useGlobal: true,
    breakEvalOnSigint: true,
    // Not the JVM's stack, which an error holds as well.
    writer: (value) =>
      value instanceof SparkError
        ? value.stack ?? value.message
        : inspect(value, { colors: process.stdout.isTTY }),
    ...(typeof options === "string" ? {} : options),
  });
}

/** A prompt of its own would take all lines at once, whatever the ones before wait for. */
function startReading(): REPLServer {
  const input = new PassThrough();
  const prompt = startPrompt({
    prompt: "",
    input,
    output: process.stdout,
    terminal: false,
    ignoreUndefined: true,
  });
  let ready = Promise.withResolvers<void>();
  prompt.displayPrompt = () => ready.resolve(); // what a REPL does after each line
  const feed = async (): Promise<void> => {
    for await (const line of createInterface({ input: process.stdin })) {
      ready = Promise.withResolvers();
      input.write(`${line}\n`);
      await ready.promise;
    }
    input.end();
  };
  void feed();
  return prompt;
}
