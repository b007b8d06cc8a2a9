/** Tables of a PostgreSQL, read and written by JDBC. */
import assert from "node:assert/strict";
import { decimal } from "../../mod.ts";
import { ownSession } from "../integration/shared_session.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { startPostgres } from "./postgres.ts";

const SCHEMA = `id INT, small SMALLINT, large BIGINT, price DECIMAL(12,2),
  ratio DOUBLE, name STRING, flag BOOLEAN, day DATE, at TIMESTAMP,
  local TIMESTAMP_NTZ, bytes BINARY, tags ARRAY<STRING>`;

Deno.test("PostgreSQL by JDBC", async (t) => {
  await using folder = await temporaryFolder();
  await Deno.chmod(folder.path, 0o755); // the server is another user's
  await using server = await startPostgres(`${folder.path}/data`);
  await using spark = await ownSession({
    "spark.jars.packages": "org.postgresql:postgresql:42.7.14",
    "spark.sql.session.timeZone": "Europe/Berlin",
  });
  const { username: user, port, pathname } = new URL(server.url);
  const url = `jdbc:postgresql://localhost:${port}${pathname}`;
  const properties = { user, driver: "org.postgresql.Driver" };

  await t.step("values of all types come back as they were", async () => {
    const row = {
      id: 1,
      small: -7,
      large: 2 ** 53 - 1,
      price: decimal("-1234567890.05"),
      ratio: 0.1,
      name: "t\u{1f375}a 'quoted' \\",
      flag: true,
      day: new Date("2024-02-29T00:00:00Z"),
      at: new Date("2024-03-31T00:30:00.123Z"), // an hour before Berlin's clocks go forward
      local: new Date("2024-03-31T02:30:00Z"), // an hour that Berlin does not have
      bytes: new Uint8Array([0, 255]),
      tags: ["a", null, ""],
    };
    const empty = { ...row, id: 2, price: null, name: "", day: null, tags: [] };
    await spark.createDataFrame([row, empty], SCHEMA).write
      .jdbc(url, "public.everything", properties);
    const read = spark.read.option("preferTimestampNTZ", "true")
      .jdbc(url, "public.everything", { properties }).orderBy("id");
    assert.deepEqual(await read.collect(), [
      { ...row, at: row.at },
      empty,
    ]);
  });

  await t.step("reads in partitions, by ranges and by predicates", async () => {
    const numbers = spark.range(0, 1_000, 1, 2).selectExpr(
      "id",
      "id % 10 AS k",
    );
    await numbers.write.jdbc(url, "numbers", properties);
    const range = {
      column: "id",
      lowerBound: 0,
      upperBound: 1_000,
      numPartitions: 4,
    };
    const ranges = spark.read.jdbc(url, "numbers", { properties, range });
    const predicates = ["k = 0", "k BETWEEN 1 AND 3"];
    const some = spark.read.jdbc(url, "numbers", { properties, predicates });
    assert.deepEqual(
      await ranges.rdd.glom().map((part) => part.length).collect(),
      [
        250,
        250,
        250,
        250,
      ],
    );
    assert.deepEqual(
      await some.rdd.glom().map((part) => part.length).collect(),
      [
        100,
        300,
      ],
    );
    const query = spark.read.options({
      ...properties,
      url,
      query: "SELECT k, sum(id)::int8 AS total FROM numbers GROUP BY k",
    }).format("jdbc").load<{ k: number; total: number }>();
    const { total } = await query.where("k = 3").first() ?? {};
    assert.equal(total, 49_800);
  });

  await t.step(
    "writes: append, overwrite with the table kept, refused",
    async () => {
      const rows = (...ids: number[]) =>
        spark.createDataFrame(ids.map((id) => ({ id })), "id INT NOT NULL");
      const read = async (): Promise<unknown[]> =>
        (await spark.read.jdbc(url, "ids", { properties }).orderBy("id")
          .collect()).map((row) => row["id"]);
      await rows(1, 2).write.jdbc(url, "ids", properties);
      await rows(3).write.mode("append").jdbc(url, "ids", properties);
      assert.deepEqual(await read(), [1, 2, 3]);
      await rows(9).write.mode("overwrite").option("truncate", "true")
        .jdbc(url, "ids", properties);
      assert.deepEqual(await read(), [9]);
      await assert.rejects(
        rows(1).write.jdbc(url, "ids", properties),
        /'?ids'? already exists/,
      );
    },
  );

  await t.step("no table, and no server", async () => {
    await assert.rejects(
      spark.read.jdbc(url, "nothing", { properties }).collect(),
      /relation "nothing" does not exist[^]*in jdbc\(\) at postgres_test\.ts:\d+/,
    );
    const closed = url.replace(/:\d+\//, ":1/");
    await assert.rejects(
      spark.read.jdbc(closed, "numbers", { properties }).collect(),
      /Connection to localhost:1 refused[^]*in jdbc\(\) at postgres_test\.ts:\d+/,
    );
  });
});
