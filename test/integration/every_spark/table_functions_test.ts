/** Spark's table functions, frames as arguments of ours, and frames of a given schema. */
import assert from "node:assert/strict";
import { AnalysisException, StorageLevel, types, udtf } from "../../../mod.ts";
import * as F from "../../../src/driver/sql/functions/mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("tvf: Spark's table functions", async (t) => {
  const spark = await sharedSession();
  const lacking = (since: string) => ({
    condition: "NOT_IN_THIS_SPARK",
    message: new RegExp(`it came with Spark ${since};`),
  });
  if (dialectOf(spark.version) === "3.5") {
    assert.throws(() => spark.tvf, lacking("4.0"));
    return;
  }
  const { tvf } = spark;
  const numbers = F.array(F.lit(1), F.lit(2));
  const nothing = F.expr("array()");
  const structs = F.array(F.struct(F.lit(1).as("a"), F.lit("x").as("b")));
  const json = F.lit('{"a":1,"b":"x"}');
  const variant = F.parse_json(F.lit("[5]"));
  const cases: readonly (readonly [
    name: string,
    frame: { collect(): Promise<unknown[]> },
    rows: unknown[],
  ])[] = [
    ["explode", tvf.explode(numbers), [{ col: 1 }, { col: 2 }]],
    ["explode_outer", tvf.explode_outer(nothing), [{ col: null }]],
    ["inline", tvf.inline(structs), [{ a: 1, b: "x" }]],
    [
      "inline_outer",
      tvf.inline_outer(F.expr("filter(array(struct(1 AS a)), s -> s.a > 1)")),
      [{ a: null }],
    ],
    [
      "json_tuple",
      tvf.json_tuple(json, F.lit("a"), F.lit("b")),
      [{ c0: "1", c1: "x" }],
    ],
    [
      "posexplode",
      tvf.posexplode(numbers),
      [{ pos: 0, col: 1 }, { pos: 1, col: 2 }],
    ],
    [
      "posexplode_outer",
      tvf.posexplode_outer(nothing),
      [{ pos: null, col: null }],
    ],
    [
      "stack",
      tvf.stack(F.lit(2), F.lit(1), F.lit("x"), F.lit(2), F.lit("y")),
      [{ col0: 1, col1: "x" }, { col0: 2, col1: "y" }],
    ],
    ["range", tvf.range(2, 6, 3), [{ id: 2 }, { id: 5 }]],
    [
      "variant_explode",
      tvf.variant_explode(variant).select("pos", "key"),
      [{ pos: 0, key: null }],
    ],
    [
      "variant_explode_outer",
      tvf.variant_explode_outer(F.parse_json(F.lit("[]"))).select("pos"),
      [{ pos: null }],
    ],
    [
      "sql_keywords",
      tvf.sql_keywords().where("keyword = 'SELECT'").select("keyword"),
      [{ keyword: "SELECT" }],
    ],
    [
      "collations",
      tvf.collations().where("NAME = 'UTF8_BINARY'").select("NAME"),
      [{ NAME: "UTF8_BINARY" }],
    ],
  ];
  for (const [name, frame, rows] of cases) {
    await t.step(name, async () => {
      assert.deepEqual(await frame.collect(), rows);
    });
  }
  await t.step("python_worker_logs", async () => {
    if (dialectOf(spark.version) === "4.0") {
      assert.throws(() => tvf.python_worker_logs(), lacking("4.1"));
      return;
    }
    const session = spark.newSession();
    session.conf.set("spark.sql.pyspark.worker.logging.enabled", "true");
    assert.ok((await session.tvf.python_worker_logs().columns).includes("msg"));
  });
});

Deno.test("a frame is an argument of a table function", async (t) => {
  const spark = await sharedSession();
  const pairs = spark.sql(
    "SELECT * FROM VALUES ('a', 2), ('b', 3), ('a', 1) AS (k, n)",
  );
  class Joined {
    #all: string[] = [];
    eval(row: { k: string; n: number }): undefined {
      this.#all.push(`${row.k}${row.n}`);
    }
    *terminate(): Generator<{ all: string }> {
      yield { all: this.#all.join() };
    }
  }
  const joined = udtf(Joined, "all STRING");
  if (dialectOf(spark.version) === "3.5") {
    await assert.rejects(joined(pairs.asTable()).collect(), {
      condition: "NOT_IN_THIS_SPARK",
      message:
        /^Cannot run DataFrame\.asTable\(\) on Spark 3\.5: it came with Spark 4\.0;/,
    });
    return;
  }
  await t.step("in partitions and their order", async () => {
    const rows = await joined(pairs.asTable().partitionBy("k").orderBy("n"))
      .sort("all").collect();
    assert.deepEqual(rows, [{ all: "a1,a2" }, { all: "b3" }]);
  });
  await t.step("in one partition", async () => {
    const order = pairs.asTable().withSinglePartition().orderBy(F.desc("n"));
    const rows = await joined(order).collect();
    assert.deepEqual(rows, [{ all: "b3,a2,a1" }]);
  });
  await t.step("as it is", async () => {
    const words = udtf(
      function* (row: { k: string; n: number }) {
        yield { word: row.k.repeat(row.n) };
      },
      "word STRING",
    );
    const rows = await words(pairs).sort("word").collect();
    assert.deepEqual(rows, [{ word: "a" }, { word: "aa" }, { word: "bbb" }]);
  });
});

Deno.test("to() and as() of a schema", async (t) => {
  const spark = await sharedSession();
  const df = spark.sql("SELECT 1 AS n, 'x' AS s, true AS more");
  await t.step("order, choose and widen the columns", async () => {
    for (
      const same of [
        df.to("s STRING, n BIGINT"),
        df.as("s STRING, n BIGINT"),
        df.to(types.struct({ s: types.string, n: types.long })),
      ]
    ) {
      assert.deepEqual(await same.dtypes, [["s", "string"], ["n", "bigint"]]);
      assert.deepEqual(await same.collect(), [{ s: "x", n: 1 }]);
    }
  });
  await t.step("refuse what does not fit", async () => {
    await assert.rejects(df.to("n BOOLEAN").collect(), AnalysisException);
    await assert.rejects(df.as("missing INT NOT NULL").collect(), {
      condition: /UNRESOLVED_COLUMN|NULLABLE_COLUMN_OR_FIELD/,
    });
  });
  await t.step("as() without one changes nothing", async () => {
    assert.deepEqual(await df.as<{ n: number }>().columns, await df.columns);
  });
});

Deno.test("localCheckpoint() at a level, isin() of a frame", async () => {
  const spark = await sharedSession();
  const df = spark.range(4);
  const kept = df.localCheckpoint(true, StorageLevel.MEMORY_ONLY);
  const odd = df.where(df.col("id").isin(df.where("id % 2 = 1")));
  const dialect = dialectOf(spark.version);
  if (dialect === "3.5") {
    await assert.rejects(kept.count(), {
      message:
        /^Cannot run DataFrame\.localCheckpoint\(\) with a level on Spark 3\.5: it came with Spark 4\.0;/,
    });
  } else {
    assert.equal(await kept.count(), 4);
    assert.match(await kept.explainString(), /Scan ExistingRDD/);
  }
  if (dialect === "3.5" || dialect === "4.0") {
    await assert.rejects(odd.collect(), {
      message:
        /^Cannot run Column\.isin\(\) of a DataFrame on Spark \d\.\d: it came with Spark 4\.1;/,
    });
  } else {
    assert.deepEqual(await odd.collect(), [{ id: 1 }, { id: 3 }]);
  }
});
