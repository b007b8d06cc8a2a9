import assert from "node:assert/strict";
import { functions as F } from "../../../mod.ts";
import { API_QUERIES } from "../../tpch/api_queries.ts";
import { writeTables } from "../../tpch/generate.ts";
import { plainRows } from "../../tpch/plain_rows.ts";
import { queries } from "../../tpch/queries.ts";
import { nameTables, openTables } from "../../tpch/tables.ts";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const SCALE = 0.1;
/** Of about 600,000 lines few partitions suffice. */
const SHUFFLES = 4;

Deno.test("TPC-H's queries give the same rows in SQL and in the DataFrame API", async (t) => {
  const spark = (await sharedSession()).newSession();
  await spark.conf.set("spark.sql.shuffle.partitions", SHUFFLES);
  await using folder = await temporaryFolder();
  await t.step("of tables that workers make", async () => {
    await writeTables(spark, folder.path, SCALE);
    const { lineitem, orders } = openTables(spark, folder.path);
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
  });
  const tables = openTables(spark, folder.path);
  await nameTables(tables);
  for (const [i, text] of queries(SCALE).entries()) {
    await t.step(`query ${i + 1}`, async () => {
      const rows = await spark.sql(text).collect();
      assert.ok(rows.length > 0, "the query finds something");
      const api = await API_QUERIES[i]?.(tables, SCALE).collect() ?? [];
      assert.deepEqual(plainRows(api), plainRows(rows));
      const names = rows[0] === undefined ? [] : Object.keys(rows[0]);
      assert.deepEqual(Object.keys(api[0] ?? {}), names);
    });
  }
});
