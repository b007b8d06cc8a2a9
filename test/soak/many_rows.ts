/**
 * `deno task soak:rows [--rows n] [--record file]`: sends rows through a row
 * function in one task, and watches what its worker holds.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { functions, SparkSession, udf } from "../../mod.ts";
import { residentBytes, workers } from "../integration/processes.ts";

const PAUSE_MS = 1000;
/** Most that the last third may hold beyond the first. */
const MOST_GROWTH_MIB = 16;

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "200000000" },
    record: { type: "string" },
  },
});

interface Sample {
  readonly seconds: number;
  /** Of the largest worker. */
  readonly workerMiB: number;
}

const rows = Number(values.rows);
const samples: Sample[] = [];
const start = performance.now();
const timer = setInterval(takeSample, PAUSE_MS);
const sum = await run().finally(() => clearInterval(timer));
const seconds = Math.round((performance.now() - start) / 1000);
const third = Math.floor(samples.length / 3);
const first = median(samples.slice(0, third));
const last = median(samples.slice(-third));
const record = {
  date: new Date().toISOString(),
  deno: Deno.version.deno,
  rows,
  seconds,
  workerMiB: { first, last },
  samples,
};
if (values.record !== undefined) {
  await Deno.writeTextFile(
    values.record,
    `${JSON.stringify(record, null, 1)}\n`,
  );
}
console.log(
  `${rows} rows in ${seconds} s; the worker held ${first} MiB in the first third, ${last} MiB in the last`,
);
const isRight = sum === BigInt(rows) * BigInt(rows + 1) / 2n;
if (!isRight) console.error(`The sum is ${sum}`);
Deno.exitCode = isRight && last - first <= MOST_GROWTH_MIB ? 0 : 1;

async function run(): Promise<bigint> {
  await using spark = await SparkSession.builder.master("local[1]")
    .appName("many rows")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .getOrCreate();
  const plusOne = udf((x: number) => x + 1, "bigint");
  const total = functions.sum(plusOne("id")).cast("string").as("sum");
  const [row] = await spark.range(0, rows, 1, 1).agg(total).collect();
  return BigInt(String(row?.sum));
}

function takeSample(): void {
  const bytes = workers().map((pid) => {
    try {
      return residentBytes(pid).now;
    } catch {
      return 0; // it has ended meanwhile
    }
  });
  const largest = Math.max(0, ...bytes);
  if (largest === 0) return;
  samples.push({
    seconds: Math.round((performance.now() - start) / 1000),
    workerMiB: Math.round(largest / 2 ** 20),
  });
}

function median(some: readonly Sample[]): number {
  const sorted = some.map(({ workerMiB }) => workerMiB)
    .toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
