/**
 * Every function of ours on real Spark: its result and type are those of the
 * same expression in SQL.
 */
import assert from "node:assert/strict";
import {
  type Column,
  type DataFrame,
  functions as F,
  type SparkError,
  type SparkSession,
  Window,
} from "../../../mod.ts";
import { dialectOf, DIALECTS } from "../../../src/protocol/dialect.ts";
import { EXPRESSION } from "../../../src/driver/sql/expression/to_expression.ts";
import {
  functionSince,
  type Younger,
} from "../../../src/driver/sql/spark_versions.ts";
import { sessionState } from "../../../src/driver/sql/spark_session.ts";
import { JavaObject } from "../../../src/driver/gateway/java_object.ts";
import { sharedSession } from "../shared_session.ts";
import {
  AGGREGATES,
  type FunctionCase,
  GENERATOR,
  OF_SKETCH,
  RANDOM,
  ROLLUP,
  SAMPLE,
  SCALAR,
  SKETCH_AGGREGATE,
  SKETCHES,
  WINDOW,
} from "./functions_table.ts";

/** How many cases are columns of one query. */
const BATCH = 40;

/** Functions that have a step of their own: they are no columns of a query, or need one to themselves. */
const APART: readonly string[] = [
  "asc",
  "asc_nulls_first",
  "asc_nulls_last",
  "broadcast",
  "bucket",
  "days",
  "desc",
  "desc_nulls_first",
  "desc_nulls_last",
  "hours",
  "months",
  "raise_error",
  "session_window",
  "unwrap_udt",
  "window_time",
  "years",
];

/** Functions of which Spark tells another version: that of a new form, or one that came without it. */
const TOLD_OTHERWISE: readonly string[] = ["max_by", "min_by", "try_to_date"];

/** Makes a query of columns. */
type Query = (columns: readonly Column<unknown, string>[]) => DataFrame;

Deno.test("functions", async (t) => {
  const spark = (await sharedSession()).newSession();
  spark.conf.set("spark.tspark.longs", "bigint");
  spark.conf.set("spark.sql.geospatial.enabled", "true"); // off in 4.1
  const dialect = dialectOf(spark.version);
  const has = (column: Column<unknown, string>): boolean =>
    youngerIn(column).every(({ since }) =>
      DIALECTS.indexOf(since) <= DIALECTS.indexOf(dialect)
    );
  const rows = spark.sql(SAMPLE);

  await t.step("each that this Spark has has a case for it", () => {
    const all = [
      ...[SCALAR, RANDOM, AGGREGATES, ROLLUP, WINDOW, GENERATOR],
      ...[OF_SKETCH, SKETCH_AGGREGATE],
    ].flat();
    const known = new Set([...all.map(([name]) => name), ...APART]);
    assert.deepEqual(Object.keys(F).filter((name) => !known.has(name)), []);
    assert.deepEqual([...known].filter((name) => !(name in F)), []);
    const run = new Set(
      all.filter(([, ours]) => has(ours)).map(([name]) => name),
    );
    const young = (name: string): boolean => {
      const since = functionSince(name, -1)?.since ?? "3.5";
      return DIALECTS.indexOf(since) > DIALECTS.indexOf(dialect);
    };
    const left = [...known].filter((name) => !run.has(name) && !young(name));
    assert.deepEqual(left.filter((name) => !APART.includes(name)), []);
  });

  const check = async (
    title: string,
    cases: readonly FunctionCase[],
    query: Query,
    { over = "", batch = BATCH } = {},
  ): Promise<void> => {
    const there = cases.filter(([, ours]) => has(ours));
    for (let at = 0; at < there.length; at += batch) {
      const some = there.slice(at, at + batch);
      const range = `${some[0]?.[0]} … ${some.at(-1)?.[0]}`;
      await t.step(`${title}: ${range}`, async () => {
        assert.deepEqual(await differences(some, query, over), []);
      });
    }
  };

  await check("values", SCALAR, (columns) => rows.select(...columns));
  await check("aggregates", AGGREGATES, (columns) => {
    const [first = F.count("*"), ...others] = columns;
    return rows.groupBy().agg(first, ...others) as DataFrame;
  });
  await check("rollups", ROLLUP, (columns) => {
    const [first = F.count("*"), ...others] = columns;
    return rows.rollup("i", "j").agg(first, ...others) as DataFrame;
  });
  const window = Window.partitionBy(F.expr("id > 0")).orderBy("id");
  await check(
    "windows",
    WINDOW.map(([name, ours, ...more]) =>
      [name, ours.over(window), ...more] as const
    ),
    (columns) => rows.select(...columns),
    { over: "OVER (PARTITION BY id > 0 ORDER BY id)" },
  );
  const sketches = rows.groupBy(F.expr("id % 2")).agg(
    F.count("*").as("n"),
    ...Object.entries(SKETCHES).filter(([, sketch]) => has(sketch))
      .map(([name, sketch]) => sketch.as(name)),
  ).orderBy("n").coalesce(1) as DataFrame;
  await check("sketches", OF_SKETCH, (columns) => sketches.select(...columns));
  await check("sketch aggregates", SKETCH_AGGREGATE, (columns) => {
    const [first = F.count("*"), ...others] = columns;
    return sketches.groupBy().agg(first, ...others) as DataFrame;
  });

  await t.step("random values without a seed", async () => {
    for (const [name, ours, sql] of RANDOM.filter(([, ours]) => has(ours))) {
      const both = rows.select(ours.as("ours"), F.expr(sql).as("sql"));
      const [{ type } = { type: null }, wanted] = (await both.schema).fields;
      assert.deepEqual(type, wanted?.type, name);
      const [row] = await both.collect();
      assert.equal(typeof row?.ours, typeof row?.sql, name);
    }
  });

  await t.step("generators", async () => {
    for (const [name, ours, sql] of GENERATOR) {
      const [made, wanted] = await Promise.all(
        [ours, F.expr(sql)].map((each) => rows.select("id", each).collect()),
      );
      assert.deepEqual(made, wanted, name);
      assert.ok(made !== undefined && made.length > 0, name);
    }
  });

  await t.step("windows of time", async () => {
    const gap = "CASE WHEN id = 1 THEN '1 minute' ELSE '1 hour' END";
    const pairs: [Column<unknown, string>, string][] = [
      [F.window("ts", "1 hour"), "window(ts, '1 hour')"],
      [F.session_window("ts", "5 minutes"), "session_window(ts, '5 minutes')"],
      [F.session_window("ts", F.expr(gap)), `session_window(ts, ${gap})`],
    ];
    for (const [ours, sql] of pairs) {
      const [made, wanted] = await Promise.all(
        [ours, F.expr(sql)].map((each) =>
          rows.groupBy(each.as("w")).count().sort("w.start").collect()
        ),
      );
      assert.deepEqual(made, wanted);
      assert.equal(made?.length, 2, sql);
    }
    const hours = rows.groupBy(F.window("ts", "1 hour")).count();
    const ends = hours.select(
      F.window_time("window").as("ours"),
      F.expr("window_time(window)").as("sql"),
    );
    for (const { ours, sql } of await ends.collect()) {
      assert.deepEqual(ours, sql);
      assert.ok(ours instanceof Date);
    }
  });

  await t.step("orders", async () => {
    const orders = [
      ["asc", "i ASC"],
      ["asc_nulls_first", "i ASC NULLS FIRST"],
      ["asc_nulls_last", "i ASC NULLS LAST"],
      ["desc", "i DESC"],
      ["desc_nulls_first", "i DESC NULLS FIRST"],
      ["desc_nulls_last", "i DESC NULLS LAST"],
    ] as const;
    for (const [name, sql] of orders) {
      assert.deepEqual(
        await rows.sort(F[name]("i")).select("id").collect(),
        await spark.sql(`SELECT id FROM {rows} ORDER BY ${sql}`, { rows })
          .collect(),
        name,
      );
    }
  });

  await t.step("partitions of tables, by Spark's names", async () => {
    const transforms = [
      ["years", F.years("ts")],
      ["months", F.months("ts")],
      ["days", F.days("ts")],
      ["hours", F.hours("ts")],
    ] as const;
    for (const [name, ours] of transforms) {
      await assert.rejects(
        rows.select("ts").writeTo("functions_table").using("parquet")
          .partitionedBy(ours).create(),
        (error: Error) => error.message.includes(`${name}(ts)`),
        name,
      );
    }
    await rows.select("id").writeTo("functions_table").using("parquet")
      .partitionedBy(F.bucket(4, "id")).create();
    const described = await spark.sql("DESCRIBE EXTENDED functions_table")
      .collect();
    const told = new Map(
      described.map((row) => [row["col_name"], row["data_type"]]),
    );
    await spark.sql("DROP TABLE functions_table");
    assert.equal(told.get("Num Buckets"), "4");
    assert.equal(told.get("Bucket Columns"), "[`id`]");
  });

  await t.step("raise_error(), broadcast()", async () => {
    await assert.rejects(
      rows.select(F.raise_error("no more")).collect(),
      (error: Error) => error.message.includes("no more"),
    );
    const joined = rows.join(F.broadcast(spark.range(3)), "id");
    assert.match(await joined.explainString(), /BroadcastHashJoin/);
  });

  await t.step("unwrap_udt() gives a vector as it is stored", async () => {
    const file = await Deno.makeTempFile({ suffix: ".txt" });
    await Deno.writeTextFile(file, "1 1:0.5 3:2\n");
    const vectors = spark.read.format("libsvm").option("numFeatures", "3")
      .load(file);
    const stored = vectors.select(F.unwrap_udt("features").as("stored"));
    assert.deepEqual(await stored.collect(), [{
      stored: { type: 0, size: 3, indices: [0, 2], values: [0.5, 2] },
    }]);
    await Deno.remove(file);
  });

  await t.step("the versions are those that Spark tells", async () => {
    if (dialect !== DIALECTS.at(-1)) return;
    const told = await sinceBySpark(spark);
    assert.ok(told.size > 500);
    const wrong: string[] = [];
    for (const name of Object.keys(F)) {
      const since = told.get(name);
      if (since === undefined || TOLD_OTHERWISE.includes(name)) continue;
      const young = DIALECTS.slice(1).find((each) => each === since) ?? null;
      const ours = functionSince(name, 0)?.since ?? null;
      if (ours !== young) wrong.push(`${name}: ${ours}, not ${since}`);
    }
    assert.deepEqual(wrong, []);
  });

  await t.step(
    "a function that this Spark lacks names its version",
    async () => {
      const missing = [...SCALAR, ...AGGREGATES, ...WINDOW, ...OF_SKETCH]
        .filter(([, ours]) => !has(ours));
      assert.equal(missing.length === 0, dialect === DIALECTS.at(-1));
      for (const [name, ours] of missing) {
        const texts = youngerIn(ours).map(({ since, what }) =>
          `Cannot run ${what} on Spark ${dialect}: it came with Spark ${since}; use that or a later one`
        );
        await assert.rejects(rows.select(ours).schema, (error: SparkError) => {
          assert.equal(error.condition, "NOT_IN_THIS_SPARK", name);
          const [text = "", place = ""] = error.message.split("\n");
          assert.ok(texts.includes(text), error.message);
          assert.match(place, /in select\(\) at functions_test\.ts:\d+/);
          return true;
        });
      }
    },
  );
});

/** The version of Spark, such as `4.1`, that brought each function of SQL. */
async function sinceBySpark(
  spark: SparkSession,
): Promise<Map<string, string>> {
  const { gateway } = sessionState(spark).runtime;
  return await gateway.scope(async () => {
    const infos = await gateway.arrayElements(
      await gateway.callStaticObject(
        "org.apache.spark.sql.api.python.PythonSQLUtils",
        "listBuiltinFunctionInfos",
      ),
    );
    const entries = infos.filter((info) => info instanceof JavaObject)
      .map(async (info) => {
        const since = await info.callString("getSince");
        const [, version = ""] = /^(\d+\.\d+)/.exec(since) ?? [];
        return [await info.callString("getName"), version] as const;
      });
    return new Map(await Promise.all(entries));
  });
}

/** The calls in an expression that not every Spark has. */
function youngerIn(column: Column<unknown, string>): Younger[] {
  const found: Younger[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("younger" in node) found.push(node.younger as Younger);
    for (const part of Object.values(node)) walk(part);
  };
  walk(column[EXPRESSION]);
  return found;
}

/** What differs between our columns and SQL's, found by halves where a query fails. */
async function differences(
  cases: readonly FunctionCase[],
  query: Query,
  over: string,
): Promise<string[]> {
  const pairs = cases.flatMap(([, ours, sql], index) => [
    ours.as(`ours${index}`),
    F.expr(`${sql} ${over}`).as(`sql${index}`),
  ]);
  try {
    const df = query(pairs);
    const { fields } = await df.schema;
    const rows = await df.collect();
    const last = fields.slice(-pairs.length);
    return cases.flatMap(([name, , sql], index) => {
      const [ours, wanted] = [last[2 * index], last[2 * index + 1]];
      try {
        assert.deepEqual(ours?.type, wanted?.type);
        assert.deepEqual(
          rows.map((row) => row[`ours${index}`]),
          rows.map((row) => row[`sql${index}`]),
        );
        return [];
      } catch (error) {
        return [`${name}, ${sql}: ${(error as Error).message}`];
      }
    });
  } catch (error) {
    if (cases.length === 1) {
      return [`${cases[0]?.[0]}: ${(error as Error).message}`];
    }
    const half = cases.length >> 1;
    return [
      ...await differences(cases.slice(0, half), query, over),
      ...await differences(cases.slice(half), query, over),
    ];
  }
}
