import assert from "node:assert/strict";
import { type SparkError, types, WorkerError } from "../../../mod.ts";
import { onPartitions } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("toDF() and createDataFrame() of an RDD", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;

  await onPartitions(t)("objects, whose types are found", async (n) => {
    const words = sc.parallelize(["a", "bb", "ccc"], n)
      .map((word) => ({ word, half: word.length / 2, tags: [word] }));
    const frame = words.toDF();
    const rows: { word: string; half: number; tags: string[] }[] = await frame
      .orderBy("word").collect();
    assert.deepEqual(rows, [
      { word: "a", half: 0.5, tags: ["a"] },
      { word: "bb", half: 1, tags: ["bb"] },
      { word: "ccc", half: 1.5, tags: ["ccc"] },
    ]);
    assert.equal(
      (await frame.schema).simpleString(),
      "struct<word:string,half:double,tags:array<string>>",
    );
    const same = spark.createDataFrame(words);
    const first: { word: string } | null = await same.first();
    assert.deepEqual(first, rows[0]);
  });

  await t.step(
    "arrays, with names, words of SQL, types of builders",
    async () => {
      const pairs = sc.parallelize([["a", 1], ["b", null]], 2)
        .map(([k, v]) => [k, v] as [string, number | null]);
      assert.deepEqual(await pairs.toDF().collect(), [
        { _1: "a", _2: 1 },
        { _1: "b", _2: null },
      ]);
      const named = [{ k: "a", v: 1 }, { k: "b", v: null }];
      assert.deepEqual(await pairs.toDF(["k", "v"]).collect(), named);
      const ddl: { k: string; v: number | null }[] = await pairs
        .toDF("k STRING NOT NULL, v INT").collect();
      assert.deepEqual(ddl, named);
      const struct = types.struct({
        k: types.string,
        v: types.double.nullable(),
      });
      const built: { k: string; v: number | null }[] = await spark
        .createDataFrame(pairs, struct).collect();
      assert.deepEqual(built, named);
      const frame = spark.createDataFrame(pairs, "k STRING NOT NULL, v BIGINT");
      const schema = await frame.schema;
      assert.deepEqual(schema.fields.map((field) => field.nullable), [
        false,
        true,
      ]);
      // @ts-expect-error -- texts are no integers
      sc.parallelize([{ k: "a" }], 1).toDF("k INT");
      // @ts-expect-error -- the same
      spark.createDataFrame(sc.parallelize([{ k: "a" }], 1), "k INT");
    },
  );

  await t.step(
    "what other operations give: rows, caches, shuffles, promises",
    async () => {
      const people = spark.createDataFrame(
        [["Ann", 30, [1.5]], ["Bob", null, null]],
        "name STRING, age INT, scores ARRAY<DOUBLE>",
      );
      const rows = await people.collect();
      const again = people.rdd.toDF();
      const names: (string | null)[] = (await again.collect()).map((row) =>
        row.name
      );
      assert.deepEqual(names, ["Ann", "Bob"]);
      assert.deepEqual(await again.collect(), rows);
      assert.deepEqual(
        await people.rdd.toDF(await people.schema).collect(),
        rows,
      );
      const counts = sc.parallelize(["a", "b", "a"], 3)
        .map((word) => [word, 1]).reduceByKey((a, b) => a + b, 2)
        .map(([word, n]) => ({ word, n })).cache();
      for (let i = 0; i < 2; i++) {
        assert.deepEqual(await counts.toDF().orderBy("word").collect(), [
          { word: "a", n: 2 },
          { word: "b", n: 1 },
        ]);
      }
      counts.unpersist();
      const slow = sc.parallelize([1, 2, 3], 2)
        .mapAsync(async (n) => ({ n: await Promise.resolve(n * 10) }));
      const both = slow.union(sc.parallelize([{ n: 7 }], 1));
      assert.deepEqual(await both.toDF("n INT").collect(), [
        { n: 10 },
        { n: 20 },
        { n: 30 },
        { n: 7 },
      ]);
    },
  );

  await t.step("no records, no columns, records of megabytes", async () => {
    const none = sc.parallelize<{ a: number }>([], 3);
    assert.deepEqual(await none.toDF("a INT").collect(), []);
    await assert.rejects(none.toDF().collect(), {
      condition: "TYPE_NOT_INFERRED",
      message: /Cannot infer a schema: the RDD is empty; give a schema/,
    });
    await assert.rejects(
      sc.parallelize([{ a: 1, b: null }], 1).toDF().collect(),
      {
        condition: "TYPE_NOT_INFERRED",
        message:
          'Cannot infer the type of column "b": none of the first 1 records has a value for it; give a schema',
      },
    );
    assert.equal(
      await sc.range(5).map(() => ({})).toDF(types.struct({})).count(),
      5,
    );
    const big = sc.range(0, 40, 1, 2).map((n) => ({
      n,
      text: "é".repeat(500_000),
    }));
    const lengths = await big.toDF("n INT, text STRING")
      .selectExpr("n", "length(text) AS size").collect();
    assert.deepEqual(lengths.map(({ n }) => n), [...Array(40).keys()]);
    assert.ok(lengths.every((row) => row["size"] === 500_000));
  });

  await t.step(
    "a record that does not fit is told with its place",
    async () => {
      const records = sc.range(0, 6, 1, 2).map((n) => ({
        id: n,
        home: { zips: n === 4 ? [1, 2.5] : [n] },
      }));
      const error = await failure(
        records.toDF("id INT, home STRUCT<zips: ARRAY<INT>>").count(),
      );
      assert.equal(error.condition, "VALUE_TYPE_MISMATCH");
      assert.match(
        error.message,
        /Cannot write row 1 of column "home\.zips\.element": 2\.5 is no value of type int; .*\n {2}in partition 1 of stage \d+ \(attempt 0\), run by count\(\) at rdd_frames_test\.ts:\d+:\d+$/,
      );
      const conditions = [];
      for (
        const [value, ddl] of [
          [2 ** 31, "v INT NOT NULL"],
          [null, "v INT NOT NULL"],
          ["x", "v BOOLEAN NOT NULL"],
          ["12345.6", "v DECIMAL(5,1) NOT NULL"],
        ] as const
      ) {
        const frame = sc.parallelize([0], 1).map(() => [value]).toDF(
          ddl as string,
        );
        conditions.push((await failure(frame.collect())).condition);
      }
      assert.deepEqual(conditions, [
        "VALUE_OUT_OF_RANGE",
        "NULL_NOT_ALLOWED",
        "VALUE_TYPE_MISMATCH",
        "VALUE_OUT_OF_RANGE",
      ]);
      const scalars = sc.parallelize([1, 2], 1) as unknown as typeof records;
      assert.match(
        (await failure(scalars.toDF("id INT" as string).collect())).message,
        /Cannot write row 0: 1 is no row; give an object with the columns by name, or an array of 1 values/,
      );
      await assert.rejects(
        scalars.toDF().collect(),
        /Cannot infer a schema: row 0 is 1; give objects with the columns by name, or give a schema/,
      );
      await assert.rejects(
        records.toDF("id CHAR(3)" as string).collect(),
        { condition: "UNSUPPORTED_CHAR_OR_VARCHAR_AS_STRING" },
      );
    },
  );

  await t.step("another type later than the first hundred", async () => {
    const late = sc.range(0, 200, 1, 1).map((n) => ({
      v: n < 150 ? n : "text" as unknown as number,
    }));
    assert.match(
      (await failure(late.toDF().count())).message,
      /Cannot write row 150 of column "v": "text" is no value of type bigint/,
    );
  });
});

async function failure(promise: Promise<unknown>): Promise<SparkError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof WorkerError) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: "nothing was thrown" });
}
