/** What a Spark lacks says which version has it, and where the program asked for it. */
import assert from "node:assert/strict";
import { col, lit } from "../../../src/driver/sql/functions/mod.ts";
import { dialectOf, DIALECTS } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("a method that this Spark lacks names the version that has it", async (t) => {
  const spark = await sharedSession();
  const dialect = dialectOf(spark.version);
  const df = spark.range(3);
  const { catalog } = spark;
  const methods: readonly (readonly [
    name: string,
    since: string,
    use: () => unknown,
  ])[] = [
    ["Column.outer()", "4.0", () => df.select(col("id").outer()).schema],
    [
      "Column.try_cast()",
      "4.0",
      () => df.select(col("id").try_cast("int")).schema,
    ],
    ["DataFrame.exists()", "4.0", () => df.where(df.exists()).schema],
    ["DataFrame.scalar()", "4.0", () => df.select(df.scalar()).schema],
    [
      "DataFrame.groupingSets()",
      "4.0",
      () => df.groupingSets([["id"]], "id").count().schema,
    ],
    ["DataFrame.lateralJoin()", "4.0", () => df.lateralJoin(df).schema],
    ["DataFrame.transpose()", "4.0", () => df.transpose().schema],
    [
      "transformWithState()",
      "4.0",
      () =>
        df.groupBy("id").transformWithState(
          () => ({ init() {}, handleInputRows: () => [] }),
          "id BIGINT",
          { outputMode: "append" },
        ).schema,
    ],
    [
      "DataFrame.mergeInto()",
      "4.0",
      () => df.mergeInto("t", lit(true)).whenMatched().delete().merge(),
    ],
    [
      "DataFrame.repartitionById()",
      "4.1",
      () => df.repartitionById(2, col("id").cast("int")).schema,
    ],
    [
      "DataFrame.nearestByJoin()",
      "4.2",
      () => df.nearestByJoin(df, lit(1), 1, "exact", "similarity").schema,
    ],
    ["DataFrame.zipWithIndex()", "4.2", () => df.zipWithIndex().schema],
    ["DataFrame.zip()", "4.3", () => df.zip(df).schema],
    ["DataFrameReader.xml()", "4.0", () => spark.read.xml("x.xml")],
    ["DataFrameReader.changes()", "4.2", () => spark.read.changes("t")],
    ["DataStreamReader.xml()", "4.0", () => spark.readStream.xml("x")],
    [
      "DataStreamReader.name()",
      "4.2",
      () => spark.readStream.name("n").format("rate").load().schema,
    ],
    ["DataStreamReader.changes()", "4.2", () => spark.readStream.changes("t")],
    [
      "DataStreamWriter.clusterBy()",
      "4.0",
      () =>
        spark.readStream.format("rate").load().writeStream.clusterBy("value")
          .toTable("t"),
    ],
    ["DataFrameWriter.xml()", "4.0", () => df.write.xml("x")],
    [
      "DataFrameWriter.clusterBy()",
      "4.0",
      () => df.write.clusterBy("id").saveAsTable("t"),
    ],
    [
      "DataFrameWriterV2.clusterBy()",
      "4.0",
      () => df.writeTo("t").clusterBy("id").create(),
    ],
    ["Catalog.createDatabase()", "4.2", () => catalog.createDatabase("d")],
    ["Catalog.dropDatabase()", "4.2", () => catalog.dropDatabase("d")],
    ["Catalog.listViews()", "4.2", () => catalog.listViews()],
    ["Catalog.listPartitions()", "4.2", () => catalog.listPartitions("t")],
    [
      "Catalog.getTableProperties()",
      "4.2",
      () => catalog.getTableProperties("t"),
    ],
    [
      "Catalog.getCreateTableString()",
      "4.2",
      () => catalog.getCreateTableString("t"),
    ],
    ["Catalog.dropTable()", "4.2", () => catalog.dropTable("t")],
    ["Catalog.dropView()", "4.2", () => catalog.dropView("t")],
    ["Catalog.truncateTable()", "4.2", () => catalog.truncateTable("t")],
    ["Catalog.analyzeTable()", "4.2", () => catalog.analyzeTable("t")],
  ];
  const lacking = methods.filter(([, since]) =>
    DIALECTS.findIndex((each) => each === since) > DIALECTS.indexOf(dialect)
  );
  for (const [name, since, use] of lacking) {
    await t.step(name, async () => {
      await assert.rejects(
        async () => await use(),
        (error: Error) => {
          const [text, place = ""] = error.message.split("\n");
          assert.equal(
            text,
            `Cannot run ${name} on Spark ${dialect}: it came with Spark ${since}; use that or a later one`,
          );
          assert.match(place, /^ {2}in \S+\(\) at versions_test\.ts:\d+:\d+$/);
          return true;
        },
      );
    });
  }
});
