import assert from "node:assert/strict";
import { SparkSession } from "../../mod.ts";
import { findSpark } from "../../src/driver/launch/find_spark.ts";
import { writeTables } from "../tpch/generate.ts";
import { plainRows } from "../tpch/plain_rows.ts";
import { queries } from "../tpch/queries.ts";
import { nameTables, openTables } from "../tpch/tables.ts";
import { runScript } from "./run_script.ts";

const SCALE = 0.1;
const RUN_LIMIT_MS = 5 * 60_000;
const RUNNER = new URL("../tpch/run_pyspark.py", import.meta.url);
/** The same for both sides; the JVM runs too short for its best compiler to pay. */
const SETTINGS: Readonly<Record<string, string>> = {
  "spark.master": "local[2]",
  "spark.ui.enabled": "false",
  "spark.ui.showConsoleProgress": "false",
  "spark.sql.shuffle.partitions": "4",
  "spark.driver.memory": "2g",
  "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
};

Deno.test("TPC-H's queries give the same rows in TSpark and in PySpark", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "tspark-tpch-" });
  try {
    const texts = queries(SCALE);
    const ours = await runTSpark(folder, texts);
    const theirs = await runPySpark(folder, texts);
    for (const [i, rows] of theirs.entries()) {
      await t.step(`query ${i + 1}`, () => assert.deepEqual(ours[i], rows));
    }
    assert.equal(ours.length, theirs.length);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Writes the tables, and runs the queries here. */
async function runTSpark(
  folder: string,
  texts: readonly string[],
): Promise<string[][]> {
  let builder = SparkSession.builder.appName("tpch");
  for (const [key, value] of Object.entries(SETTINGS)) {
    builder = builder.config(key, value);
  }
  await using spark = await builder.getOrCreate();
  await writeTables(spark, folder, SCALE);
  await nameTables(openTables(spark, folder));
  const found: string[][] = [];
  for (const text of texts) {
    found.push(plainRows(await spark.sql(text).collect()));
  }
  return found;
}

/** Runs the queries in one process of PySpark. */
async function runPySpark(
  folder: string,
  texts: readonly string[],
): Promise<string[][]> {
  const [input, output] = [`${folder}/queries.json`, `${folder}/rows.json`];
  await Deno.writeTextFile(input, JSON.stringify(texts));
  const { home } = await findSpark();
  await runScript(home, {
    script: RUNNER,
    args: [folder, input, output],
    env: { TPCH_CONF: JSON.stringify(SETTINGS) },
    limitMs: RUN_LIMIT_MS,
  });
  const rows: unknown[][][] = JSON.parse(await Deno.readTextFile(output));
  return rows.map((each) => plainRows(each));
}
