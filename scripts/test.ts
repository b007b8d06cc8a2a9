/**
 * `deno task test [--spark=4.3.0,3.5.9] [--all] [--unit]`: prepares, runs the
 * unit tests several files at a time, then the integration tests on each Spark,
 * one after another, and ends with one line `N passed, N failed`.
 *
 * `--all`, or `CI` in the environment, adds the word count on the Sparks between.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { installSpark } from "../src/driver/launch/install_spark.ts";
import { prepareNative } from "./prepare.ts";
import { countResults, type TestCounts } from "./test_counts.ts";

/** Integration tests run on these: all on the first, those of `every_spark/` on the others. */
const SPARK_VERSIONS: readonly string[] = ["4.3.0", "3.5.9"];
/** With `--all`, the word count runs on these as well. */
const MORE_SPARK_VERSIONS: readonly string[] = ["4.0.5", "4.1.4", "4.2.1"];
/** The one integration test that runs on {@link MORE_SPARK_VERSIONS}. */
const WORD_COUNT_TEST = "test/integration/every_spark/word_count_test.ts";
/** Runs PySpark as well, which takes its time: on the first of the Sparks only. */
const DIFFERENTIAL_TEST = "test/differential/differential_test.ts";
/** Installs the npm package and runs it on Node: on the first of the Sparks only. */
const NPM_TEST = "test/npm/npm_test.ts";
/** A test run that takes longer hangs. */
const RUN_LIMIT_MS = 25 * 60_000;

interface TestRun {
  readonly title: string;
  readonly args: readonly string[];
  readonly sparkVersion?: string;
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

  const lines: string[] = [];
  const total = { passed: 0, failed: 0, ignored: 0 };
  const runs = planRuns(values.unit, values.spark?.split(","), values.all);
  for (const run of runs) {
    console.error(`\n=== ${run.title}`);
    const counts = await runTests(run);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.ignored += counts.ignored;
    lines.push(`${run.title}: ${describe(counts)}`);
  }
  if (total.passed + total.failed === 0) {
    lines.push("No test ran");
    total.failed = 1;
  }
  if (total.ignored > 0) lines.push(`${total.ignored} ignored`);
  const totals = `${total.passed} passed, ${total.failed} failed`;
  console.log(["", ...lines, totals].join("\n"));
  return total.failed === 0 ? 0 : 1;
}

function planRuns(
  unitOnly: boolean,
  chosen: readonly string[] | undefined,
  all: boolean,
): TestRun[] {
  const runs: TestRun[] = [{
    title: "Unit tests",
    args: [
      "--parallel",
      "--trace-leaks",
      `--ignore=test/integration,test/nightly,${DIFFERENTIAL_TEST},${NPM_TEST}`,
      "test",
    ],
  }];
  if (unitOnly) return runs;
  const versions = chosen ?? SPARK_VERSIONS;
  for (const [at, sparkVersion] of versions.entries()) {
    runs.push({
      title: `Integration tests on Spark ${sparkVersion}`,
      args: at === 0 ? ["test/integration"] : ["test/integration/every_spark"],
      sparkVersion,
    });
  }
  for (const sparkVersion of versions.slice(0, 1)) {
    runs.push({
      title: `Differential test on Spark ${sparkVersion}`,
      args: [DIFFERENTIAL_TEST],
      sparkVersion,
    }, {
      title: `The npm package on Spark ${sparkVersion}`,
      args: [NPM_TEST],
      sparkVersion,
    });
  }
  if (!all) return runs;
  for (const sparkVersion of MORE_SPARK_VERSIONS) {
    if (chosen?.includes(sparkVersion)) continue;
    runs.push({
      title: `Word count on Spark ${sparkVersion}`,
      args: [WORD_COUNT_TEST],
      sparkVersion,
    });
  }
  return runs;
}

async function runTests(run: TestRun): Promise<TestCounts> {
  const env: Record<string, string> = {};
  if (run.sparkVersion !== undefined) {
    try {
      env["SPARK_HOME"] = (await installSpark(run.sparkVersion)).home;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1, ignored: 0 };
    }
  }
  const report = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const status = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--allow-all", `--junit-path=${report}`, ...run.args],
      env,
      stdin: "null",
      stdout: "inherit",
      stderr: "inherit",
      signal: AbortSignal.timeout(RUN_LIMIT_MS),
    }).spawn().status;
    return countResults(await Deno.readTextFile(report), status.success);
  } finally {
    await Deno.remove(report);
  }
}

function describe(counts: TestCounts): string {
  const ignored = counts.ignored > 0 ? `, ${counts.ignored} ignored` : "";
  return `${counts.passed} passed, ${counts.failed} failed${ignored}`;
}

if (import.meta.main) Deno.exit(await main());
