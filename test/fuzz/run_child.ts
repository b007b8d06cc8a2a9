import { createInterface } from "node:readline";
import { Readable } from "node:stream";

/** Most memory that a decoder's process may hold at its peak, in bytes: what Deno itself takes, three times over. */
export const MAX_PEAK_BYTES: number = 512 << 20;

/** What is kept fills it, what is garbage does not: V8 would let that grow as it likes. */
const HEAP = "--v8-flags=--max-old-space-size=256";

const SILENCE_MS = 60_000; // an input that takes so long hangs

/** What to run. */
export interface ChildRun {
  readonly decoder: string;
  readonly inputs: number;
  readonly seed: number;
  /** Number of the first input. */
  readonly first: number;
}

/** How it went. */
export interface ChildOutcome {
  readonly run: ChildRun;
  readonly seconds: number;
  /** How many inputs were refused. */
  readonly refused: number;
  /** Most memory that the process held, in bytes; 0 when it broke. */
  readonly peakBytes: number;
  /** What is wrong, in words; null when nothing is. */
  readonly finding: string | null;
}

interface Report {
  readonly inputs?: number;
  readonly peak?: number;
  readonly end?: {
    readonly refused?: number;
    readonly number?: number;
    readonly what?: string;
    readonly hex?: string;
  };
}

/** Runs a decoder in a process of its own, and ends that when it falls silent. */
export async function runChild(run: ChildRun): Promise<ChildOutcome> {
  const start = performance.now();
  const script = new URL("child.ts", import.meta.url).href;
  const { decoder, inputs, seed, first } = run;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", HEAP, script, decoder, inputs, seed, first]
      .map(
        String,
      ),
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let last: Report = {};
  let isSilent = false;
  const kill = (): void => {
    isSilent = true;
    child.kill("SIGKILL");
  };
  let timer = setTimeout(kill, SILENCE_MS);
  const input = Readable.fromWeb(child.stdout as never);
  for await (const line of createInterface({ input })) {
    clearTimeout(timer);
    timer = setTimeout(kill, SILENCE_MS);
    last = JSON.parse(line);
  }
  clearTimeout(timer);
  const { code } = await child.status;
  return {
    run,
    seconds: (performance.now() - start) / 1000,
    refused: last.end?.refused ?? 0,
    peakBytes: last.peak ?? 0,
    finding: findingOf(run, last, code, isSilent),
  };
}

function findingOf(
  run: ChildRun,
  last: Report,
  code: number,
  isSilent: boolean,
): string | null {
  const { end, peak = 0, inputs = 0 } = last;
  if (end === undefined) {
    const how = isSilent ? "hung" : `ended with code ${code}`;
    return `the process ${how} behind input ${run.first + inputs}`;
  }
  if (end.what !== undefined) {
    return `input ${end.number}, ${end.hex}: ${end.what}`;
  }
  return peak > MAX_PEAK_BYTES
    ? `the process held ${megabytes(peak)} MB, more than ${
      megabytes(MAX_PEAK_BYTES)
    }`
    : null;
}

/** A line for the terminal. */
export function describeOutcome(outcome: ChildOutcome): string {
  const { run, finding, seconds, refused, peakBytes } = outcome;
  if (finding !== null) return `${run.decoder}: seed ${run.seed}: ${finding}`;
  const speed = Math.round(run.inputs / seconds);
  return `${run.decoder}: ${run.inputs} inputs in ${
    Math.round(seconds)
  } s (${speed}/s), ${refused} refused, ${megabytes(peakBytes)} MB at most`;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
