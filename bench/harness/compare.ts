/**
 * Compares engines job by job: warm ones first, in engines that stay up, then
 * those that need a new process for each run.
 *
 * @module
 */
import type { JobDefinition } from "../definitions/definition.ts";
import {
  type EngineCommand,
  EngineProcess,
  type EngineVersions,
} from "./engine_process.ts";
import type { RecordedJob } from "./record.ts";
import type { JobResult } from "./table.ts";
import {
  takeTurns,
  type TimedRun,
  type Turn,
  type TurnsResult,
} from "./take_turns.ts";
import { WarmEngine } from "./warm_engine.ts";

/** What to run, and on what. */
export interface ComparisonSetup {
  /** How to start the engines. */
  readonly commands: readonly EngineCommand[];
  /** The jobs, in the order of the table. */
  readonly jobs: readonly JobDefinition[];
  /** Path of the text that jobs read. */
  readonly file: string;
  /** Whether the text is another than the generated one. */
  readonly isOwnText: boolean;
  /** How many records jobs make, and which result is expected. */
  readonly size: "small" | "full";
  /** Timed runs. */
  readonly runs: number;
  /** Untimed runs before those of a warm job. */
  readonly untimedRuns: number;
}

/** What a comparison found. */
export interface Comparison {
  /** Rows of the table, in the jobs' order. */
  readonly table: readonly JobResult[];
  /** The same by job's name, with checksums. */
  readonly jobs: Readonly<Record<string, RecordedJob>>;
  /** What the engines said of themselves. */
  readonly versions: Readonly<Record<string, EngineVersions>>;
  /** What went wrong, a line for each job and engine. */
  readonly failures: readonly string[];
}

/**
 * Runs every job untimed and then `runs` times in each engine, the
 * engines taking turns, so that a busy minute of the machine hits all alike.
 * A job that fails in one engine is reported, and the rest goes on.
 *
 * @throws Error when an engine does not start
 */
export async function compareEngines(
  setup: ComparisonSetup,
): Promise<Comparison> {
  const versions: Record<string, EngineVersions> = {};
  const found = new Map<string, TurnsResult>();
  await runWarm(setup, versions, found);
  await runFresh(setup, versions, found);

  const results = setup.jobs.map((job) => ({
    job,
    result: found.get(programOf(job)),
  }));
  const failures = [...found].flatMap(([program, result]) =>
    Object.entries(result.failures)
      .map(([engine, why]) => `${program} in ${engine}: ${why}`)
  );
  return {
    table: results.map(({ job, result }) => ({
      title: job.title,
      ...(job.target === undefined ? {} : { target: job.target }),
      engines: result?.parts[job.name] ?? {},
      failed: Object.keys(result?.failures ?? {}),
      workerMiB: result?.workerMiB ?? {},
    })),
    jobs: Object.fromEntries(results.map(({ job, result }) => [job.name, {
      checksum: result?.checksum ?? "",
      engines: result?.parts[job.name] ?? {},
      workerMiB: result?.workerMiB ?? {},
    }])),
    versions,
    failures,
  };
}

async function runWarm(
  setup: ComparisonSetup,
  versions: Record<string, EngineVersions>,
  found: Map<string, TurnsResult>,
): Promise<void> {
  const jobs = setup.jobs.filter(({ timed }) => timed === "warm");
  await using stack = new AsyncDisposableStack();
  const engines = new Map<string, WarmEngine>();
  for (const how of setup.commands) {
    if (!jobs.some((job) => takesPart(how.engine, job))) continue;
    engines.set(how.engine, stack.use(new WarmEngine(how)));
  }
  await Promise.all([...engines].map(async ([name, engine]) => {
    versions[name] = await engine.start();
    console.error(`${name}: ready`);
  }));
  for (const job of jobs) {
    const rows = job.rows?.[setup.size] ?? 0;
    const turns = [...engines]
      .filter(([name]) => takesPart(name, job))
      .map(([name, engine]): Turn => ({
        engine: name,
        run: () => engine.run(programOf(job), job.name, setup.file, rows),
      }));
    found.set(programOf(job), await compareOne(setup, job, turns));
  }
}

async function runFresh(
  setup: ComparisonSetup,
  versions: Record<string, EngineVersions>,
  found: Map<string, TurnsResult>,
): Promise<void> {
  const fresh = setup.jobs.filter(({ timed }) => timed !== "warm");
  for (const [program, jobs] of Map.groupBy(fresh, programOf)) {
    const [job] = jobs;
    if (job === undefined) continue;
    const turns = setup.commands
      .filter(({ engine }) => takesPart(engine, job))
      .map((how): Turn => ({
        engine: how.engine,
        run: () => runInNewProcess(how, jobs, setup.file, versions),
      }));
    found.set(program, await compareOne(setup, job, turns));
  }
}

async function compareOne(
  setup: ComparisonSetup,
  job: JobDefinition,
  turns: readonly Turn[],
): Promise<TurnsResult> {
  const known = job.readsText && setup.isOwnText
    ? undefined
    : job.expected[setup.size] ?? job.expected.any;
  return await takeTurns(
    programOf(job),
    turns,
    {
      timed: setup.runs,
      untimed: job.timed === "warm" ? setup.untimedRuns : 1,
    },
    known,
    (line) => console.error(line),
  );
}

/** One start of the program, which gives the times of all jobs that share it. */
async function runInNewProcess(
  how: EngineCommand,
  jobs: readonly JobDefinition[],
  file: string,
  versions: Record<string, EngineVersions>,
): Promise<TimedRun> {
  const start = performance.now();
  const secondsSinceStart = () => (performance.now() - start) / 1000;
  await using engine = EngineProcess.start(how);
  await engine.request(
    jobs[0] === undefined ? "" : programOf(jobs[0]),
    file,
    0,
  );
  versions[how.engine] = await engine.ready();
  const session = secondsSinceStart();
  const { checksum, seconds: first } = await engine.result();
  const times = { session, first, fresh: secondsSinceStart(), warm: first };
  return {
    checksum,
    seconds: Object.fromEntries(
      jobs.map((job) => [job.name, times[job.timed]]),
    ),
  };
}

function programOf(job: JobDefinition): string {
  return job.program ?? job.name;
}

function takesPart(engine: string, job: JobDefinition): boolean {
  const program = engine === "twin" ? "tspark" : engine; // the same files
  return job.engines?.includes(program) !== false;
}
