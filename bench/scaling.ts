/**
 * `deno task bench:scaling`: how the word count's time grows with the text and
 * with the cores, and how much memory a worker takes for it.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { cacheFolder } from "../src/driver/launch/cache_folder.ts";
import { findSpark } from "../src/driver/launch/find_spark.ts";
import { generateText, type TextSize } from "./data/generate.ts";
import { WORD_COUNTS } from "./definitions/expected.ts";
import { engineCommand } from "./harness/engines.ts";
import {
  describeCommit,
  describeJava,
  describeMachine,
  writeScalingRecord,
} from "./harness/record.ts";
import { measureScaling, type ScalingCase } from "./harness/scaling.ts";

const HELP = `deno task bench:scaling [options]

  --runs n     timed runs of each case after one untimed (default: 3)
  --quick      the small text only, nothing recorded
  --record     keep the result in bench/record/ (default without --quick)`;

const SETTINGS = {
  "spark.master": "local[2]",
  "spark.driver.memory": "4g",
  "spark.ui.enabled": "false",
  "spark.ui.showConsoleProgress": "false",
};

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await main(Number(values.runs), values.quick);

async function main(runs: number, isQuick: boolean): Promise<void> {
  const sizes: TextSize[] = isQuick ? ["small"] : ["small", "full", "huge"];
  const cases: ScalingCase[] = await Promise.all(
    sizes.map((size) => caseOf(size, null)),
  );
  cases.push(await caseOf(isQuick ? "small" : "full", "0"));
  const { home } = await findSpark();
  const temporary = await Deno.makeTempDir();
  try {
    const command = await engineCommand("tspark", {
      sparkHome: home,
      settings: SETTINGS,
      jobs: [],
      temporary,
    });
    const results = [];
    for (const one of cases) {
      const result = await measureScaling(command, one, runs);
      console.log(
        `${one.title}: ${result.timings.median.toFixed(2)} s (${
          result.timings.min.toFixed(2)
        }–${result.timings.max.toFixed(2)}), worker ${
          result.workerMiB?.toFixed(0) ?? "–"
        } MiB`,
      );
      results.push(result);
    }
    if (isQuick) return;
    const path = await writeScalingRecord({
      date: new Date().toISOString(),
      machine: await describeMachine(),
      java: await describeJava(),
      commit: await describeCommit(),
      settings: SETTINGS,
      cases: results,
    });
    console.error(`Kept in ${path}`);
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

async function caseOf(
  size: TextSize,
  cores: string | null,
): Promise<ScalingCase> {
  const file = await generateText(size, `${cacheFolder()}/bench`);
  const { size: bytes } = await Deno.stat(file);
  const where = cores === null ? "all cores" : `held to core ${cores}`;
  return {
    title: `${Math.round(bytes / 1e6)} MB, ${where}`,
    file,
    bytes,
    cores,
    expected: WORD_COUNTS[size],
  };
}
