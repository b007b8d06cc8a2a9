/** Tables of a database, read and written by JDBC and through its catalog: Spark brings Derby. */
import assert from "node:assert/strict";
import { expr, lit } from "../../../src/driver/sql/functions/mod.ts";
import { sessionState } from "../../../src/driver/sql/spark_session.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("tables of a database by JDBC, and of its catalog", async (t) => {
  const spark = (await sharedSession()).newSession();
  const log = await Deno.makeTempFile(); // Derby's own, else in the working directory
  await sessionState(spark).runtime.gateway.callStatic(
    "java.lang.System",
    "setProperty",
    "derby.stream.error.file",
    log,
  );
  const url = `jdbc:derby:memory:members_${crypto.randomUUID()};create=true`;
  const driver = "org.apache.derby.jdbc.EmbeddedDriver";
  const catalog = "spark.sql.catalog.derby";
  spark.conf.set(
    catalog,
    "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog",
  );
  spark.conf.set(`${catalog}.url`, url);
  spark.conf.set(`${catalog}.driver`, driver);
  const rows = (...all: number[]) =>
    spark.createDataFrame(all.map((N) => ({ N })), "N INT NOT NULL");
  const read = async (table: string): Promise<unknown[]> =>
    (await spark.table(table).sort("N").collect()).map((row) => row["N"]);

  await t.step("write.jdbc(), read.jdbc() in its three forms", async () => {
    const properties = { driver };
    await rows(1, 2, 3).write.jdbc(url, "APP.PLAIN", properties);
    await rows(4).write.mode("append").jdbc(url, "APP.PLAIN", properties);
    const range = {
      column: "N",
      lowerBound: 1,
      upperBound: 5,
      numPartitions: 2,
    };
    const predicates = ["N < 3", "N > 3"];
    const one = spark.read.jdbc(url, "APP.PLAIN", { properties });
    const ranges = spark.read.jdbc(url, "APP.PLAIN", { properties, range });
    const parts = spark.read.jdbc(url, "APP.PLAIN", { properties, predicates });
    assert.deepEqual(
      await Promise.all(
        [one, ranges, parts].map(async (each) => [
          await each.count(),
          await each.rdd.getNumPartitions(),
        ]),
      ),
      [[4, 1], [4, 2], [3, 2]],
    );
    assert.throws(
      () => spark.read.jdbc(url, "APP.PLAIN", { range, predicates }),
      {
        message:
          'Cannot read the table "APP.PLAIN" by ranges and by predicates: partitions are made by one of them; leave the other out',
      },
    );
  });
  await t.step("writeTo() creates, appends, overwrites, replaces", async () => {
    const table = "derby.APP.NUMBERS";
    await rows(1, 2).writeTo(table).create();
    await rows(3).writeTo(table).append();
    assert.deepEqual(await read(table), [1, 2, 3]);
    await rows(4).writeTo(table).overwrite(lit(true));
    assert.deepEqual(await read(table), [4]);
    await rows(5).writeTo(table).createOrReplace();
    assert.deepEqual(await read(table), [5]);
    await rows(6).writeTo(table).replace();
    assert.deepEqual(await read(table), [6]);
    await assert.rejects(rows(7).writeTo(table).overwritePartitions(), {
      message: /does not support dynamic overwrite in batch mode/,
    });
  });
  await t.step("options of writers and of reading a table", async () => {
    const folder = await Deno.makeTempDir();
    await rows(1).write.options({ compression: "gzip" }).mode("overwrite")
      .json(folder);
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assert.ok(files.some((name) => name.endsWith(".json.gz")));
    await Deno.remove(folder, { recursive: true });
    const table = "derby.APP.BATCHES";
    await rows(1, 2).writeTo(table).option("batchsize", 1)
      .options({ isolationLevel: "NONE" }).create();
    const read = spark.read.option("fetchsize", 1).table(table);
    assert.equal(await read.count(), 2);
  });
  await t.step("tableProperty() is kept with the table", async () => {
    await rows(1).writeTo("members_property").using("parquet")
      .tableProperty("owner.team", "sales").create();
    const shown = await spark.sql("SHOW TBLPROPERTIES members_property")
      .where("key = 'owner.team'").collect();
    await spark.sql("DROP TABLE members_property");
    assert.deepEqual(shown, [{ key: "owner.team", value: "sales" }]);
  });
  await t.step("mergeInto() tells of a table that cannot", async () => {
    const target = "derby.APP.NUMBERS";
    const merge = rows(1).alias("c")
      .mergeInto(target, expr("c.N = derby.APP.NUMBERS.N"))
      .whenMatched().updateAll()
      .whenNotMatched().insertAll()
      .whenNotMatchedBySource().delete()
      .withSchemaEvolution();
    await assert.rejects(merge.merge(), {
      message: spark.version.startsWith("3.")
        ? /^Cannot run DataFrame\.mergeInto\(\) on Spark 3\.5/
        : /MERGE INTO TABLE|UNSUPPORTED/,
    });
  });
});
