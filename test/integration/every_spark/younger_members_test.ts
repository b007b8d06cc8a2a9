/** Members that not every Spark has, each with its result where the running one has it. */
import assert from "node:assert/strict";
import {
  col,
  count,
  expr,
  lit,
  spark_partition_id,
} from "../../../src/driver/sql/functions/mod.ts";
import { dialectOf, DIALECTS } from "../../../src/protocol/dialect.ts";
import {
  methodSince,
  type VersionedClass,
} from "../../../src/driver/sql/spark_versions.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("members that are younger than Spark 3.5", async (t) => {
  const spark = await sharedSession();
  const dialect = dialectOf(spark.version);
  const { catalog } = spark;
  const step = async (
    owner: VersionedClass,
    method: string,
    check: () => Promise<unknown>,
  ): Promise<void> => {
    const since = methodSince(owner, method);
    assert.ok(since !== null, method);
    if (DIALECTS.indexOf(since) > DIALECTS.indexOf(dialect)) return; // versions_test
    await t.step(`${owner}.${method}()`, async () => {
      await check();
    });
  };
  const numbers = spark.sql("SELECT * FROM VALUES (1), (2), (4) AS (n)");

  await step("Column", "try_cast", async () => {
    const rows = await spark.sql("SELECT 'x' AS s")
      .select(col("s").try_cast("int").as("n")).collect();
    assert.deepEqual(rows, [{ n: null }]);
  });
  await step("Column", "outer", async () => {
    const less = spark.range(3).where(col("id").lt(col("n").outer()))
      .select(count("*"));
    const rows = await numbers.select("n", less.scalar().as("less"))
      .sort("n").collect();
    assert.deepEqual(rows, [
      { n: 1, less: 1 },
      { n: 2, less: 2 },
      { n: 4, less: 3 },
    ]);
  });
  await step("DataFrame", "exists", async () => {
    const equal = spark.range(3).where(col("id").eq(col("n").outer()));
    const rows = await numbers.where(equal.exists()).sort("n").collect();
    assert.deepEqual(rows, [{ n: 1 }, { n: 2 }]);
  });
  await step("DataFrame", "lateralJoin", async () => {
    const below = spark.range(3).where(col("id").lt(col("n").outer()));
    const rows = await numbers.where("n < 3").lateralJoin(below)
      .sort("n", "id").collect();
    assert.deepEqual(rows, [
      { n: 1, id: 0 },
      { n: 2, id: 0 },
      { n: 2, id: 1 },
    ]);
  });
  await step("DataFrame", "groupingSets", async () => {
    const rows = await numbers.groupingSets([["n"], []], "n").count()
      .where("n IS NULL").collect();
    assert.deepEqual(rows, [{ n: null, count: 3 }]);
  });
  await step("DataFrame", "transpose", async () => {
    const wide = spark.sql("SELECT 'a' AS key, 1 AS x, 2 AS y");
    assert.deepEqual(await wide.transpose(col("key")).sort("key").collect(), [
      { key: "x", a: 1 },
      { key: "y", a: 2 },
    ]);
  });
  await step("DataFrame", "repartitionById", async () => {
    const placed = spark.range(4).repartitionById(2, expr("int(id % 2)"));
    const rows = await placed.select("id", spark_partition_id().as("at"))
      .sort("id").collect();
    assert.deepEqual(rows.map(({ at }) => at), [0, 1, 0, 1]);
  });
  await step("DataFrame", "nearestByJoin", async () => {
    const places = spark.sql("SELECT * FROM VALUES (0), (5) AS (place)");
    const distance = expr("abs(n - place)");
    const rows = await numbers
      .nearestByJoin(places, distance, 1, "exact", "distance")
      .sort("n").collect();
    assert.deepEqual(rows, [
      { n: 1, place: 0 },
      { n: 2, place: 0 },
      { n: 4, place: 5 },
    ]);
  });
  await step("DataFrame", "zipWithIndex", async () => {
    const rows = await numbers.coalesce(1).zipWithIndex("at").collect();
    assert.deepEqual(rows, [
      { n: 1, at: 0 },
      { n: 2, at: 1 },
      { n: 4, at: 2 },
    ]);
  });
  await step("DataFrame", "zip", async () => {
    const double = numbers.select(col("n").times(2).as("double"));
    const rows = await numbers.zip(double).sort("n").collect();
    assert.deepEqual(rows, [
      { n: 1, double: 2 },
      { n: 2, double: 4 },
      { n: 4, double: 8 },
    ]);
  });
  const withPlainTable = async (body: () => Promise<void>): Promise<void> => {
    await numbers.write.mode("overwrite").saveAsTable("younger_plain");
    try {
      await body();
    } finally {
      await spark.sql("DROP TABLE younger_plain");
    }
  };
  await step("DataFrame", "mergeInto", () =>
    withPlainTable(async () => {
      const merge = numbers.alias("c")
        .mergeInto("younger_plain", expr("c.n = younger_plain.n"))
        .whenMatched(lit(false)).update({ n: lit(1) })
        .whenMatched().updateAll()
        .whenNotMatched().insertAll()
        .whenNotMatchedBySource().delete()
        .withSchemaEvolution();
      await assert.rejects(merge.merge(), { message: /MERGE INTO TABLE/ });
    }));
  await step("DataFrameReader", "changes", () =>
    withPlainTable(async () => {
      await assert.rejects(spark.read.changes("younger_plain").count(), {
        condition: "UNSUPPORTED_FEATURE.CHANGE_DATA_CAPTURE",
      });
    }));
  await step("DataStreamReader", "changes", () =>
    withPlainTable(async () => {
      await assert.rejects(
        async () => await spark.readStream.changes("younger_plain").schema,
        { condition: "UNSUPPORTED_FEATURE.CHANGE_DATA_CAPTURE" },
      );
    }));
  await step("DataStreamReader", "name", async () => {
    const named = spark.readStream.name("numbers").format("rate").load();
    await assert.rejects(async () => await named.isStreaming, {
      condition: "STREAMING_QUERY_EVOLUTION_ERROR.SOURCE_NAMING_NOT_SUPPORTED",
      message: /'numbers'/,
    });
  });
  await step("DataFrameWriter", "clusterBy", async () => {
    await numbers.write.clusterBy("n").saveAsTable("younger_clustered");
    const rows = await spark.sql("DESCRIBE EXTENDED younger_clustered")
      .where("col_name LIKE '%lustering%'").collect();
    await spark.sql("DROP TABLE younger_clustered");
    assert.match(JSON.stringify(rows), /n/);
  });
  await step("DataFrameWriterV2", "clusterBy", async () => {
    await numbers.writeTo("younger_clustered").using("parquet").clusterBy("n")
      .create();
    const [row] = await spark.sql("SHOW TBLPROPERTIES younger_clustered")
      .where("key = 'clusteringColumns'").collect();
    await spark.sql("DROP TABLE younger_clustered");
    assert.deepEqual(row, { key: "clusteringColumns", value: '[["n"]]' });
  });
  await step("Catalog", "createDatabase", async () => {
    await catalog.createDatabase("younger", true, { team: "sales" });
    assert.equal(await catalog.databaseExists("younger"), true);
    const shown = await spark.sql("DESCRIBE DATABASE EXTENDED younger")
      .collect();
    assert.match(JSON.stringify(shown), /team,sales/);
  });
  await step("Catalog", "listViews", async () => {
    await spark.sql("CREATE VIEW younger.seen AS SELECT 1 AS one");
    assert.deepEqual(
      (await catalog.listViews("younger")).filter((view) => !view.isTemporary)
        .map(({ name }) => name),
      ["seen"],
    );
  });
  await step("Catalog", "listPartitions", async () => {
    await numbers.withColumn("twice", expr("2 * n")).write.partitionBy("n")
      .saveAsTable("younger.parts");
    const rows = await catalog.listPartitions("younger.parts");
    assert.equal(rows.length, 3);
    assert.match(JSON.stringify(rows), /n=4/);
  });
  await step("Catalog", "getTableProperties", async () => {
    await spark.sql("ALTER TABLE younger.parts SET TBLPROPERTIES ('a'='b')");
    const properties = await catalog.getTableProperties("younger.parts");
    assert.equal(properties["a"], "b");
  });
  await step("Catalog", "getCreateTableString", async () => {
    assert.match(
      await catalog.getCreateTableString("younger.parts"),
      /^CREATE TABLE spark_catalog\.younger\.parts/,
    );
  });
  await step("Catalog", "analyzeTable", async () => {
    await catalog.analyzeTable("younger.parts");
    const told = await spark.sql("DESCRIBE EXTENDED younger.parts")
      .where("col_name = 'Statistics'").collect();
    assert.match(JSON.stringify(told), /3 rows/);
  });
  await step("Catalog", "truncateTable", async () => {
    await catalog.truncateTable("younger.parts");
    assert.equal(await spark.table("younger.parts").count(), 0);
  });
  await step("Catalog", "dropTable", async () => {
    await catalog.dropTable("younger.parts");
    assert.equal(await catalog.tableExists("younger.parts"), false);
    await catalog.dropTable("younger.parts", true);
  });
  await step("Catalog", "dropView", async () => {
    await catalog.dropView("younger.seen");
    assert.deepEqual(
      (await catalog.listViews("younger")).filter((view) => !view.isTemporary),
      [],
    );
  });
  await step("Catalog", "dropDatabase", async () => {
    await catalog.dropDatabase("younger", false, true);
    assert.equal(await catalog.databaseExists("younger"), false);
    await catalog.dropDatabase("younger", true);
  });
});
