/** Members of the public classes that no other file is about, each with its result. */
import assert from "node:assert/strict";
import { type Column, StorageLevel, types, Window } from "../../../mod.ts";
import { col, lit, sum } from "../../../src/driver/sql/functions/mod.ts";
import { sharedSession } from "../shared_session.ts";
import { stdoutOf } from "../stdout_of.ts";

Deno.test("DataFrame: what it is", async (t) => {
  const spark = await sharedSession();
  const df = spark.sql("SELECT * FROM VALUES (2, 'b'), (1, 'a') AS (n, s)");
  await t.step("isLocal(), isStreaming, sparkSession", async () => {
    assert.equal(await spark.sql("VALUES 1").isLocal(), true);
    assert.equal(await df.repartition(2).isLocal(), false);
    assert.equal(await df.isStreaming, false);
    assert.equal(df.sparkSession.version, spark.version);
  });
  await t.step("analyze() gives the frame, or the error", async () => {
    const ids = spark.range(1);
    assert.equal(await ids.analyze(), ids);
    await assert.rejects(df.select("none").analyze(), {
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    });
  });
  await t.step("printSchema(), show() and explain() print", async () => {
    const tree =
      "root\n |-- n: integer (nullable = false)\n |-- s: string (nullable = false)\n\n";
    assert.equal(await stdoutOf(() => df.printSchema()), tree);
    const table = "+---+---+\n|n  |s  |\n+---+---+\n|2  |b  |\n+---+---+\n";
    const shown = await stdoutOf(() => df.show(1, false));
    assert.equal(shown, `${await df.showString(1, false)}\n`);
    assert.equal(shown.trimEnd(), `${table}only showing top 1 row`);
    const plan = await stdoutOf(() => df.explain());
    assert.match(plan, /^== Physical Plan ==\nLocalTableScan \[n#\d+, s#\d+\]/);
  });
  await t.step("inputFiles(), metadataColumn()", async () => {
    const file = await Deno.makeTempFile({ suffix: ".txt" });
    await Deno.writeTextFile(file, "one\n");
    const text = spark.read.text(file);
    assert.deepEqual(await text.inputFiles(), [`file://${file}`]);
    const metadata = text.metadataColumn("_metadata");
    assert.deepEqual(
      await text.select(metadata.getField("file_size").as("size")).collect(),
      [{ size: 4 }],
    );
    await Deno.remove(file);
  });
  await t.step("colRegex() takes the columns that match", async () => {
    assert.deepEqual(await df.select(df.colRegex("`[a-n]`")).columns, ["n"]);
  });
  await t.step("semanticHash(), sameSemantics()", async () => {
    const [one, same, other] = [1, 1, 2].map((n) => df.where(`n > ${n}`));
    assert.ok(one && same && other);
    assert.equal(await one.semanticHash(), await same.semanticHash());
    assert.notEqual(await one.semanticHash(), await other.semanticHash());
    assert.equal(await one.sameSemantics(same), true);
    assert.equal(await one.sameSemantics(other), false);
  });
});

Deno.test("DataFrame: rows in sets, orders and forms", async (t) => {
  const spark = await sharedSession();
  const numbers = (...all: number[]) =>
    spark.createDataFrame(all.map((n) => ({ n })), "n INT NOT NULL");
  const sorted = async (rows: Promise<{ n: number }[]>): Promise<number[]> =>
    (await rows).map(({ n }) => n).toSorted();
  await t.step("unionAll(), intersectAll() keep repetitions", async () => {
    const [a, b] = [numbers(1, 1, 2), numbers(1, 1, 3)];
    assert.deepEqual(await sorted(a.unionAll(b).collect()), [1, 1, 1, 1, 2, 3]);
    assert.deepEqual(await sorted(a.intersectAll(b).collect()), [1, 1]);
  });
  await t.step("sortWithinPartitions() sorts each partition", async () => {
    const rows = numbers(2, 3, 1).coalesce(1)
      .sortWithinPartitions(col("n").desc());
    assert.deepEqual((await rows.collect()).map(({ n }) => n), [3, 2, 1]);
  });
  await t.step("melt() makes rows of columns", async () => {
    const wide = spark.sql("SELECT 1 AS id, 2 AS a, 3 AS b");
    assert.deepEqual(
      await wide.melt(["id"], ["a", "b"], "name", "value").sort("name")
        .collect(),
      [{ id: 1, name: "a", value: 2 }, { id: 1, name: "b", value: 3 }],
    );
  });
  await t.step("toDF(), selectExpr(), transform() name columns", async () => {
    const named = numbers(5).toDF("five").selectExpr("five + 1 AS six")
      .transform((df) => df.select(col("six").as("still")));
    assert.deepEqual(await named.collect(), [{ still: 6 }]);
  });
  await t.step("withMetadata() goes with the column", async () => {
    const told = numbers(1).withMetadata("n", { unit: "s" });
    const [field] = (await told.schema).fields;
    assert.deepEqual(field?.metadata, { unit: "s" });
  });
  await t.step("persist() keeps rows at a level", async () => {
    const kept = numbers(1, 2).persist(StorageLevel.DISK_ONLY);
    assert.equal(await kept.count(), 2);
    assert.deepEqual(await kept.storageLevel, StorageLevel.DISK_ONLY);
    kept.unpersist(true);
    assert.deepEqual(await kept.storageLevel, StorageLevel.NONE);
  });
  await t.step("checkpoint() cuts off how rows came", async () => {
    const folder = await Deno.makeTempDir();
    await spark.sparkContext.setCheckpointDir(folder);
    const cut = numbers(1, 2).where("n > 1").checkpoint();
    assert.deepEqual(await sorted(cut.collect()), [2]);
    assert.match(await cut.explainString(), /Scan ExistingRDD/);
    await Deno.remove(folder, { recursive: true });
  });
  await t.step("foreach(), foreachPartition() see every row", async () => {
    const seen = spark.sparkContext.accumulator(0);
    const rows = numbers(1, 2, 4);
    await rows.foreach(({ n }) => seen.add(n));
    assert.equal(seen.value, 7);
    await rows.foreachPartition((all) => {
      for (const { n } of all) seen.add(n);
    });
    assert.equal(seen.value, 14);
  });
  await t.step("groups have max(), mean(), min(), sum()", async () => {
    const groups = numbers(1, 2, 4).groupBy();
    const rows = await Promise.all([
      groups.max("n").collect(),
      groups.mean("n").collect(),
      groups.min("n").collect(),
      groups.sum("n").collect(),
    ]);
    assert.deepEqual(rows.flat(), [
      { "max(n)": 4 },
      { "avg(n)": 7 / 3 },
      { "min(n)": 1 },
      { "sum(n)": 7 },
    ]);
  });
  await t.step("withWatermark() leaves a batch as it is", async () => {
    const events = spark.sql("SELECT TIMESTAMP'2024-01-02 03:04:05' AS time");
    const late = events.withWatermark("time", "1 minute");
    assert.equal(await late.count(), 1);
    await assert.rejects(late.dropDuplicatesWithinWatermark(["time"]).count(), {
      message:
        /^dropDuplicatesWithinWatermark is not supported with batch DataFrames/,
    });
  });
});

Deno.test("DataFrame: views", async (t) => {
  const spark = await sharedSession();
  const df = spark.range(2);
  await t.step("createTempView() fails for a name that is taken", async () => {
    await df.createTempView("members_view");
    assert.equal(await spark.table("members_view").count(), 2);
    await assert.rejects(df.createTempView("members_view"), {
      condition: "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
    });
    assert.equal(await spark.catalog.dropTempView("members_view"), true);
  });
  await t.step("global views are those of all sessions", async () => {
    await df.createGlobalTempView("members_view");
    await assert.rejects(df.createGlobalTempView("members_view"), {
      condition: "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
    });
    await spark.range(5).createOrReplaceGlobalTempView("members_view");
    const other = spark.newSession();
    assert.equal(await other.table("global_temp.members_view").count(), 5);
    assert.equal(await spark.catalog.dropGlobalTempView("members_view"), true);
    assert.equal(await spark.catalog.dropGlobalTempView("members_view"), false);
  });
});

Deno.test("Column: comparisons and orders", async (t) => {
  const spark = await sharedSession();
  const df = spark.sql(
    "SELECT * FROM VALUES (1, 1.5D), (2, double('NaN')), (NULL, NULL) AS (n, x)",
  );
  const values: readonly (readonly [
    name: string,
    column: Column<unknown, string>,
    all: unknown[],
  ])[] = [
    ["ne", col("n").ne(1), [false, true, null]],
    ["ge", col("n").ge(2), [false, true, null]],
    ["alias", col("n").alias("other"), [1, 2, null]],
    ["transform", col("n").transform((n) => n.plus(1)), [2, 3, null]],
    ["isNotNull", col("n").isNotNull(), [true, true, false]],
    ["isNaN", col("x").isNaN(), [false, true, false]],
    ["astype", col("n").astype("string"), ["1", "2", null]],
    ["astype of a type", col("n").astype(types.long), [1, 2, null]],
  ];
  for (const [name, column, all] of values) {
    await t.step(name, async () => {
      const rows = await df.select(column.as("value")).collect();
      assert.deepEqual(rows.map(({ value }) => value), all);
    });
  }
  const n = col("n");
  const orders: readonly (readonly [
    name: string,
    order: Column<unknown, string>,
    all: unknown[],
  ])[] = [
    ["asc", n.asc(), [null, 1, 2]],
    ["asc_nulls_first", n.asc_nulls_first(), [null, 1, 2]],
    ["asc_nulls_last", n.asc_nulls_last(), [1, 2, null]],
    ["desc", n.desc(), [2, 1, null]],
    ["desc_nulls_first", n.desc_nulls_first(), [null, 2, 1]],
    ["desc_nulls_last", n.desc_nulls_last(), [2, 1, null]],
  ];
  for (const [name, order, all] of orders) {
    await t.step(name, async () => {
      const rows = await df.sort(order).collect();
      assert.deepEqual(rows.map((row) => row["n"]), all);
    });
  }
});

Deno.test("Window: rangeBetween() takes rows by the distance of their values", async () => {
  const spark = await sharedSession();
  const df = spark.sql("SELECT * FROM VALUES (1), (2), (4) AS (n)");
  const near = Window.partitionBy(lit(1)).orderBy("n").rangeBetween(-1, 0);
  const rest = Window.orderBy("n").partitionBy(lit(1))
    .rowsBetween(Window.currentRow, Window.unboundedFollowing);
  const two = Window.rowsBetween(-1, 0).orderBy("n").partitionBy(lit(1));
  const past = Window.rangeBetween(
    Window.unboundedPreceding,
    Window.currentRow,
  ).orderBy("n").partitionBy(lit(1));
  const rows = await df.select(
    "n",
    sum("n").over(near).as("near"),
    sum("n").over(rest).as("rest"),
    sum("n").over(past).as("past"),
    sum("n").over(two).as("two"),
  ).sort("n").collect();
  assert.deepEqual(rows, [
    { n: 1, near: 1, rest: 7, past: 1, two: 1 },
    { n: 2, near: 3, rest: 6, past: 3, two: 3 },
    { n: 4, near: 4, rest: 4, past: 7, two: 6 },
  ]);
});

Deno.test("Catalog: databases, functions, and what is kept of tables", async (t) => {
  const spark = await sharedSession();
  const { catalog } = spark;
  await t.step("catalogs and databases", async () => {
    await catalog.setCurrentCatalog("spark_catalog");
    assert.equal(await catalog.currentCatalog(), "spark_catalog");
    assert.deepEqual(
      (await catalog.listCatalogs("spark*")).map(({ name }) => name),
      ["spark_catalog"],
    );
    assert.equal(await catalog.databaseExists("default"), true);
    assert.equal(await catalog.databaseExists("members_none"), false);
  });
  await t.step("listFunctions() knows Spark's own", async () => {
    const [abs] = (await catalog.listFunctions(undefined, "abs"))
      .filter(({ name }) => name === "abs");
    assert.equal(
      abs?.className,
      "org.apache.spark.sql.catalyst.expressions.Abs",
    );
  });
  await t.step("clearCache() keeps nothing any more", async () => {
    await spark.range(3).createOrReplaceTempView("members_kept");
    await catalog.cacheTable("members_kept");
    assert.equal(await catalog.isCached("members_kept"), true);
    await catalog.clearCache();
    assert.equal(await catalog.isCached("members_kept"), false);
    await catalog.dropTempView("members_kept");
  });
  await t.step("files that changed are read again", async () => {
    const folder = await Deno.makeTempDir();
    await spark.sql(
      `CREATE TABLE members_files (n INT, p INT) USING parquet PARTITIONED BY (p) LOCATION '${folder}'`,
    );
    const table = spark.table("members_files");
    const path = (p: number): string => `${folder}/p=${p}`;
    await spark.sql("SELECT 1 AS n").write.parquet(path(1));
    assert.equal(await table.count(), 0);
    await catalog.recoverPartitions("members_files");
    assert.equal(await spark.table("members_files").count(), 1);
    await spark.sql("SELECT 2 AS n").write.mode("append").parquet(path(1));
    await catalog.refreshTable("members_files");
    assert.equal(await spark.table("members_files").count(), 2);
    const files = spark.read.parquet(path(1)).cache();
    assert.equal(await files.count(), 2);
    await spark.sql("SELECT 3 AS n").write.mode("append").parquet(path(1));
    await catalog.refreshByPath(path(1));
    assert.equal(await spark.read.parquet(path(1)).count(), 3);
    files.unpersist(true);
    await spark.sql("DROP TABLE members_files");
    await Deno.remove(folder, { recursive: true });
  });
});

Deno.test("udf: Java's functions are looked for by their class", async () => {
  const spark = await sharedSession();
  await assert.rejects(
    spark.udf.registerJavaFunction("members_f", "java.lang.String", "int"),
    { message: /java\.lang\.String.*any UDF interface/s },
  );
  await assert.rejects(
    spark.udf.registerJavaUDAF("members_f", "java.lang.String"),
    { message: /java\.lang\.String.*UserDefinedAggregateFunction/s },
  );
});
