import assert from "node:assert/strict";
import { functions as F, type SparkError } from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("frames of the program's own rows, and queries with parameters", async (t) => {
  const spark = await sharedSession();
  const rows: { name: string; age: number | null }[] = [
    { name: "Ann", age: 30 },
    { name: "Bob", age: null },
  ];
  const people = spark.createDataFrame(rows);
  rows.push({ name: "late", age: 1 });

  await t.step("of objects, arrays, names, tables and iterators", async () => {
    assert.deepEqual(await people.collect(), rows.slice(0, 2));
    const typed = spark.createDataFrame(
      [["a", 1.5], ["b", null]],
      "k STRING NOT NULL, v DOUBLE",
    );
    const first: { k: string; v: number | null } | null = await typed.first();
    assert.deepEqual(first, { k: "a", v: 1.5 });
    assert.equal((await typed.schema).fields[0]?.nullable, false);
    assert.deepEqual(
      await spark.createDataFrame([[1, "x"]], ["n", "s"]).collect(),
      [{ n: 1, s: "x" }],
    );
    const table = await people.toArrow();
    assert.equal(table.numRows, 2);
    assert.deepEqual(
      await spark.createDataFrame(table).collect(),
      rows.slice(0, 2),
    );
    async function* source(): AsyncGenerator<{ a: number }> {
      yield { a: 1 };
      yield { a: 2 };
    }
    assert.deepEqual(
      await spark.createDataFrame(source()).agg(F.sum("a").as("s")).collect(),
      [{ s: 3 }],
    );
    assert.equal(await spark.emptyDataFrame.count(), 0);
    const ids: number[] = [];
    for await (const { id } of spark.range(5).toLocalIterator(true)) {
      ids.push(id);
    }
    assert.deepEqual(ids, [0, 1, 2, 3, 4]);
  });

  await t.step("of more rows than a plan should hold", async () => {
    const count = 100_000;
    const many = Array.from({ length: count }, (_, id) => ({
      id,
      text: id % 10 === 0 ? null : `text ${id}`,
    }));
    async function* source(): AsyncGenerator<{ id: number }> {
      yield* many;
    }
    const ddl = "id BIGINT NOT NULL, text STRING";
    const frame = spark.createDataFrame(many, ddl);
    const table = await frame.toArrow();
    assert.equal(table.numRows, count);
    const frames = [
      frame,
      spark.createDataFrame(many),
      spark.createDataFrame(source(), ddl),
      spark.createDataFrame(table),
    ];
    for (const each of frames) {
      const rows = await each.collect();
      assert.equal(rows.length, count);
      assert.ok(
        rows.every((row, i) =>
          row["id"] === i && row["text"] === many[i]?.text
        ),
      );
    }
    assert.equal(await frame.where("text IS NULL").count(), count / 10);
    const late = many.map((row) => row.id === 99_999 ? { id: 0.5 } : row);
    await assert.rejects(spark.createDataFrame(late, ddl).count(), {
      condition: "VALUE_TYPE_MISMATCH",
      message: /Cannot write row 99999 of column "id": 0\.5 is no value/,
    });
    if (spark.version.startsWith("3.")) return; // it has no such texts
    const large = "spark.sql.execution.arrow.useLargeVarTypes";
    await spark.conf.set(large, true);
    try {
      const texts = spark.createDataFrame(many, ddl);
      assert.equal(await texts.where("text = 'text 99999'").count(), 1);
      const mapped = frame.rdd.map((row) => row).toDF(ddl);
      assert.equal(await mapped.where("text = 'text 99999'").count(), 1);
    } finally {
      await spark.conf.unset(large);
    }
  });

  await t.step("rows whose types differ are refused", async () => {
    await assert.rejects(
      spark.createDataFrame([{ a: 1 }, { a: "x" as unknown as number }])
        .collect(),
      (error: SparkError) =>
        error.condition === "TYPE_NOT_INFERRED" &&
        /column "a": row 0/.test(error.message),
    );
  });

  await t.step("parameters of queries: by name, in order, frames", async () => {
    assert.deepEqual(
      await spark.sql("SELECT name FROM {people} WHERE age >= :age", {
        people,
        age: 18,
      }).collect(),
      [{ name: "Ann" }],
    );
    if (!spark.version.startsWith("3.4")) {
      assert.deepEqual(
        await spark.sql("SELECT ? AS a, ? AS b", [1, "x"]).collect(),
        [
          { a: 1, b: "x" },
        ],
      );
    }
    const done = await spark.sql(
      "CREATE OR REPLACE TEMP VIEW seven AS SELECT 7 AS n",
    );
    assert.equal(await done.count(), 0);
    assert.deepEqual(await spark.table("seven").collect(), [{ n: 7 }]);
    await assert.rejects(
      async () => await spark.sql("CREATE NONSENSE"),
      (error: SparkError) => error.condition === "PARSE_SYNTAX_ERROR",
    );
  });

  await t.step("functions over functions", async () => {
    const { array, lit } = F;
    const [row] = await people.limit(1).select(
      F.transform(array(lit(1), lit(2)), (x, i) => x.plus(i)).as("a"),
      F.aggregate(
        array(lit(1), lit(2)),
        0,
        (sum, x) => sum.plus(x),
        (sum) => sum.times(10),
      ).as("b"),
      F.transform(
        array(lit(1)),
        (x) => F.transform(array(lit(10)), (y) => x.plus(y)),
      ).as("c"),
      F.array_sort(array(lit(3), lit(1)), (x, y) => y.minus(x)).as("d"),
      F.filter(array(lit(1), lit(2)), (x) => x.gt(1)).as("e"),
      F.exists(array(lit(1)), (x) => x.eq(1)).as("f"),
      F.map_filter(F.create_map(lit("k"), lit(1)), (_key, value) => value.gt(5))
        .as("g"),
      F.trim(lit("xxaxx"), "x").as("h"),
      F.typeof("age").as("i"),
      F.from_json(lit('{"a":1}'), "a INT").as("j"),
    ).collect();
    assert.deepEqual(row, {
      a: [1, 3],
      b: 30,
      c: [[11]],
      d: [3, 1],
      e: [2],
      f: true,
      g: new Map(),
      h: "a",
      i: "bigint",
      j: { a: 1 },
    });
  });
});
