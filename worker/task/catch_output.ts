import fs from "node:fs";
import { WorkerError } from "../../src/common/errors.ts";
import { OUTPUT_LEVELS } from "../../src/protocol/task_output.ts";
import type { FunctionOutput, Stream } from "./function_output.ts";

/** Makes a console whose texts go to a function, with a number for how urgent they are. */
type ConsoleClass = new (
  print: (text: string, level: number) => void,
) => Record<string, unknown>;

const STREAMS: readonly (Stream | null)[] = [null, "stdout", "stderr"];
type WriteFile = (
  fd: unknown,
  data: unknown,
  ...rest: readonly unknown[]
) => unknown;

/**
 * Has what functions print go through this worker: by `console`, by `Deno.stdout`
 * and `Deno.stderr`, Node's `process.stdout` among them, and by `node:fs` on
 * their descriptors, as structured loggers write.
 *
 * @param output what takes it while a task runs; else it goes where it went before
 * @throws WorkerError `CONSOLE_UNKNOWN` where this Deno has no such console
 */
export function catchOutput(
  output: Pick<FunctionOutput, "print" | "write">,
): void {
  catchConsole(output);
  for (const stream of ["stdout", "stderr"] as const) {
    catchStream(stream, output);
  }
  catchDescriptors(output);
}

/** The global console keeps its identity: packages hold it. */
function catchConsole(output: Pick<FunctionOutput, "print">): void {
  const { core, Console } = innerParts();
  const console = new Console((text, number) => {
    // Deno's numbers have one for `log` and `info`, and another for `trace`.
    const level = number === 4 ? "trace" : OUTPUT_LEVELS[number + 1];
    if (level === undefined || !output.print(level, text)) {
      core.print(text, number > 2);
    }
  });
  for (const [name, method] of Object.entries(console)) {
    if (typeof method === "function") {
      Reflect.set(globalThis.console, name, method);
    }
  }
}

function innerParts(): {
  readonly core: { print(text: string, isError: boolean): void };
  readonly Console: ConsoleClass;
} {
  const symbol: unknown = Reflect.get(Deno, "internal");
  const parts: unknown = typeof symbol === "symbol"
    ? Reflect.get(Deno, symbol)
    : undefined;
  const { core, Console } = Object(parts) as Record<string, unknown>;
  if (typeof Console === "function" && typeof core === "object") {
    return { core, Console } as ReturnType<typeof innerParts>;
  }
  throw new WorkerError(
    "CONSOLE_UNKNOWN",
    `Cannot take what functions print: Deno "${Deno.version.deno}" has no console to make; use the version of Deno that TSpark names`,
    { version: Deno.version.deno },
  );
}

function catchStream(
  stream: Stream,
  output: Pick<FunctionOutput, "write">,
): void {
  const handle = Deno[stream];
  const decoder = new TextDecoder();
  const taken = (bytes: Uint8Array): boolean =>
    output.write(stream, decoder.decode(bytes, { stream: true }));
  const { writeSync, write } = handle;
  handle.writeSync = (bytes) =>
    taken(bytes) ? bytes.length : writeSync.call(handle, bytes);
  handle.write = (bytes) =>
    taken(bytes) ? Promise.resolve(bytes.length) : write.call(handle, bytes);
}

/** Texts and bytes from the first to the last; of a part of them the file system knows. */
function catchDescriptors(output: Pick<FunctionOutput, "write">): void {
  const writeSync = fs.writeSync as WriteFile;
  Reflect.set(fs, "writeSync", (...args: Parameters<WriteFile>) => {
    const length = takenLength(output, args);
    return length ?? writeSync(...args);
  });
  const write = fs.write as WriteFile;
  const caught = (...args: Parameters<WriteFile>): unknown => {
    const length = takenLength(output, args);
    const done = args.at(-1);
    if (length === null || typeof done !== "function") return write(...args);
    return queueMicrotask(() => done(null, length, args[1]));
  };
  // With the form that gives a promise.
  Object.defineProperties(caught, Object.getOwnPropertyDescriptors(write));
  Reflect.set(fs, "write", caught);
}

/** How many bytes were taken of a write; null where it was none of ours. */
function takenLength(
  output: Pick<FunctionOutput, "write">,
  [fd, data, ...rest]: Parameters<WriteFile>,
): number | null {
  const stream = STREAMS[Number(fd)] ?? null;
  if (stream === null) return null;
  if (typeof data === "string") {
    return output.write(stream, data) ? ENCODER.encode(data).length : null;
  }
  if (!(data instanceof Uint8Array)) return null;
  const [offset, length] = rest.filter((item) => typeof item === "number");
  const part = data.subarray(
    offset ?? 0,
    length === undefined ? undefined : (offset ?? 0) + length,
  );
  return output.write(stream, new TextDecoder().decode(part))
    ? part.length
    : null;
}

const ENCODER = new TextEncoder();
