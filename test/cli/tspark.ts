import assert from "node:assert/strict";
import { PseudoTerminal } from "./pseudo_terminal.ts";
import { outputWithInput } from "../output_with_input.ts";

const MAIN = new URL("../../src/cli/main.ts", import.meta.url).pathname;
/** Our own configuration. */
export const CONFIG = new URL("../../deno.json", import.meta.url).pathname;

/** Where and with what a command runs. */
export interface TsparkOptions {
  /** Changes of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that it starts in. */
  readonly cwd?: string;
  /** What it reads from stdin; nothing by default. */
  readonly input?: string;
}

/** How a command ended. */
export interface TsparkResult {
  /** Its exit code. */
  readonly code: number;
  /** What it wrote to stdout, without the last line's end. */
  readonly out: string;
  /** What it wrote to stderr, without the last line's end. */
  readonly err: string;
}

/** Deno's own cache, which a test that changes the user's cache goes on using. */
const DENO_DIR = Deno.env.get("DENO_DIR") ?? await denoFolder();

/** Runs `tspark` with pipes, as a script would. */
export async function tspark(
  args: readonly string[],
  options: TsparkOptions = {},
): Promise<TsparkResult> {
  const child = new Deno.Command(Deno.execPath(), {
    args: commandWords(args),
    env: { NO_COLOR: "1", DENO_DIR, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdin: options.input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const { code, stdout, stderr } = options.input === undefined
    ? await child.output()
    : await outputWithInput(child, options.input);
  const text = (bytes: Uint8Array): string =>
    new TextDecoder().decode(bytes).trimEnd();
  return { code, out: text(stdout), err: text(stderr) };
}

/** Runs `tspark` at a terminal, as a person would. */
export function tsparkAtTerminal(
  args: readonly string[],
  options: Omit<TsparkOptions, "input"> = {},
): PseudoTerminal {
  return new PseudoTerminal(Deno.execPath(), commandWords(args), {
    env: {
      ...Deno.env.toObject(),
      NO_COLOR: "1",
      TSPARK_HISTORY: "", // what tests type is none of the user's
      DENO_DIR,
      ...options.env,
    },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
}

/** The arguments of Deno that run `tspark` with these words. */
export function commandWords(args: readonly string[]): string[] {
  return [
    ...["run", "--quiet", "--allow-all", `--config=${CONFIG}`, MAIN],
    ...args,
  ];
}

async function denoFolder(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
  }).output();
  const info: unknown = JSON.parse(new TextDecoder().decode(stdout));
  assert(typeof info === "object" && info !== null && "denoDir" in info);
  assert(typeof info.denoDir === "string");
  return info.denoDir;
}
