/**
 * `deno task test [--spark=4.3.0,3.5.9] [--all] [--unit]`: prepares, runs the
 * unit tests and the integration tests on each Spark, two runs at a time, tells
 * where the time went, and ends with one line `N passed, N failed`.
 *
 * `--all`, or `CI` in the environment, adds the core on the Sparks between.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { installSpark } from "../src/driver/launch/install_spark.ts";
import { classArchive } from "./class_archive.ts";
import { isGreen, type Job, runJobs, summary } from "./jobs.ts";
import { prepareNative } from "./prepare.ts";

/** Integration tests run on these: all on the first, those of `every_spark/` on the others. */
export const SPARK_VERSIONS: readonly string[] = ["4.3.0", "3.5.9"];
/** With `--all`, the core runs on these as well; nightly the whole. */
export const MORE_SPARK_VERSIONS: readonly string[] = [
  "4.0.5",
  "4.1.4",
  "4.2.1",
];
/** The core: what of `every_spark/` has these in its file's name. */
const CORE = [
  "word_count",
  "data_frame",
  "local_frames",
  "io_test",
  "udf_test",
  "udf_rows",
  "transform_with_state",
];
/** All tests of `every_spark/` in one program. */
export const EVERY_SPARK_TESTS = "test/integration/every_spark.ts";
/** Queries run as generated code on the newest Spark; nightly on the others too. */
const INTERPRETED = { TSPARK_TEST_CODEGEN: "off" };
/** Run PySpark as well, which takes its time: on the first of the Sparks only. */
const DIFFERENTIAL_TESTS: readonly string[] = [
  "test/differential/differential_test.ts",
  "test/differential/tpch_test.ts",
];
/** Change or measure what threads share, such as the environment: one at a time, in a process of their own. */
const TESTS_ALONE = "test/alone";
/** Installs the npm package and runs it on Node: on the first of the Sparks only. */
const NPM_TEST = "test/npm/npm_test.ts";
/** What a machine of two cores gets done at a time. */
const LANES = 2;

/**
 * A JVM of a test is young when it ends: it compiles its code once, quickly, and
 * collects its garbage with one thread, which halves its time on the processor.
 * With that compiler alone it would have a fifth of the usual room for code.
 */
const LIGHT_JVM =
  "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=256m";

/** Which tests to run. */
export interface TestPlan {
  readonly unitOnly: boolean;
  /** Versions of Spark; the first one's are all tests. */
  readonly versions: readonly string[];
  /** Whether the Sparks between get the core. */
  readonly all: boolean;
}

/**
 * The runs of tests, the longest first.
 *
 * @param plan which
 */
export function testJobs({ unitOnly, versions, all }: TestPlan): Job[] {
  const unit = [
    testJob("Unit tests", [
      "--parallel",
      "--trace-leaks",
      `--ignore=test/integration,test/nightly,${TESTS_ALONE},${DIFFERENTIAL_TESTS},${NPM_TEST}`,
      "test",
    ]),
    testJob("Unit tests that change their process", [
      "--trace-leaks",
      TESTS_ALONE,
    ]),
  ];
  if (unitOnly) return unit;
  const [newest, ...others] = versions;
  const first = (title: string, ...files: readonly string[]): Job[] =>
    newest === undefined ? [] : [sparkJob(newest, title, files)];
  return [
    ...first("Newest Spark's tests", "test/integration/newest_spark.ts"),
    ...unit,
    ...versions.map((version) =>
      sparkJob(
        version,
        "Every Spark's tests",
        [EVERY_SPARK_TESTS],
        version === newest ? {} : INTERPRETED,
      )
    ),
    ...first("The npm package", NPM_TEST),
    ...first("Differential tests", ...DIFFERENTIAL_TESTS),
    ...MORE_SPARK_VERSIONS
      .filter((version) => all && !others.includes(version))
      .map((version) =>
        sparkJob(
          version,
          "The core",
          [EVERY_SPARK_TESTS, "--", ...CORE],
          INTERPRETED,
        )
      ),
  ];
}

/**
 * Tests on one Spark, installed where it is missing.
 *
 * @param version Spark's
 * @param title what is tested
 * @param args what `deno test` gets
 * @param env more variables
 */
export function sparkJob(
  version: string,
  title: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Job {
  return {
    ...testJob(`${title} on Spark ${version}`, args),
    prepare: async () => ({ ...await prepareSpark(version), ...env }),
  };
}

/** Made once for all jobs on that Spark. */
const prepared = new Map<string, ReturnType<typeof environmentOf>>();

function prepareSpark(version: string): ReturnType<typeof environmentOf> {
  const made = prepared.get(version) ?? environmentOf(version);
  prepared.set(version, made);
  return made;
}

async function environmentOf(
  version: string,
): Promise<{ SPARK_HOME: string; SPARK_SUBMIT_OPTS: string }> {
  const { home } = await installSpark(version);
  const archive = SPARK_VERSIONS.includes(version)
    ? await classArchive(home, LIGHT_JVM)
    : null; // it takes longer to make than a few tests save
  const options = archive === null ? "" : ` -XX:SharedArchiveFile=${archive}`;
  return { SPARK_HOME: home, SPARK_SUBMIT_OPTS: LIGHT_JVM + options };
}

function testJob(title: string, args: readonly string[]): Job {
  return { title, command: Deno.execPath(), args, isTest: true };
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      spark: { type: "string" },
      all: { type: "boolean", default: Deno.env.get("CI") !== undefined },
      unit: { type: "boolean", default: false },
    },
  });
  await prepareNative();
  const results = await runJobs(
    testJobs({
      unitOnly: values.unit,
      versions: values.spark?.split(",") ?? SPARK_VERSIONS,
      all: values.all,
    }),
    LANES,
  );
  console.log(summary(results));
  return isGreen(results) ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main());
