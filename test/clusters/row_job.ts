/**
 * What each row of the matrix runs in a program of its own:
 * `deno run -A test/clusters/row_job.ts '<settings as JSON>'`. The word count
 * first, then what proves that the row's setting is in force. Prints one line
 * of JSON.
 *
 * @module
 */
import assert from "node:assert/strict";
import { SparkSession } from "../../mod.ts";
import type { RowJob, RowOutcome } from "./matrix_row.ts";
import { PROOFS } from "./proofs.ts";

const job = JSON.parse(Deno.args[0] ?? "") as RowJob;
const text = await Deno.readTextFile(job.text);
const wanted = new Map<string, number>();
for (const word of text.split(/[ \n]/)) {
  wanted.set(word, (wanted.get(word) ?? 0) + 1);
}
wanted.set("", (wanted.get("") ?? 0) - (text.endsWith("\n") ? 1 : 0));
if (wanted.get("") === 0) wanted.delete("");

let builder = SparkSession.builder.master(job.master).appName(job.name)
  .config("spark.ui.enabled", "false")
  .config("spark.ui.showConsoleProgress", "false")
  .config("spark.driver.memory", "700m")
  .config("spark.executor.memory", "512m")
  .config("spark.sql.shuffle.partitions", "2");
for (const [key, value] of Object.entries(job.settings)) {
  builder = builder.config(key, value);
}
await using spark = await builder.getOrCreate();
const counts = await spark.sparkContext.textFile(`file://${job.text}`, 3)
  .flatMap((line) => line.split(" "))
  .map((word): [string, number] => [word, 1])
  .reduceByKey((a, b) => a + b)
  .collect();
assert.deepEqual(new Map(counts), wanted);
const proof = await PROOFS[job.proof](spark);
const outcome: RowOutcome = { words: counts.length, proof };
console.log(`\n${JSON.stringify(outcome)}`);
