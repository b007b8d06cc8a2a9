import assert from "node:assert/strict";
import { functions as F, SparkSession } from "../../mod.ts";
import { findSpark } from "../../src/driver/launch/find_spark.ts";
import { API_QUERIES } from "../tpch/api_queries.ts";
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

Deno.test("TPC-H's queries give the same rows in SQL, in the DataFrame API and in PySpark", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "tspark-tpch-" });
  try {
    const texts = queries(SCALE);
    const found = await runTSpark(t, folder, texts);
    const theirs = await runPySpark(folder, texts);
    for (const [i, rows] of theirs.entries()) {
      await t.step(
        `query ${i + 1} as in PySpark`,
        () => assert.deepEqual(found[i], rows),
      );
    }
    assert.equal(found.length, theirs.length);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Writes the tables, and compares the queries with their twins in the API. */
async function runTSpark(
  t: Deno.TestContext,
  folder: string,
  texts: readonly string[],
): Promise<string[][]> {
  let builder = SparkSession.builder.appName("tpch");
  for (const [key, value] of Object.entries(SETTINGS)) {
    builder = builder.config(key, value);
  }
  await using spark = await builder.getOrCreate();
  await t.step("tables that workers make", async () => {
    await writeTables(spark, folder, SCALE);
    await checkTotals(openTables(spark, folder));
  });
  const tables = openTables(spark, folder);
  await nameTables(tables);
  const found: string[][] = [];
  for (const [i, text] of texts.entries()) {
    await t.step(`query ${i + 1} in SQL and in the API`, async () => {
      const rows = await spark.sql(text).collect();
      assert.ok(rows.length > 0, "the query finds something");
      const api = await API_QUERIES[i]?.(tables, SCALE).collect() ?? [];
      assert.deepEqual(plainRows(api), plainRows(rows));
      const names = rows[0] === undefined ? [] : Object.keys(rows[0]);
      assert.deepEqual(Object.keys(api[0] ?? {}), names);
      found.push(plainRows(rows));
    });
  }
  return found;
}

/** An order's total is what its lines come to. */
async function checkTotals(
  { lineitem, orders }: ReturnType<typeof openTables>,
): Promise<void> {
  assert.equal(await orders.count(), 150_000);
  assert.equal(await lineitem.count(), 600_317);
  const totals = lineitem.groupBy("l_orderkey").agg(
    F.expr(
      "sum(round(l_extendedprice * (1 - l_discount) * (1 + l_tax), 2)) AS total",
    ),
  );
  const wrong = orders.join(totals, F.expr("o_orderkey = l_orderkey"))
    .where("o_totalprice != total");
  assert.equal(await wrong.count(), 0);
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
