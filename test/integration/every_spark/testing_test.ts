import assert from "node:assert/strict";
import {
  assertDataFrameEqual,
  type AssertDataFrameEqualOptions,
  assertSchemaEqual,
  type Rows,
  sharedSession as sharedOfTesting,
} from "../../../src/testing/mod.ts";
import { sharedSession } from "../shared_session.ts";

/** What the assertion says about rows; null when it says nothing. */
async function complaint(
  actual: Rows,
  expected: Rows,
  options?: AssertDataFrameEqualOptions,
): Promise<string | null> {
  try {
    await assertDataFrameEqual(actual, expected, options);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

Deno.test("assertDataFrameEqual() compares frames", async (t) => {
  const spark = await sharedSession();
  const people = spark.createDataFrame(
    [["Ann", 30, 1.5], ["Bob", null, 2.5]],
    "name STRING, age INT, height DOUBLE",
  );

  await t.step("with frames and with rows", async () => {
    const same = spark.sql(
      "SELECT * FROM VALUES ('Bob', CAST(NULL AS INT), 2.5D), ('Ann', 30, 1.500001D) AS t(name, age, height)",
    );
    assert.equal(await complaint(people, same), null);
    assert.equal(
      await complaint(people, [{ name: "Bob", height: 2.5 }, {
        name: "Ann",
        age: 30,
        height: 1.5,
      }]),
      null,
    );
    assert.equal(
      await complaint(people, [["Ann", 30, 1.5], ["Bob", null, 2.5]]),
      null,
    );
    assert.equal(
      await complaint(
        people,
        people.withColumn("age", people.col("age").plus(1)),
      ),
      `Rows differ: 1 of 2 (50.0 %), "-" is actual, "+" is expected
  { name: "Bob", age: null, height: 2.5 }
- { name: "Ann", age: 30, height: 1.5 }
+ { name: "Ann", age: 31, height: 1.5 }
  (age is 30, not 31)`,
    );
  });

  await t.step("of other columns", async () => {
    assert.equal(
      await complaint(people, people.drop("age")),
      `Schemas differ in 1 column: "-" is actual, "+" is expected
  name STRING
- age INT
  height DOUBLE`,
    );
    const turned = people.select("height", "name", "age");
    assert.match(await complaint(people, turned) ?? "", /order of columns/);
    assert.equal(
      await complaint(people, turned, { ignoreColumnOrder: true }),
      null,
    );
    const renamed = people.toDF("a", "b", "c");
    assert.equal(
      await complaint(people, renamed, { ignoreColumnName: true }),
      null,
    );
    const texts = people.withColumn("age", people.col("age").cast("string"));
    assert.match(
      await complaint(people, texts) ?? "",
      /- age INT\n\+ age STRING/,
    );
    assert.equal(
      await complaint(people, texts, { ignoreColumnType: true }),
      null,
    );
    const twice = spark.sql("SELECT 1 AS a, 2 AS a");
    assert.equal(
      await complaint(twice, spark.sql("SELECT 1 AS a, 2 AS a")),
      null,
    );
    assert.equal(
      await complaint(twice, spark.sql("SELECT 1 AS a, 3 AS a")),
      `Rows differ: 1 of 1 (100.0 %), "-" is actual, "+" is expected
- { a: 1, a: 2 }
+ { a: 1, a: 3 }
  (a is 2, not 3)`,
    );
  });

  await t.step("with values of all kinds", async () => {
    const query =
      "SELECT CAST(1.10 AS DECIMAL(20, 2)) AS d, DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 01:02:03' AS time, X'0102' AS bytes, ARRAY(1.5D, NULL) AS list, MAP('a', 1, 'b', 2) AS map, NAMED_STRUCT('x', 1.5D) AS struct, CAST('NaN' AS DOUBLE) AS nan";
    assert.equal(await complaint(spark.sql(query), spark.sql(query)), null);
    const other = query.replace("1.10", "1.20").replace("'b', 2", "'c', 2");
    assert.match(
      await complaint(spark.sql(query), spark.sql(other)) ?? "",
      /\n {2}\(d is "1\.10", not "1\.20"; map is Map\(2\) .*\)$/,
    );
  });

  await t.step("but no streams", async () => {
    const rates = spark.readStream.format("rate").load();
    await assert.rejects(assertDataFrameEqual(rates, []), {
      condition: "STREAM_NOT_COMPARABLE",
      message:
        /^Cannot compare the rows of "DataFrame\[.*\]": it is a stream; compare what its query has written$/,
    });
  });
});

Deno.test("assertSchemaEqual() takes what df.schema gives", async () => {
  const spark = await sharedSession();
  assertSchemaEqual(await spark.range(1).schema, "id BIGINT");
});

Deno.test("sharedSession() of a program's tests gives the one that runs, and refuses other settings", async () => {
  await sharedSession();
  const spark = await sharedOfTesting();
  assert.equal(await sharedOfTesting(), spark);
  assert.equal(await spark.range(3).count(), 3);
  await assert.rejects(
    sharedOfTesting({ "spark.sql.shuffle.partitions": "7" }),
    {
      condition: "SESSION_SETTINGS_DIFFER",
      message:
        'Cannot share a session with "spark.sql.shuffle.partitions" = "7": it was started with "2"; give all tests the same settings, or stop() it first',
    },
  );
  await assert.rejects(sharedOfTesting({ "spark.x": "7" }), {
    message:
      'Cannot share a session with "spark.x" = "7": it was started with Spark\'s default; give all tests the same settings, or stop() it first',
  });
});
