import assert from "node:assert/strict";
import { SparkSession } from "../../mod.ts";
import { findSpark } from "../../src/driver/launch/find_spark.ts";
import { generatePrograms } from "./generate.ts";
import { describeMismatch } from "./mismatch.ts";
import { type Outcome, sameOutcome } from "./normalize.ts";
import type { Program } from "./program.ts";
import { arrayOutcome } from "./run_arrays.ts";
import { runPySpark } from "./run_pyspark.ts";
import { runTSpark } from "./run_tspark.ts";

/** `TSPARK_DIFFERENTIAL_SEED` and `…_COUNT` try other programs. */
const SEED = Number(Deno.env.get("TSPARK_DIFFERENTIAL_SEED") ?? 5);
const COUNT = Number(Deno.env.get("TSPARK_DIFFERENTIAL_COUNT") ?? 20);
/** More would hide the first. */
const MAX_SHOWN = 5;
/** The same for both sides; the JVM runs too short for its best compiler to pay. */
const SETTINGS: Readonly<Record<string, string>> = {
  "spark.master": "local[2]",
  "spark.ui.enabled": "false",
  "spark.ui.showConsoleProgress": "false",
  "spark.default.parallelism": "2",
  "spark.driver.memory": "1g",
  "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
};

Deno.test(`${COUNT} random programs give the same result in TSpark, on arrays and in PySpark`, async (t) => {
  const programs = generatePrograms(SEED, COUNT);
  const expected = programs.map(arrayOutcome);
  const { home } = await findSpark();
  // One Spark after the other: both want all cores.
  let ours: Outcome[] = [];
  await t.step("TSpark as arrays", async () => {
    ours = await runAll(programs);
    report(programs, (i) => ({ arrays: expected[i], TSpark: ours[i] }));
  });
  await t.step("PySpark as arrays and TSpark", async () => {
    const theirs = await runPySpark(programs, home, SETTINGS);
    report(programs, (i) => ({
      arrays: expected[i],
      TSpark: ours[i],
      PySpark: theirs[i],
    }));
  });
});

async function runAll(programs: readonly Program[]): Promise<Outcome[]> {
  let builder = SparkSession.builder.appName("differential");
  for (const [key, value] of Object.entries(SETTINGS)) {
    builder = builder.config(key, value);
  }
  await using spark = await builder.getOrCreate();
  const outcomes: Outcome[] = [];
  for (const program of programs) {
    outcomes.push(await runTSpark(spark.sparkContext, program));
  }
  return outcomes;
}

/** Fails with every program of which two outcomes differ, the first in full. */
function report(
  programs: readonly Program[],
  outcomesOf: (index: number) => Readonly<Record<string, Outcome | undefined>>,
): void {
  const mismatches = programs.flatMap((program, i) => {
    const outcomes = outcomesOf(i);
    const [first, ...others] = Object.values(outcomes);
    const isSame = others.every((other) =>
      first !== undefined && other !== undefined &&
      sameOutcome(first, other, program.result)
    );
    return isSame ? [] : [describeMismatch(program, outcomes)];
  });
  if (mismatches.length === 0) return;
  assert.fail(
    [
      `${mismatches.length} of ${programs.length} programs differ`,
      ...mismatches.slice(0, MAX_SHOWN),
    ].join("\n\n"),
  );
}
