import { errorMessage } from "../../src/common/error_message.ts";
import { WorkerError } from "../../src/common/errors.ts";
import { writeErrorText } from "../../src/common/log.ts";
import { withoutEnd } from "../../src/common/without_end.ts";
import type { AsyncStep } from "../../src/protocol/step.ts";
import type { AsyncInput } from "./async_input.ts";
import type { AsyncTools } from "./async_tools.ts";
import { textOfRecord } from "./record_text.ts";

const STDERR_CHARACTERS = 2000; // of what the program wrote last, shown in messages

type Pipe = Extract<AsyncStep<unknown>, { op: "pipe" }>;

/**
 * Hands the records as lines to a program, whose lines become the records.
 * The program is killed when the task ends before it.
 *
 * Peer: `RDD.pipe`: the environment is just what the user gives, and a
 * program that reads no further is fed no further.
 *
 * @param step the command
 * @param input the partition's records
 * @param tools where lines go
 * @throws WorkerError `PIPE_NOT_STARTED`, or `PIPE_FUNCTION_EXITED` when codes are checked
 */
export async function runPipe(
  step: Pipe,
  input: AsyncInput,
  tools: AsyncTools,
): Promise<void> {
  const program = start(step, tools.site);
  const ended = new AbortController();
  try {
    const reading = emitLines(program, tools);
    const messages = lastOf(program.stderr);
    const ending = Promise.all([program.status, messages, reading]);
    const feeding = feed(program, input, ended.signal);
    // A program may end before its input does, but not go on when that fails.
    const end = await Promise.race([
      ending,
      feeding.then(() => ending),
      reading.then(() => tools.output.isOver ? null : ending),
    ]);
    if (end === null) return;
    const [{ code }, complaints] = end;
    if (step.checkCode && code !== 0) throw exited(step, code, complaints);
  } finally {
    ended.abort();
    kill(program);
  }
}

function start({ command, env }: Pipe, site: string): Deno.ChildProcess {
  const [program = "", ...args] = command;
  try {
    return new Deno.Command(program, {
      args,
      env: Object.fromEntries(env),
      clearEnv: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    const reason = errorMessage(error);
    throw new WorkerError(
      "PIPE_NOT_STARTED",
      `Cannot run the command "${program}" of ${site}: ${reason}; check that it is installed on every executor, or give "PATH" in "env"`,
      { command: program, site, reason },
      { cause: error },
    );
  }
}

async function feed(
  program: Deno.ChildProcess,
  input: AsyncInput,
  ended: AbortSignal,
): Promise<void> {
  const encoder = new TextEncoder();
  const writer = program.stdin.getWriter();
  const write = async (text: string): Promise<boolean> => {
    try {
      await writer.write(encoder.encode(text));
      return true;
    } catch {
      return false; // it reads no further
    }
  };
  for (;;) {
    if (!input.isReady) await input.wait();
    if (ended.aborted) return;
    const batch = input.take();
    if (batch === null) break;
    if (batch.length > 0 && !await write(batch.map(asLine).join(""))) return;
  }
  await writer.close().catch(() => {/* it has closed its end already */});
}

/** A record as a line. Peer: `RDD.pipe`, which drops line ends at the record's own end. */
function asLine(record: unknown): string {
  return `${withoutEnd(textOfRecord(record), "\n")}\n`;
}

async function emitLines(
  program: Deno.ChildProcess,
  { output }: AsyncTools,
): Promise<void> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  for await (const chunk of program.stdout) {
    const lines = decoder.decode(chunk, { stream: true }).split("\n");
    lines[0] = rest + (lines[0] ?? "");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      output.emit(line);
      if (output.isOver) return;
    }
    if (output.isFull) await output.whenFree();
  }
  rest += decoder.decode();
  if (rest !== "") output.emit(rest);
}

/** Passes a program's messages on, and keeps the last of them. */
async function lastOf(stderr: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let last = "";
  for await (const chunk of stderr) {
    const text = decoder.decode(chunk, { stream: true });
    writeErrorText(text);
    last = (last + text).slice(-STDERR_CHARACTERS);
  }
  return last.trimEnd();
}

function exited(
  { command }: Pipe,
  code: number,
  complaints: string,
): WorkerError {
  const name = command.join(" ");
  const more = complaints === "" ? "" : `; it wrote: ${complaints}`;
  return new WorkerError(
    "PIPE_FUNCTION_EXITED",
    `Pipe function \`${name}' exited with error code ${code}${more}`,
    { func_name: name, error_code: String(code) },
  );
}

function kill(program: Deno.ChildProcess): void {
  try {
    program.kill("SIGKILL");
  } catch {
    // It has ended, which is what is wanted.
  }
}
