/**
 * Runs jobs in several engines by turns and checks that they agree.
 *
 * @module
 */
import type { JobDefinition } from "../definitions/definition.ts";
import {
  type EngineCommand,
  EngineProcess,
  type EngineVersions,
  type JobRun,
} from "./engine_process.ts";
import type { RecordedJob } from "./record.ts";
import { summarize, type Timings } from "./statistics.ts";
import type { JobResult } from "./table.ts";

/** What a comparison found. */
export interface Comparison {
  /** Rows of the table, in the jobs' order. */
  readonly table: readonly JobResult[];
  /** The same by job's name, with checksums. */
  readonly jobs: Readonly<Record<string, RecordedJob>>;
  /** What the engines said of themselves. */
  readonly versions: Readonly<Record<string, EngineVersions>>;
  /** What went wrong, job by job. */
  readonly failures: readonly string[];
}

/**
 * Runs every job once untimed and then `runs` times in each engine, the
 * engines taking turns, so that a busy minute of the machine hits all alike.
 *
 * @param commands how to start the engines
 * @param jobs what to run
 * @param file the text that jobs read
 * @param runs timed runs
 * @param size how many records jobs make, and which text it is
 * @param isOwnText whether the text is another than the generated one
 * @throws Error when an engine does not start
 */
export async function compareEngines(
  commands: readonly EngineCommand[],
  jobs: readonly JobDefinition[],
  file: string,
  runs: number,
  size: "small" | "full",
  isOwnText: boolean,
): Promise<Comparison> {
  const failures: string[] = [];
  const found = new Map<string, RecordedJob>();
  const versions: Record<string, EngineVersions> = {};
  const warm = jobs.filter((job) => job.timed === "warm");
  const fresh = jobs.filter((job) => job.timed !== "warm");
  const rowsOf = (job: JobDefinition): number => job.rows?.[size] ?? 0;
  const compare = async (
    job: JobDefinition,
    engines: readonly Turn[],
  ): Promise<void> => {
    const taking = engines.filter(({ name }) =>
      job.engines?.includes(name) !== false
    );
    const known = job.readsText && isOwnText
      ? undefined
      : job.expected[size] ?? job.expected.any;
    try {
      found.set(job.name, await takeTurns(job, taking, runs, known));
    } catch (error) {
      // The other jobs' results are worth having.
      failures.push(error instanceof Error ? error.message : String(error));
      console.error(failures.at(-1));
    }
  };

  await using stack = new AsyncDisposableStack();
  const engines: Turn[] = [];
  for (const how of warm.length > 0 ? commands : []) {
    const engine = stack.use(EngineProcess.start(how));
    versions[how.engine] = await engine.ready();
    console.error(`${how.engine}: ready`);
    engines.push({
      name: how.engine,
      run: (job): Promise<JobRun> => engine.run(job.name, file, rowsOf(job)),
    });
  }
  for (const job of warm) {
    await compare(job, engines);
  }
  await stack.disposeAsync();

  const starts = commands.map((how): Turn => ({
    name: how.engine,
    run: (job): Promise<JobRun> => runFresh(how, job, file, versions),
  }));
  for (const job of fresh) {
    await compare(job, starts);
  }
  return {
    table: jobs.map((job) => ({
      title: job.title,
      ...(job.target === undefined ? {} : { target: job.target }),
      engines: found.get(job.name)?.engines ?? {},
    })),
    jobs: Object.fromEntries(found),
    versions,
    failures,
  };
}

interface Turn {
  readonly name: string;
  run(job: JobDefinition): Promise<JobRun>;
}

async function takeTurns(
  job: JobDefinition,
  engines: readonly Turn[],
  runs: number,
  known: string | undefined,
): Promise<RecordedJob> {
  let agreed = known === undefined ? undefined : { checksum: known, by: "us" };
  const seconds = new Map<string, number[]>();
  for (let round = 0; round <= runs; round++) {
    for (const engine of engines) {
      const run = await engine.run(job);
      agreed ??= { checksum: run.checksum, by: engine.name };
      if (run.checksum !== agreed.checksum) {
        throw new Error(
          `Results of ${job.name} differ: ${engine.name} has "${run.checksum}", ` +
            `${agreed.by} "${agreed.checksum}"`,
        );
      }
      const note = round === 0 ? "untimed" : `${round}/${runs}`;
      console.error(
        `${job.name} ${engine.name} ${note}: ${run.seconds.toFixed(2)} s`,
      );
      // The first round loads, compiles and fills caches.
      if (round === 0) continue;
      seconds.set(engine.name, [
        ...seconds.get(engine.name) ?? [],
        run.seconds,
      ]);
    }
  }
  const timings: Record<string, Timings> = {};
  for (const [name, series] of seconds) timings[name] = summarize(series);
  return { checksum: agreed?.checksum ?? "", engines: timings };
}

/** Seconds from the start of the process, or from the call in it, to the result. */
async function runFresh(
  how: EngineCommand,
  job: JobDefinition,
  file: string,
  versions: Record<string, EngineVersions>,
): Promise<JobRun> {
  const start = performance.now();
  await using engine = EngineProcess.start(how);
  await engine.request(job.name, file, 0);
  versions[how.engine] = await engine.ready();
  const { checksum, seconds } = await engine.result();
  return job.timed === "first"
    ? { checksum, seconds }
    : { checksum, seconds: (performance.now() - start) / 1000 };
}
