/**
 * `deno task soak`: runs jobs of all kinds for a given time on Spark's own
 * small cluster while workers, daemons and executors are killed at random,
 * checks every result, and records what all processes hold.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { SparkSession } from "../../mod.ts";
import { uniformDraws } from "../../src/common/random.ts";
import { Chaos } from "./chaos.ts";
import { SOAK_JOBS } from "./soak_jobs.ts";
import { takeVitals, type Vitals } from "./vitals.ts";
import { drawPlot } from "./plot.ts";

const HELP = `deno task soak [options]

  --minutes n   how long (default: 60)
  --seed n      of data, order and kills (default: 1)
  --kills s     seconds between two kills, on average (default: 15)
  --pause ms    between two jobs, to leave the machine to others (default: 0)
  --record p    files to write: p.json and p.svg (default: none)`;

const PAUSE_OF_SAMPLES_MS = 10_000;

interface Outcome {
  readonly job: string;
  readonly seed: number;
  readonly problem: string;
}

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    kills: { type: "string", default: "15" },
    pause: { type: "string", default: "0" },
    record: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await main();

async function main(): Promise<void> {
  const random = uniformDraws(Number(values.seed), 0);
  const folder = await Deno.makeTempDir({ prefix: "soak-" });
  Deno.env.set("TMPDIR", folder); // what stays behind is seen there
  const start = performance.now();
  const end = start + 60_000 * Number(values.minutes);
  const runs: Record<string, number> = {};
  const problems: Outcome[] = [];
  const samples: Vitals[] = [];
  let kills: Chaos["kills"];
  {
    await using spark = await startSpark(folder);
    await spark.sparkContext.setLogLevel("OFF"); // killed processes fill the log
    using chaos = new Chaos(random, 1000 * Number(values.kills));
    let sampled = -Infinity;
    while (performance.now() < end) {
      const job = SOAK_JOBS[Math.floor(random() * SOAK_JOBS.length)];
      if (job === undefined) continue;
      const seed = Math.floor(random() * 2 ** 20);
      try {
        await job.run(spark, seed);
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        problems.push({ job: job.name, seed, problem });
        console.error(`${job.name} (seed ${seed}): ${problem.slice(0, 2000)}`);
      }
      runs[job.name] = (runs[job.name] ?? 0) + 1;
      if (performance.now() - sampled >= PAUSE_OF_SAMPLES_MS) {
        sampled = performance.now();
        samples.push(await takeVitals(spark.sparkContext, start, folder));
      }
      await new Promise((done) => setTimeout(done, Number(values.pause)));
    }
    kills = chaos.kills;
  }
  await Deno.remove(folder, { recursive: true });
  const result = {
    date: new Date().toISOString(),
    minutes: Number(values.minutes),
    seed: Number(values.seed),
    jobs: Object.values(runs).reduce((a, b) => a + b, 0),
    runs,
    kills,
    problems,
    drift: driftOf(samples),
    samples,
  };
  if (values.record !== undefined) {
    await Deno.writeTextFile(
      `${values.record}.json`,
      `${JSON.stringify(result, null, 1)}\n`,
    );
    await Deno.writeTextFile(`${values.record}.svg`, plotOf(samples));
  }
  console.log(JSON.stringify({ ...result, samples: samples.length }, null, 1));
  Deno.exitCode = problems.length === 0 ? 0 : 1;
}

/** Executors work below Spark's home, in `work/`: removing that while a soak runs fails it. An executor for each core, killed ones replaced for ever, and little memory before a worker spills. */
async function startSpark(folder: string): Promise<SparkSession> {
  return await SparkSession.builder.master("local-cluster[2,1,1024]")
    .appName("soak")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.driver.memory", "1g")
    .config("spark.executor.memory", "512m")
    .config("spark.local.dir", folder)
    .config("spark.python.worker.memory", "80m")
    .config("spark.task.maxFailures", "20")
    .config("spark.stage.maxConsecutiveAttempts", "20")
    .config("spark.deploy.maxExecutorRetries", "-1")
    .config("spark.sql.shuffle.partitions", "2")
    .getOrCreate();
}

/** Medians of the first and the last third of the samples. */
function driftOf(
  samples: readonly Vitals[],
): Record<string, readonly [number, number]> {
  const third = Math.floor(samples.length / 3);
  const parts = [samples.slice(0, third), samples.slice(-third)];
  const names = Object.keys(samples[0] ?? {}) as (keyof Vitals)[];
  return Object.fromEntries(
    names.filter((name) => name !== "seconds").map((name) => {
      const [first = 0, last = 0] = parts.map((part) =>
        part.map((vitals) => vitals[name]).toSorted((a, b) => a - b)[
          Math.floor(part.length / 2)
        ] ?? 0
      );
      return [name, [first, last] as const];
    }),
  );
}

function plotOf(samples: readonly Vitals[]): string {
  const curve = (name: string, key: keyof Vitals) => ({
    name,
    values: samples.map((vitals) => vitals[key]),
  });
  return drawPlot(samples.map(({ seconds }) => seconds), [
    {
      title: "Resident memory, MiB: JVMs",
      curves: [
        curve("driver's JVM", "jvmMiB"),
        curve("largest executor", "executorMiB"),
      ],
    },
    {
      title: "Resident memory, MiB: Deno",
      curves: [
        curve("driver", "driverMiB"),
        curve("largest worker", "workerMiB"),
        curve("largest daemon", "daemonMiB"),
      ],
    },
    {
      title: "Open descriptors",
      curves: [
        curve("driver", "driverFds"),
        curve("driver's JVM", "jvmFds"),
        curve("daemons and workers", "workerFds"),
      ],
    },
    {
      title: "Processes, objects, files",
      curves: [
        curve("processes", "processes"),
        curve("objects in the JVM", "javaObjects"),
        curve("temporary files", "files"),
      ],
    },
  ]);
}
