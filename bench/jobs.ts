/**
 * `deno task bench:jobs [job …]`: runs each job in every engine by turns, on
 * the same Spark, text and cores, checks that the results agree, and prints
 * the medians side by side.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { cacheFolder } from "../src/driver/launch/cache_folder.ts";
import { findSpark } from "../src/driver/launch/find_spark.ts";
import { generateText } from "./data/generate.ts";
import type { JobDefinition } from "./definitions/definition.ts";
import { JOBS } from "./definitions/mod.ts";
import {
  engineCommand,
  type EngineName,
  ENGINES,
  USUAL_ENGINES,
} from "./harness/engines.ts";
import { compareEngines } from "./harness/compare.ts";
import {
  describeCommit,
  describeJava,
  describeMachine,
  writeRecord,
} from "./harness/record.ts";
import { formatTable } from "./harness/table.ts";

const HELP = `deno task bench:jobs [job …] [options]

  --size small|full   generated text: 12 MB or 120 MB (default: small)
  --file path         a text of your own in its place
  --runs n            timed runs (default: 5)
  --warm n            untimed runs before those of a warm job (default: 1)
  --engines a,b       of ${ENGINES.join(", ")}
                      (default: all but twin, which is TSpark without its addon)
  --cores n           local[n] (default: 2)
  --record            keep the result in bench/record/ (default for --size full)

Jobs: ${JOBS.map((job) => job.name).join(", ")}`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      size: { type: "string", default: "small" },
      file: { type: "string" },
      runs: { type: "string", default: "5" },
      warm: { type: "string", default: "1" },
      engines: { type: "string", default: USUAL_ENGINES.join(",") },
      cores: { type: "string", default: "2" },
      record: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);

  const size = oneOf("--size", values.size, ["small", "full"] as const);
  const jobs = chooseJobs(positionals);
  const engines = values.engines.split(",")
    .map((name) => oneOf("--engines", name, ENGINES));
  const runs = wholeNumber("--runs", values.runs);
  const untimedRuns = wholeNumber("--warm", values.warm);
  const settings = {
    "spark.master": `local[${wholeNumber("--cores", values.cores)}]`,
    "spark.driver.memory": "4g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
  };
  const file = values.file ??
    await generateText(size, `${cacheFolder()}/bench`);
  const temporary = await Deno.makeTempDir();
  try {
    const { home } = await findSpark();
    const setup = { sparkHome: home, settings, jobs: JOBS, temporary };
    const commands = await Promise.all(
      engines.map((engine: EngineName) => engineCommand(engine, setup)),
    );
    const isOwnText = values.file !== undefined;
    const result = await compareEngines({
      commands,
      jobs,
      file,
      isOwnText,
      size,
      runs,
      untimedRuns,
    });
    console.log(formatTable(result.table, engines));
    if (values.record || size === "full") {
      const path = await writeRecord({
        date: new Date().toISOString(),
        machine: await describeMachine(),
        engines: result.versions,
        java: await describeJava(),
        commit: await describeCommit(),
        text: {
          name: isOwnText ? "own text" : `zipf ${size}`,
          bytes: (await Deno.stat(file)).size,
        },
        settings,
        untimedRuns,
        jobs: result.jobs,
        failures: result.failures,
      });
      console.error(`Kept in ${path}`);
    }
    if (result.failures.length > 0) {
      throw new Error(`Failed:\n${result.failures.join("\n")}`);
    }
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

function chooseJobs(names: readonly string[]): readonly JobDefinition[] {
  if (names.length === 0) return JOBS;
  return names.map((name) => {
    const job = JOBS.find((candidate) => candidate.name === name);
    if (job === undefined) {
      throw new RangeError(
        `Cannot run job "${name}": there is none of that name; ` +
          `choose from ${JOBS.map((known) => known.name).join(", ")}`,
      );
    }
    return job;
  });
}

function oneOf<T extends string>(
  option: string,
  value: string,
  choices: readonly T[],
): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw new RangeError(
    `Cannot use "${value}" for ${option}: choose from ${choices.join(", ")}`,
  );
}

function wholeNumber(option: string, value: string): number {
  if (/^[1-9]\d{0,3}$/.test(value)) return Number(value);
  throw new RangeError(
    `Cannot use "${value}" for ${option}: give a whole number from 1`,
  );
}

if (import.meta.main) {
  await main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  });
}
