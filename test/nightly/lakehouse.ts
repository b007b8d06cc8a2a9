import assert from "node:assert/strict";
import type { DataFrame, SparkSession } from "../../mod.ts";
import { col, lit } from "../../src/driver/sql/functions/mod.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";

/** A row of the tables that are tested. */
interface Stock {
  id: number | null;
  item: string | null;
  amount: number | null;
}

/** What formats of tables do differently. */
export interface Lake {
  /** As `using()` names it. */
  readonly format: string;
  /** The namespace that its tables lie in. */
  readonly namespace: string;
  /** Lets a table take rows that bring columns; null where every table does. */
  readonly acceptsColumns: ((table: string) => string) | null;
  /** Numbers of a table's versions, the oldest first. */
  versions(spark: SparkSession, table: string): Promise<(number | string)[]>;
  /** Reads a version. */
  readVersion(
    spark: SparkSession,
    table: string,
    version: number | string,
  ): DataFrame<Stock>;
}

const STOCK = "id INT, item STRING, amount INT";

/**
 * Checks tables of a format: created, appended to, merged into, read as they
 * were, given columns, read and written as streams.
 *
 * @param t where the checks become steps
 * @param spark a session that has the format's packages
 * @param lake the format
 */
export async function checkLake(
  t: Deno.TestContext,
  spark: SparkSession,
  lake: Lake,
): Promise<void> {
  const table = `${lake.namespace}.stock`;
  const frame = (...rows: readonly Stock[]): DataFrame<Stock> =>
    spark.createDataFrame(rows, STOCK);
  const rowsOf = (df: DataFrame<Stock>): Promise<Stock[]> =>
    df.orderBy("id").collect();
  const stock = (): Promise<Stock[]> => rowsOf(spark.table<Stock>(table));
  const first = { id: 1, item: "tea", amount: 5 };
  const second = { id: 2, item: "cups", amount: null };
  const third = { id: 3, item: "\u{1f375}", amount: 7 };

  await t.step("create, append, overwrite a part", async () => {
    await spark.sql(`CREATE NAMESPACE IF NOT EXISTS ${lake.namespace}`);
    await frame(first).writeTo(table).using(lake.format).create();
    await frame(second, third).writeTo(table).append();
    assert.deepEqual(await stock(), [first, second, third]);
    await frame({ ...third, amount: 8 }).writeTo(table)
      .overwrite(col("id").eq(3));
    assert.deepEqual(await stock(), [first, second, { ...third, amount: 8 }]);
  });

  await t.step("mergeInto() updates, deletes and inserts", async () => {
    const changes = frame(
      { id: 1, item: "tea", amount: 50 },
      { id: 2, item: null, amount: null },
      { id: 4, item: "milk", amount: 1 },
    );
    await changes.alias("c")
      .mergeInto(table, col(`${table}.id`).eq(col("c.id")))
      .whenMatched(col("c.item").isNull()).delete()
      .whenMatched().update({ amount: col("c.amount") })
      .whenNotMatched().insertAll()
      .whenNotMatchedBySource().update({ amount: lit(0) })
      .merge();
    assert.deepEqual(await stock(), [
      { id: 1, item: "tea", amount: 50 },
      { ...third, amount: 0 },
      { id: 4, item: "milk", amount: 1 },
    ]);
  });

  await t.step("mergeInto() of rows that match twice is refused", async () => {
    const twice = frame(first, { ...first, amount: 6 });
    const before = await stock();
    await assert.rejects(
      twice.alias("c").mergeInto(table, col(`${table}.id`).eq(col("c.id")))
        .whenMatched().updateAll().merge(),
      /MERGE_CARDINALITY_VIOLATION|MULTIPLE_SOURCE_ROW_MATCHING/,
    );
    assert.deepEqual(await stock(), before);
  });

  await t.step("a version is read as it was", async () => {
    const [oldest] = await lake.versions(spark, table);
    assert.ok(oldest !== undefined);
    const then = lake.readVersion(spark, table, oldest);
    assert.deepEqual(await rowsOf(then), [first]);
  });

  await t.step("appended rows and a merge bring columns", async () => {
    const shelved = (id: number): DataFrame<Stock & { shelf: string | null }> =>
      spark.createDataFrame(
        [{ id, item: "jam", amount: 2, shelf: "B" }],
        `${STOCK}, shelf STRING`,
      );
    await assert.rejects(shelved(5).writeTo(table).append(), /shelf|schema/i);
    const statement = lake.acceptsColumns?.(table);
    if (statement !== undefined) await spark.sql(statement);
    await shelved(5).writeTo(table).option("mergeSchema", "true").append();
    const shelves = spark.table<Stock & { shelf: string | null }>(table)
      .where("id in (1, 5)").select("id", "shelf").orderBy("id");
    assert.deepEqual(await shelves.collect(), [
      { id: 1, shelf: null },
      { id: 5, shelf: "B" },
    ]);
  });

  await t.step("streams read a table, and write another", async () => {
    await using folder = await temporaryFolder();
    const copy = `${lake.namespace}.copy`;
    const source = `${lake.namespace}.source`;
    await frame(first, second).writeTo(source).using(lake.format).create();
    await frame().writeTo(copy).using(lake.format).create();
    const run = async (): Promise<void> => {
      await using query = await spark.readStream.table(source)
        .writeStream.format(lake.format).outputMode("append")
        .option("checkpointLocation", `${folder.path}/checkpoint`)
        .trigger({ availableNow: true }).toTable(copy);
      await query.awaitTermination();
    };
    await run();
    await frame(third).writeTo(source).append();
    await run(); // takes what is new alone
    const copied = rowsOf(spark.table<Stock>(copy));
    assert.deepEqual(await copied, [first, second, third]);
  });
}
