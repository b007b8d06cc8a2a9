import assert from "node:assert/strict";
import { JavaError } from "../../../mod.ts";
import { startSpark } from "../start_spark.ts";

Deno.test("SparkSession", async (t) => {
  await using spark = await startSpark();

  await t.step("conf changes and tells settings in program order", async () => {
    const { conf } = spark;
    const key = "spark.sql.shuffle.partitions";
    conf.set(key, 7); // not awaited
    const before = conf.get(key);
    conf.set(key, 9);
    assert.equal(await before, "7");
    assert.equal(await conf.get(key), "9");
    assert.equal(await conf.get("spark.no.such", "else"), "else");
    assert.equal(await conf.get("spark.no.such", null), null);
    assert.equal(await conf.isModifiable(key), true);
    assert.equal(await conf.isModifiable("spark.sql.warehouse.dir"), false);
    const all = await conf.getAll();
    assert.equal(all.get(key), "9");
    assert.equal(all.get("spark.app.name"), "test");
    await conf.unset(key);
    assert.equal(await conf.get(key), "200");
    await conf.set(key, 2);
    await assert.rejects(conf.get("spark.no.such"), (error: unknown) => {
      assert.ok(error instanceof JavaError);
      assert.match(
        error.message,
        /\n {2}in conf\.get\(\) at session_test\.ts:\d+:\d+$/,
      );
      return true;
    });
  });

  await t.step(
    "a command that nobody awaited fails the next action, with its line",
    async () => {
      spark.conf.set("spark.sql.warehouse.dir", "/elsewhere");
      await assert.rejects(spark.range(1).count(), (error: unknown) => {
        assert.ok(error instanceof JavaError);
        assert.match(error.condition, /^CANNOT_MODIFY/);
        assert.match(
          error.site ?? "",
          /^conf\.set\(\) at session_test\.ts:\d+:\d+$/,
        );
        return true;
      });
      assert.equal(await spark.range(2).count(), 2);
      spark.conf.set("spark.sql.warehouse.dir", "/elsewhere");
      await assert.rejects(
        spark.sparkContext.range(1).count(),
        /spark\.sql\.warehouse\.dir/,
      );
    },
  );
});
