/**
 * Runs one job in several engines by turns and checks that they agree.
 *
 * @module
 */
import { summarize, type Timings } from "./statistics.ts";

/** An engine that takes part. */
export interface Turn {
  /** Name of the engine. */
  readonly engine: string;
  /** Runs the job once. */
  run(): Promise<TimedRun>;
}

/** One run, of which several parts may be timed. */
export interface TimedRun {
  /** Names the result. */
  readonly checksum: string;
  /** Seconds by name of the part. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Most memory that a worker held, in MiB; absent without workers. */
  readonly workerMiB?: number;
}

/** What the turns came to. */
export interface TurnsResult {
  /** The checksum of all engines that did not fail. */
  readonly checksum: string;
  /** Timings by part and engine; engines that failed are left out. */
  readonly parts: Readonly<Record<string, Readonly<Record<string, Timings>>>>;
  /** Most memory that a worker held, in MiB, by engine. */
  readonly workerMiB: Readonly<Record<string, number>>;
  /** Why an engine gave no result, by engine. */
  readonly failures: Readonly<Record<string, string>>;
}

/** How often each engine runs a job. */
export interface Rounds {
  /** Runs that count, from 1. */
  readonly timed: number;
  /** Runs before, which load, compile and fill caches, from 1. */
  readonly untimed: number;
}

/**
 * Lets each engine run the job untimed and then timed, the engines taking
 * turns. An engine that fails, or whose result differs, drops out; the
 * others go on.
 *
 * @param job name for messages
 * @param turns the engines
 * @param rounds how often
 * @param known the checksum to come, or undefined: then the first one counts
 * @param log told of every run
 */
export async function takeTurns(
  job: string,
  turns: readonly Turn[],
  { timed, untimed }: Rounds,
  known: string | undefined,
  log: (line: string) => void,
): Promise<TurnsResult> {
  let agreed = known === undefined
    ? undefined
    : { checksum: known, by: "expected" };
  const series = new Map<string, TimedRun[]>(
    turns.map(({ engine }) => [engine, []]),
  );
  const failures: Record<string, string> = {};
  for (let round = 1 - untimed; round <= timed; round++) {
    const note = round < 1 ? "untimed" : `${round}/${timed}`;
    for (const { engine, run } of turns) {
      if (failures[engine] !== undefined) continue;
      try {
        const result = await run();
        agreed ??= { checksum: result.checksum, by: engine };
        checkAgreement(result.checksum, agreed);
        log(`${job} ${engine} ${note}: ${describe(result)}`);
        if (round > 0) series.get(engine)?.push(result);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        failures[engine] = why;
        log(`${job} ${engine} ${note}: failed: ${why}`);
      }
    }
  }
  for (const engine of Object.keys(failures)) series.delete(engine);
  return {
    checksum: agreed?.checksum ?? "",
    parts: summarizeParts(series),
    workerMiB: findPeaks(series),
    failures,
  };
}

function checkAgreement(
  checksum: string,
  agreed: { readonly checksum: string; readonly by: string },
): void {
  if (checksum === agreed.checksum) return;
  throw new Error(
    `Result differs: "${checksum}" instead of "${agreed.checksum}" (${agreed.by})`,
  );
}

function describe(run: TimedRun): string {
  return Object.values(run.seconds)
    .map((seconds) => `${seconds.toFixed(2)} s`)
    .join(", ");
}

function summarizeParts(
  series: ReadonlyMap<string, readonly TimedRun[]>,
): Record<string, Record<string, Timings>> {
  const parts: Record<string, Record<string, Timings>> = {};
  for (const [engine, runs] of series) {
    for (const part of Object.keys(runs[0]?.seconds ?? {})) {
      const timings = summarize(runs.map((run) => run.seconds[part] ?? NaN));
      parts[part] = { ...parts[part], [engine]: timings };
    }
  }
  return parts;
}

function findPeaks(
  series: ReadonlyMap<string, readonly TimedRun[]>,
): Record<string, number> {
  const peaks: Record<string, number> = {};
  for (const [engine, runs] of series) {
    const peak = Math.max(0, ...runs.map((run) => run.workerMiB ?? 0));
    if (peak > 0) peaks[engine] = peak;
  }
  return peaks;
}
