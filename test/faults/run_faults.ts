import { TextLineStream } from "../../bench/harness/lines.ts";
import type { SessionKind } from "./fault.ts";
import { FUNCTION_FAULTS } from "./function_faults.ts";
import { OWN_FAULTS } from "./own_faults.ts";
import { PROCESS_FAULTS } from "./process_faults.ts";
import type { Outcome } from "./run_session.ts";

/** What came of all runs of a fault. */
export interface FaultResult {
  readonly name: string;
  /** What was done, in words. */
  readonly done: string;
  readonly times: number;
  /** What the user saw: each text once, numbers aside. */
  readonly seen: readonly string[];
  /** What was wrong, for each run that was not as wanted. */
  readonly wrong: readonly string[];
  /** The slowest run, its next job with it. */
  readonly slowestMs: number;
}

/** All faults with the kind of their session, those of one kind together. */
export const FAULTS: readonly {
  readonly name: string;
  readonly done: string;
  readonly session: SessionKind;
}[] = [
  ...PROCESS_FAULTS,
  ...FUNCTION_FAULTS,
  ...OWN_FAULTS.map((fault) => ({ ...fault, session: "own" as const })),
];

/**
 * Does faults, each so many times in a row.
 *
 * @param names which; all when empty
 * @param times how often
 * @throws Error for a name that no fault has
 */
export async function runFaults(
  names: readonly string[],
  times: number,
): Promise<FaultResult[]> {
  for (const name of names) {
    if (!FAULTS.some((fault) => fault.name === name)) {
      throw new Error(`There is no fault "${name}"`);
    }
  }
  const chosen = FAULTS.filter(({ name }) =>
    names.length === 0 || names.includes(name)
  );
  const outcomes: Outcome[] = [];
  for (const kind of new Set(chosen.map(({ session }) => session))) {
    const ofKind = chosen.filter(({ session }) => session === kind);
    outcomes.push(
      ...await runSession(kind, times, ofKind.map(({ name }) => name)),
    );
  }
  return chosen.map(({ name, done }) =>
    resultOf(name, done, times, outcomes.filter((one) => one.name === name))
  );
}

function resultOf(
  name: string,
  done: string,
  times: number,
  outcomes: readonly Outcome[],
): FaultResult {
  const seen = new Map<string, string>();
  for (const outcome of outcomes) {
    if (outcome.seen === null) continue;
    const key = outcome.seen.replace(/\d+/g, "0");
    if (!seen.has(key)) seen.set(key, outcome.seen);
  }
  const missing = Array.from(
    { length: times - outcomes.length },
    () => "its session ended before",
  );
  return {
    name,
    done,
    times,
    seen: [...seen.values()],
    wrong: [
      ...outcomes.flatMap(({ wrong }) => wrong === null ? [] : [wrong]),
      ...missing,
    ],
    slowestMs: Math.max(0, ...outcomes.map(({ ms }) => ms)),
  };
}

/** A disk of its own is mounted where nobody else sees it. */
async function runSession(
  kind: SessionKind,
  times: number,
  names: readonly string[],
): Promise<Outcome[]> {
  const script = new URL("run_session.ts", import.meta.url).pathname;
  const command = [Deno.execPath(), "run", "--allow-all", "--quiet", script]
    .concat(kind, String(times), names);
  const [program = "", ...args] = kind === "small disk"
    ? ["unshare", "--mount", ...command]
    : command;
  const child = new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "null", // of workers that are killed
  }).spawn();
  const outcomes: Outcome[] = [];
  const lines = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  for await (const line of lines) {
    if (!line.startsWith(MARK)) continue;
    const outcome = JSON.parse(line.slice(MARK.length)) as Outcome;
    outcomes.push(outcome);
    console.error(
      `${outcome.name}: ${outcome.wrong ?? "as wanted"}, ${outcome.ms} ms`,
    );
  }
  await child.status;
  return outcomes;
}

const MARK = "@fault ";
