/** Formats read in texts of a frame. */
import assert from "node:assert/strict";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("read.json(), csv() and xml() of a frame of texts", async (t) => {
  const spark = await sharedSession();
  const texts = (...all: string[]) =>
    spark.createDataFrame(all.map((value) => ({ value })), "value STRING")
      .coalesce(1);
  await t.step("JSON, its columns found or given", async () => {
    const json = texts('{"a":1,"b":"x"}', '{"a":2}');
    assert.deepEqual(await spark.read.json(json).collect(), [
      { a: 1, b: "x" },
      { a: 2, b: null },
    ]);
    assert.deepEqual(await spark.read.schema("a INT").json(json).collect(), [
      { a: 1 },
      { a: 2 },
    ]);
    const quoted = texts("{'a':1}");
    const strict = { allowSingleQuotes: false, mode: "FAILFAST" } as const;
    await assert.rejects(
      spark.read.schema("a INT").json(quoted, strict).collect(),
      /MALFORMED_RECORD_IN_PARSING|Malformed records/,
    );
  });
  await t.step("CSV with options", async () => {
    const csv = texts("id;name", "7;seven");
    const read = spark.read.csv(csv, { sep: ";", header: true });
    assert.deepEqual(await read.collect(), [{ id: "7", name: "seven" }]);
  });
  await t.step("XML", async () => {
    const read = () =>
      spark.read.xml(texts("<p><a>1</a></p>"), { rowTag: "p" });
    if (dialectOf(spark.version) !== "3.5") {
      assert.deepEqual(await read().collect(), [{ a: 1 }]);
      return;
    }
    assert.throws(read, { condition: "NOT_IN_THIS_SPARK" });
  });
  await t.step("a frame of several columns is refused", async () => {
    const two = spark.sql("SELECT '{}' AS a, '{}' AS b");
    await assert.rejects(
      spark.read.json(two).collect(),
      /in json\(\) at read_texts_test\.ts:\d+:\d+/,
    );
  });
});
