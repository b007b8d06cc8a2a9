/**
 * Captures a program's functions where it runs, has another process revive
 * them, and writes down what both say. Runs under every host: bundled or as it
 * is, called by the program or with the program's path as argument.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { ClosureCapturer } from "../../../src/driver/closure/closure_capturer.ts";
import type { ClosureRecord } from "../../../src/protocol/closure_record.ts";
import { createCborCodec } from "../../../src/serde/cbor/cbor.ts";

/** Functions without arguments, by what they show; each gives a string. */
export type HostCases = Readonly<Record<string, () => unknown>>;

/** What one function gave at home and elsewhere. */
export interface CaseReport {
  readonly name: string;
  /** The string that it gave at home, or the stack of what it threw. */
  readonly home: string;
  /** The same of the other process, positions mapped to the user's files. */
  readonly away: string;
}

/** All that a host's run tells. */
export interface HostReport {
  /** Such as `"node 24.21.0"`. */
  readonly runtime: string;
  readonly cases: readonly CaseReport[];
  /** The message of each refusal, by the case's name. */
  readonly refusals: Readonly<Record<string, string>>;
  /** What came of captures while declarations below had not run, by what they need. */
  readonly early: Readonly<Record<string, string>>;
}

/** Captures a function now: the message of the refusal, or `"captured"`. */
export type CaptureNow = (f: () => unknown) => Promise<string>;

/** Captures functions above the declarations that follow. */
export type EarlyCases = (
  capture: CaptureNow,
) => Promise<Record<string, string>>;

/** Names of the environment variables that the test sets. */
export const VARIABLES = {
  /** Path of the Deno executable that revives. */
  deno: "TSPARK_HOSTS_DENO",
  /** Path of the program that it runs. */
  revive: "TSPARK_HOSTS_REVIVE",
  /** Path of the file that the report goes to. */
  output: "TSPARK_HOSTS_OUTPUT",
  /** Path of this module, for programs that import it. */
  harness: "TSPARK_HOSTS_HARNESS",
} as const;

/** Captures, revives, calls and writes the report. */
export async function report(
  cases: HostCases,
  refused: HostCases,
  early: EarlyCases,
): Promise<void> {
  const capturer = new ClosureCapturer();
  const capture: CaptureNow = (f) => captureBy(capturer, f);
  const records: ClosureRecord[] = [];
  const home: string[] = [];
  for (const [name, f] of Object.entries(cases)) {
    // A case may change what it captures, so the next one is captured after it ran.
    try {
      records.push(await capturer.capture([f], USE));
    } catch (error) {
      throw new Error(`Cannot capture case "${name}"`, { cause: error });
    }
    home.push(await callAtHome(f));
  }
  const refusals: Record<string, string> = {};
  for (const [name, f] of Object.entries(refused)) {
    refusals[name] = await capture(f);
  }
  const outcomes = runElsewhere(records);
  const { deno, node } = process.versions;
  const answer: HostReport = {
    runtime: deno === undefined ? `node ${node}` : `deno ${deno}`,
    cases: Object.keys(cases).map((name, index) => ({
      name,
      home: home[index] ?? "",
      away: capturer.mapStack(outcomes[index] ?? "no answer"),
    })),
    refusals,
    early: await early(capture),
  };
  capturer[Symbol.dispose]();
  writeFileSync(variable(VARIABLES.output), JSON.stringify(answer));
}

const USE = [{ operation: "map()", position: "app:1:1" }];

function captureBy(
  capturer: ClosureCapturer,
  f: () => unknown,
): Promise<string> {
  return capturer.capture([f], USE)
    .then(() => "captured", (error) => String(error.message));
}

async function callAtHome(f: () => unknown): Promise<string> {
  try {
    return String(await f());
  } catch (error) {
    return stackOf(error);
  }
}

function stackOf(error: unknown): string {
  return String(Reflect.get(Object(error), "stack"));
}

/** Every outcome as a string: the result, or the stack as the other process tells it. */
function runElsewhere(records: readonly ClosureRecord[]): string[] {
  const codec = createCborCodec();
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout, stderr, status } = spawnSync(
    variable(VARIABLES.deno),
    ["run", "--quiet", "--no-prompt", "-A", variable(VARIABLES.revive)],
    { input: codec.encode(records), env },
  );
  if (status !== 0) throw new Error(`The other process failed: ${stderr}`);
  return codec.decode(stdout) as string[];
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Set "${name}" to run a host`);
  return value;
}

const [, , program] = process.argv;
if (program?.includes("cases.") === true) {
  const early = new ClosureCapturer();
  // For modules that capture before they have run to their end.
  Reflect.set(
    globalThis,
    "captureNow",
    (f: () => unknown) => captureBy(early, f),
  );
  const module = await import(pathToFileURL(program).href);
  early[Symbol.dispose]();
  await report(module.cases, module.refused, module.early);
}
