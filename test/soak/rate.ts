/**
 * `deno task soak:rate`: a stream of 200 000 rows a second through a function
 * of rows and a count by key that keeps states, for a given time. Tells whether
 * it keeps up, and what this program, the JVM and the workers hold; with
 * `--pyspark`, the same of PySpark behind it.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { functions as F, SparkSession, udf } from "../../mod.ts";
import { takeVitals, type Vitals } from "./vitals.ts";

const HELP = `deno task soak:rate [options]

  --minutes n   how long (default: 10)
  --rows n      rows a second (default: 200000)
  --keys n      how many keys are counted (default: 1000)
  --pyspark p   a Python with PySpark, which does the same afterwards
  --record p    a file to write (default: none)`;

const SAMPLE_MS = 10_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    rows: { type: "string", default: "200000" },
    keys: { type: "string", default: "1000" },
    pyspark: { type: "string" },
    record: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(HELP);
else await main();

/** One batch of the query. */
interface Batch {
  readonly rows: number;
  readonly ms: number;
  readonly rowsPerSecond: number;
}

interface Outcome {
  readonly minutes: number;
  readonly rowsPerSecond: number;
  readonly batches: readonly Batch[];
  readonly samples: readonly Vitals[];
}

async function main(): Promise<void> {
  const outcome = await runOurs();
  report("TSpark", outcome);
  const theirs = values.pyspark === undefined
    ? null
    : await runPyspark(values.pyspark);
  if (theirs !== null) console.log("PySpark", theirs);
  if (values.record !== undefined) {
    const text = JSON.stringify({ ours: outcome, theirs }, null, 1);
    await Deno.writeTextFile(values.record, `${text}\n`);
  }
}

async function runOurs(): Promise<Outcome> {
  const keys = Number(values.keys);
  const folder = await Deno.makeTempDir({ prefix: "rate-" });
  await using spark = await SparkSession.builder.master("local[2]")
    .config("spark.sql.shuffle.partitions", 2)
    .config("spark.ui.enabled", false).getOrCreate();
  const keyOf = udf((value: number) => value % keys, "int");
  const counts = spark.readStream.format("rate")
    .option("rowsPerSecond", Number(values.rows)).load<
    { timestamp: Date; value: number }
  >()
    .select(keyOf(F.col("value")).as("key"))
    .groupBy("key")
    .flatMapGroupsWithState(
      (_key, rows, state) => {
        let count = state.getOption()?.count ?? 0;
        for (const _ of rows) count++;
        state.update({ count });
        return [{ count }];
      },
      "count BIGINT",
      { state: "count BIGINT NOT NULL", outputMode: "update" },
    );
  const start = performance.now();
  const query = await counts.writeStream.format("noop").outputMode("update")
    .option("checkpointLocation", `${folder}/checkpoint`).start();
  const samples: Vitals[] = [];
  const batches: Batch[] = [];
  let sampled = start;
  for await (const progress of query.progress()) {
    batches.push({
      rows: progress.numInputRows,
      ms: progress.durationMs["triggerExecution"] ?? 0,
      rowsPerSecond: Math.round(progress.processedRowsPerSecond ?? 0),
    });
    const now = performance.now();
    if (now - sampled >= SAMPLE_MS) {
      sampled = now;
      samples.push(await takeVitals(spark.sparkContext, start, folder));
    }
    if (now - start >= 60_000 * Number(values.minutes)) await query.stop();
  }
  await Deno.remove(folder, { recursive: true });
  const seconds = (performance.now() - start) / 1000;
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  return {
    minutes: Number(values.minutes),
    rowsPerSecond: Math.round(rows / seconds),
    batches,
    samples,
  };
}

function report(
  name: string,
  { rowsPerSecond, batches, samples }: Outcome,
): void {
  const times = batches.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const median = times[times.length >> 1] ?? 0;
  console.log(
    `${name}: ${rowsPerSecond} rows/s in ${batches.length} batches, ${median} ms each (median)`,
  );
  for (const { seconds, driverMiB, jvmMiB, workerMiB } of samples) {
    console.log(
      `  ${seconds} s: driver ${driverMiB} MiB, JVM ${jvmMiB} MiB, worker ${workerMiB} MiB`,
    );
  }
}

/** The same by PySpark: a function of rows, and a state of pandas. */
async function runPyspark(python: string): Promise<string> {
  const { stdout, stderr, success } = await new Deno.Command(python, {
    args: [
      new URL("./rate_pyspark.py", import.meta.url).pathname,
      values.minutes,
      values.rows,
      values.keys,
    ],
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(text.decode(stderr).slice(-2000));
  return text.decode(stdout).trim();
}
