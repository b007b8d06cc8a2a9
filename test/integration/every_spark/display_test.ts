import assert from "node:assert/strict";
import type { DataFrame, Untyped } from "../../../mod.ts";
import { JUPYTER_DISPLAY } from "../../../src/common/inspect.ts";
import { sharedSession } from "../shared_session.ts";

/** What a notebook gets of a frame. */
async function shown(
  df: DataFrame<Untyped>,
): Promise<Readonly<Record<string, unknown>>> {
  return await df[JUPYTER_DISPLAY]();
}

Deno.test("a notebook shows a DataFrame's first rows", async (t) => {
  const spark = await sharedSession();

  await t.step("with values of all kinds, escaped once", async () => {
    const df = spark.sql(
      `SELECT 'é <b>&"\n' AS text, 1.5 AS number, NULL AS nothing, ARRAY(1, 2) AS list, NAMED_STRUCT('x', '</td><td>') AS struct, X'00ff' AS bytes`,
    );
    const { "text/html": html, "text/plain": text } = await shown(df);
    assert.ok(typeof html === "string");
    assert.match(html, />é &#60;b&#62;&#38;&#34;\\n<\/td>/);
    assert.match(html, />\{&#60;\/td&#62;&#60;td&#62;\}<\/td>/);
    assert.equal(
      text,
      `+-----------+--------------+---------+------------+------------------+---------+
| text      |       number | nothing | list       | struct           | bytes   |
| string    | decimal(2,1) | void    | array<int> | struct<x:string> | binary  |
+-----------+--------------+---------+------------+------------------+---------+
| é <b>&"\\n |          1.5 | NULL    | [1, 2]     | {</td><td>}      | [00 FF] |
+-----------+--------------+---------+------------+------------------+---------+
1 row`,
    );
  });

  await t.step("and tells whether there are more", async () => {
    const { "text/plain": text } = await shown(spark.range(21));
    assert.match(
      String(text),
      /\|\nThe first 20 rows: there are more$|\+\nThe first 20 rows: there are more$/,
    );
    const { "text/plain": all } = await shown(spark.range(20));
    assert.match(String(all), /\n20 rows$/);
    const { "text/plain": none } = await shown(spark.range(0));
    assert.match(String(none), /\n0 rows$/);
  });

  await t.step("but a stream's operations alone", async () => {
    const rates = spark.readStream.format("rate").load();
    assert.deepEqual(await shown(rates), { "text/plain": String(rates) });
  });

  await t.step(
    "and throws what Spark says of a wrong plan, with its line",
    async () => {
      await assert.rejects(shown(spark.range(1).select("nope" as never)), {
        name: "AnalysisException",
        message: /select\(\) at display_test\.ts:\d+/,
      });
    },
  );
});
