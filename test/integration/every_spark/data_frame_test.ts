import assert from "node:assert/strict";
import {
  AnalysisException,
  type DataFrame,
  functions as F,
  Observation,
  ParseException,
  type SparkError,
  Window,
} from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";

const { call_function, col, expr, lit, when } = F;

interface Person {
  name: string;
  age: number | null;
  tags: string[] | null;
  address: { city: string } | null;
}

Deno.test("DataFrame operations", async (t) => {
  const spark = await sharedSession();
  const people = spark.sql<Person>(
    `SELECT * FROM VALUES
      ('Ann', 30, array('a', 'b'), named_struct('city', 'X')),
      ('Bob', 25, array('c'), named_struct('city', 'Y')),
      ('Cid', null, null, null) AS t(name, age, tags, address)`,
  );
  const is4 = !spark.version.startsWith("3.");

  await t.step("select, callbacks, operators and names", async () => {
    await same(people.select("name", people.col("age").plus(1).as("next")), [
      { name: "Ann", next: 31 },
      { name: "Bob", next: 26 },
      { name: "Cid", next: null },
    ]);
    await same(
      people.select((c) => [c.name, c.age.minus(1).as("n")]).limit(1),
      [
        { name: "Ann", n: 29 },
      ],
    );
    await same(
      people.select(
        col("age").times(2).as("a"),
        col("age").divide(4).as("b"),
        col("age").mod(7).as("c"),
        col("age").pow(2).as("d"),
        col("age").negate().as("e"),
        col("age").bitwiseAnd(7).as("f"),
        col("age").bitwiseOr(1).as("g"),
        col("age").bitwiseXor(1).as("h"),
        col("age").gt(26).and(col("name").eq("Ann")).as("i"),
        col("age").lt(26).or(lit(false)).not().as("j"),
        col("age").eqNullSafe(null).as("k"),
        col("age").isin(1, 30).as("l"),
        col("age").isin([30]).as("m"),
        col("age").between(29, 31).as("n"),
      ).limit(1),
      [{
        a: 60,
        b: 7.5,
        c: 2,
        d: 900,
        e: -30,
        f: 6,
        g: 31,
        h: 31,
        i: true,
        j: true,
        k: false,
        l: true,
        m: true,
        n: true,
      }],
    );
  });

  await t.step("texts, parts of values and casts", async () => {
    await same(
      people.where("name = 'Ann'").select(
        col("address.city").as("a"),
        col("tags").getItem(1).as("b"),
        col("address").getField("city").as("c"),
        col("name").like("A%").as("d"),
        col("name").ilike("a%").as("e"),
        col("name").rlike("^.nn$").as("f"),
        col("name").startsWith("A").as("g"),
        col("name").endsWith(lit("n")).as("h"),
        col("name").contains("n").as("i"),
        col("name").substr(2, 2).as("j"),
        col("age").cast("string").as("k"),
        col("address").withField("zip", lit(5)).getField("zip").as("l"),
        col("address").dropFields("none").getField("city").as("m"),
        col("name").isNull().as("n"),
      ),
      [{
        a: "X",
        b: "b",
        c: "X",
        d: true,
        e: true,
        f: true,
        g: true,
        h: true,
        i: true,
        j: "nn",
        k: "30",
        l: 5,
        m: "X",
        n: false,
      }],
    );
  });

  await t.step("literals keep type and value", async () => {
    const frame = people.limit(1).select(
      lit(1).as("int"),
      lit(1.5).as("double"),
      lit(2n ** 40n).as("long"),
      lit(10n ** 20n).as("decimal"),
      lit("s").as("text"),
      lit(null).as("none"),
      lit(new Date(86_400_000)).as("time"),
      lit([1, 2]).as("list"),
      lit({ a: 1, b: "x" }).as("struct"),
      lit(new Uint8Array([1, 2])).as("bytes"),
      lit(-0).as("zero"),
    );
    assert.deepEqual((await frame.dtypes).map(([, type]) => type), [
      "int",
      "double",
      "bigint",
      "decimal(21,0)",
      "string",
      "void",
      "timestamp",
      "array<int>",
      "struct<a:int,b:string>",
      "binary",
      "double",
    ]);
    const [row] = await frame.collect();
    assert.equal(row?.["decimal"], "100000000000000000000");
    assert.ok(Object.is(row?.["zero"], -0));
  });

  await t.step("groups, pivots, windows and conditions", async () => {
    await same(
      people.groupBy("name").agg(call_function("sum", "age").as("s"))
        .orderBy(col("name").desc()),
      [{ name: "Cid", s: null }, { name: "Bob", s: 25 }, {
        name: "Ann",
        s: 30,
      }],
    );
    await same(people.agg({ age: "max", "*": "count" }), [
      { "max(age)": 30, "count(1)": 3 },
    ]);
    await same(people.groupBy().avg("age"), [{ "avg(age)": 27.5 }]);
    assert.equal(await people.rollup("name").count().count(), 4);
    assert.equal(await people.cube("name", "age").count().count(), 10);
    await same(
      people.groupBy("age").pivot("name", ["Ann"]).agg(
        call_function("count", "name"),
      ).orderBy("age"),
      [{ age: null, Ann: null }, { age: 25, Ann: null }, { age: 30, Ann: 1 }],
    );
    await same(
      people.select(
        "name",
        call_function("row_number").over(Window.orderBy(col("age").desc()))
          .as("r"),
        call_function("sum", "age").over(
          Window.orderBy("name").rowsBetween(
            Window.unboundedPreceding,
            Window.currentRow,
          ),
        ).as("s"),
      ).orderBy("name"),
      [
        { name: "Ann", r: 1, s: 30 },
        { name: "Bob", r: 2, s: 55 },
        { name: "Cid", r: 3, s: 55 },
      ],
    );
    await same(
      people.select(
        when(col("age").gt(26), "old").when(col("age").le(26), "young")
          .otherwise("?").as("w"),
      ),
      [{ w: "old" }, { w: "young" }, { w: "?" }],
    );
  });

  await t.step("joins by name, condition and origin", async () => {
    const right = people.select("name", lit(5).as("x"));
    await same(people.join(right, "name").select("name", "x").limit(1), [
      { name: "Ann", x: 5 },
    ]);
    await same(
      people.alias("a").join(
        people.where("age = 25").alias("b"),
        col("a.name").eq(col("b.name")),
        "left",
      ).select(col("a.name"), col("b.age")).orderBy("a.name"),
      [{ name: "Ann", age: null }, { name: "Bob", age: 25 }, {
        name: "Cid",
        age: null,
      }],
    );
    const one = people.select("name", "age");
    const two = people.where("age IS NOT NULL").select("name", "age");
    const both = one.join(two, one.col("name").eq(two.col("name")));
    assert.deepEqual((await both.drop(two.col("name")).columns).toSorted(), [
      "age",
      "age",
      "name",
    ]);
    assert.equal(await people.crossJoin(right).count(), 9);
    await same(people.join(two, "name", "anti").select("name"), [{
      name: "Cid",
    }]);
  });

  await t.step("sets, samples, partitions, columns", async () => {
    const names = people.select("name");
    assert.equal(await names.union(names).distinct().count(), 3);
    assert.equal(await names.unionByName(names).intersect(names).count(), 3);
    assert.equal(await names.subtract(names.limit(1)).count(), 2);
    assert.equal(await names.union(names).exceptAll(names).count(), 3);
    const parts = people.randomSplit([1, 1], 1);
    const counts = await Promise.all(parts.map((part) => part.count()));
    assert.equal(counts.reduce((a, b) => a + b), 3);
    assert.equal(await people.sample(1).count(), 3);
    assert.equal(
      await people.sampleBy("name", new Map([["Ann", 1]])).count(),
      1,
    );
    assert.equal(
      await people.repartition(3, "name").repartitionByRange(2, "age")
        .coalesce(1).hint("rebalance").count(),
      3,
    );
    assert.deepEqual(
      await people.withColumn("z", lit(1)).withColumns({
        q: col("age").times(2),
        r: lit("r"),
      }).withColumnRenamed("q", "qq").withColumnsRenamed({ z: "zz", r: "rr" })
        .drop("tags", "address").columns,
      ["name", "age", "zz", "qq", "rr"],
    );
    await same(people.unpivot(["name"], ["age"], "k", "v").limit(1), [
      { name: "Ann", k: "age", v: 30 },
    ]);
    await same(
      people.sort("age", { ascending: false }).select("name").limit(1),
      [
        { name: "Ann" },
      ],
    );
    await same(people.sort(-2).select("name").limit(1), [{ name: "Ann" }]);
    await same(people.offset(2).select("name"), [{ name: "Cid" }]);
    assert.equal(await people.dropDuplicates(["age"]).count(), 3);
  });

  await t.step("missing values and statistics", async () => {
    assert.equal(await people.na.fill(0).na.drop({ subset: "age" }).count(), 3);
    assert.equal(await people.dropna().count(), 2);
    await same(
      people.fillna({ age: 7 }).replace(new Map([["Ann", "Zoe"]]), "name")
        .select("name", "age").orderBy("name"),
      [{ name: "Bob", age: 25 }, { name: "Cid", age: 7 }, {
        name: "Zoe",
        age: 30,
      }],
    );
    assert.deepEqual(await people.approxQuantile("age", [0, 1], 0), [25, 30]);
    assert.deepEqual(await people.approxQuantile(["age"], [0.5], 0), [[25]]);
    assert.equal(await people.corr("age", "age"), 1);
    assert.equal(await people.dropna().cov("age", "age"), 12.5);
    assert.equal(await people.crosstab("name", "age").count(), 3);
    assert.equal(await people.freqItems(["name"]).count(), 1);
    assert.equal(await people.describe("age").count(), 5);
    assert.equal(await people.summary("count").count(), 1);
  });

  await t.step("kept, observed, named, printed", async () => {
    people.cache();
    assert.equal((await people.storageLevel).useMemory, true);
    people.unpersist();
    assert.equal((await people.storageLevel).useMemory, false);
    assert.equal(await people.localCheckpoint().count(), 3);
    const seen = new Observation("seen");
    await people.observe(
      seen,
      call_function("count", "name").as("n"),
      call_function("max", "age").as("m"),
    ).collect();
    assert.deepEqual(await seen.get(), { n: 3, m: 30 });
    spark.sql("CREATE OR REPLACE TEMP VIEW one AS SELECT 1 AS one");
    await same(spark.table("one"), [{ one: 1 }]);
    await people.createOrReplaceTempView("people");
    await same(spark.sql("SELECT count(*) AS n FROM people"), [{ n: 3 }]);
    assert.equal((await people.tail(1))[0]?.name, "Cid");
    assert.deepEqual(await spark.range(5).tail(2), [{ id: 3 }, { id: 4 }]);
    assert.equal((await people.head())?.name, "Ann");
    assert.deepEqual(
      await people.select("name", "age").limit(1).toJSON().collect(),
      [
        '{"name":"Ann","age":30}',
      ],
    );
    assert.match(await people.explainString("formatted"), /Physical Plan/);
    assert.equal(await people.sameSemantics(people), true);
    assert.equal(await people.isEmpty(), false);
    assert.equal(
      String(people.select("name", col("age").plus(1).as("n")).where("n > 2"))
        .replace(/sql\([^]*?\)\)/, "sql(…)").slice(-44),
      ".select(name, (age + 1) AS n).filter(n > 2)]",
    );
  });

  await t.step("subqueries and groupingSets of Spark 4", async () => {
    if (!is4) return;
    const oldest = people.agg({ age: "max" });
    await same(people.where(col("age").eq(oldest.scalar())).select("name"), [
      { name: "Ann" },
    ]);
    assert.equal(
      await people.where(people.where("age > 99").exists()).count(),
      0,
    );
    assert.equal(
      await people.groupingSets([["name"], []], "name").agg(
        call_function("count", "age").as("n"),
      ).count(),
      4,
    );
    assert.deepEqual(await people.select("name", "age").transpose().columns, [
      "key",
      "Ann",
      "Bob",
      "Cid",
    ]);
  });

  await t.step(
    "errors name Spark's condition and the program's line",
    async () => {
      const error = await fails(people.select(col("nme")).collect());
      assert.ok(error instanceof AnalysisException);
      assert.equal(error.condition, "UNRESOLVED_COLUMN.WITH_SUGGESTION");
      assert.equal(error.sqlState, "42703");
      assert.equal(error.parameters["objectName"], "`nme`");
      assert.match(
        error.message,
        /\n {2}in select\(\) at data_frame_test\.ts:\d+:\d+$/,
      );
      const syntax = await fails(people.filter("age >").count());
      assert.ok(syntax instanceof ParseException);
      assert.equal(syntax.condition, "PARSE_SYNTAX_ERROR");
      assert.match(syntax.message, /in filter\(\) at data_frame_test\.ts/);
      assert.throws(
        // deno-lint-ignore no-explicit-any -- what a program without types does
        () => (col("a") as any) + 1,
        (thrown: SparkError) =>
          thrown.condition === "COLUMN_IN_OPERATOR" &&
          thrown.message ===
            'Cannot use the column "a" with a JavaScript operator: it is an expression for Spark, not a value; use its methods plus, minus, times, divide, mod, eq, ne, gt, ge, lt, le, and, or, not',
      );
      assert.throws(
        () => col("a").otherwise(1),
        {
          message:
            'Cannot call otherwise() on the column "a": it was not made by the function when(); write when(condition, value).when(…).otherwise(…)',
        },
      );
      assert.equal(String(expr("a + 1").as("b")), "a + 1 AS b");
    },
  );
});

async function same<S extends object>(
  frame: DataFrame<S>,
  rows: readonly object[],
): Promise<void> {
  const found = await frame.collect();
  assert.deepEqual(found, rows);
}

async function fails(promise: Promise<unknown>): Promise<AnalysisException> {
  try {
    await promise;
  } catch (error) {
    return error as AnalysisException;
  }
  throw new assert.AssertionError({ message: "nothing was thrown" });
}
