import assert from "node:assert/strict";
import { functions as F, type SparkError, types } from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("readers, writers and the catalog", async (t) => {
  const spark = await sharedSession();
  await using folder = await temporaryFolder();
  const out = (name: string): string => `${folder.path}/${name}`;
  const sales = spark.createDataFrame([
    { id: 1, city: "X", amount: 2.5 },
    { id: 2, city: "Y", amount: 4 },
    { id: 3, city: "X", amount: 1 },
  ]);
  const is4 = !spark.version.startsWith("3.");

  await t.step("files of each format, written and read", async () => {
    await sales.write.partitionBy("city").parquet(out("p"));
    const back = spark.read.parquet<
      { id: number; amount: number; city: string }
    >(out("p"));
    assert.deepEqual(await back.orderBy("id").select("id", "city").collect(), [
      { id: 1, city: "X" },
      { id: 2, city: "Y" },
      { id: 3, city: "X" },
    ]);
    await sales.coalesce(1).write.option("header", true).csv(out("c"));
    const csv = spark.read.option("header", true)
      .schema("id BIGINT NOT NULL, city STRING, amount DOUBLE").csv(out("c"));
    const first: {
      id: number | null;
      city: string | null;
      amount: number | null;
    } | null = await csv.orderBy("id").first();
    assert.deepEqual(first, { id: 1, city: "X", amount: 2.5 });
    await sales.write.format("json").mode("overwrite").save(out("j"));
    const json = spark.read.schema(
      types.struct({ id: types.long, city: types.string }),
    )
      .json(out("j"));
    assert.deepEqual(await json.where("id = 2").collect(), [{
      id: 2,
      city: "Y",
    }]);
    await sales.select("city").write.text(out("t"));
    assert.equal(await spark.read.text(out("t")).count(), 3);
    await sales.write.orc(out("o"));
    assert.equal(await spark.read.orc(out("o")).count(), 3);
    await sales.write.mode("append").orc(out("o"));
    assert.equal(await spark.read.load(out("p")).count(), 3);
    assert.equal(
      await spark.read.format("orc").load(out("o"), out("o")).count(),
      12,
    );
    if (!is4) return;
    await sales.write.option("rowTag", "sale").xml(out("x"));
    assert.equal(
      await spark.read.option("rowTag", "sale").xml(out("x")).count(),
      3,
    );
  });

  await t.step("what is there already, and what is not", async () => {
    await assert.rejects(
      sales.write.parquet(out("p")),
      (error: SparkError) =>
        error.condition === "PATH_ALREADY_EXISTS" &&
        /in parquet\(\) at io_test\.ts/.test(error.message),
    );
    await sales.write.mode("ignore").parquet(out("p"));
    await assert.rejects(
      spark.read.parquet(out("nowhere")).count(),
      (error: SparkError) =>
        error.condition === "PATH_NOT_FOUND" &&
        /in parquet\(\) at io_test\.ts/.test(error.message),
    );
    assert.throws(() => sales.write.bucketBy(2), {
      message:
        "Cannot call bucketBy() without a column: give at least one name",
    });
  });

  await t.step("tables and the catalog", async () => {
    const { catalog } = spark;
    await spark.sql(`CREATE DATABASE shop LOCATION '${out("shop")}'`);
    try {
      await sales.write.bucketBy(2, "id").sortBy("id").saveAsTable(
        "shop.sales",
      );
      await sales.write.insertInto("shop.sales");
      assert.equal(await spark.table("shop.sales").count(), 6);
      await sales.writeTo("shop.second").using("parquet").partitionedBy("city")
        .create();
      assert.equal(await catalog.tableExists("shop.sales"), true);
      assert.equal(await catalog.tableExists("none", "shop"), false);
      assert.deepEqual(
        (await catalog.listTables("shop")).filter((table) => !table.isTemporary)
          .map(({ name }) => name).toSorted(),
        [
          "sales",
          "second",
        ],
      );
      assert.deepEqual(
        (await catalog.listTables("shop", "sec*")).map(({ name }) => name),
        ["second"],
      );
      assert.deepEqual(
        (await catalog.listColumns("shop.second")).map((
          { name, isPartition },
        ) => [name, isPartition]),
        [["id", false], ["amount", false], ["city", true]],
      );
      const table = await catalog.getTable("shop.sales");
      assert.deepEqual([table.name, table.namespace, table.isTemporary], [
        "sales",
        ["shop"],
        false,
      ]);
      assert.equal((await catalog.getDatabase("shop")).name, "shop");
      assert.equal(await catalog.currentDatabase(), "default");
      await catalog.setCurrentDatabase("shop");
      assert.equal(await spark.table("sales").count(), 6);
      await catalog.setCurrentDatabase("default");
      await catalog.cacheTable("shop.sales");
      assert.equal(await catalog.isCached("shop.sales"), true);
      await catalog.uncacheTable("shop.sales");
      assert.equal(await catalog.functionExists("upper"), true);
      assert.equal((await catalog.getFunction("upper")).name, "upper");
      const made = catalog.createTable("shop.files", {
        path: out("o"),
        source: "orc",
      });
      assert.equal(await made.count(), 6);
      await sales.createOrReplaceTempView("gone");
      assert.equal(await catalog.dropTempView("gone"), true);
      assert.equal(await catalog.dropTempView("gone"), false);
      assert.equal((await catalog.listDatabases("sho*")).length, 1);
      assert.equal(await catalog.currentCatalog(), "spark_catalog");
    } finally {
      await spark.sql("DROP DATABASE shop CASCADE");
    }
  });

  await t.step("aggregates over what was read", async () => {
    const totals = spark.read.parquet<{ city: string; amount: number }>(
      out("p"),
    )
      .groupBy("city").agg(F.sum("amount").as("total")).orderBy("city");
    assert.deepEqual(await totals.collect(), [
      { city: "X", total: 3.5 },
      { city: "Y", total: 4 },
    ]);
  });
});
