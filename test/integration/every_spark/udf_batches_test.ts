import assert from "node:assert/strict";
import { tableFromArrays, vectorFromArray } from "apache-arrow";
import {
  aggregateUdf,
  arrowUdf,
  type ArrowVector,
  type DataFrame,
  type SparkSession,
  udf,
} from "../../../mod.ts";
import { struct } from "../../../src/driver/sql/functions/mod.ts";
import { sharedSession } from "../shared_session.ts";

const ARROW = "spark.sql.execution.arrow.";

/** The values of a frame's rows, in order. */
async function valuesOf<S extends object>(
  df: DataFrame<S>,
): Promise<unknown[][]> {
  return (await df.collect()).map((row) => Object.values(row));
}

/** Runs something while settings of Arrow have values. */
async function withSettings(
  spark: SparkSession,
  settings: Readonly<Record<string, string | number | boolean>>,
  run: () => Promise<void>,
): Promise<void> {
  for (const [key, value] of Object.entries(settings)) {
    await spark.conf.set(ARROW + key, value);
  }
  try {
    await run();
  } finally {
    for (const key of Object.keys(settings)) {
      await spark.conf.unset(ARROW + key);
    }
  }
}

/** How many rows each batch has that a function over columns is given. */
const batchSize = arrowUdf(
  (column: ArrowVector) => new Int32Array(column.length).fill(column.length),
  "int",
  { name: "batchSize" },
);

/** Gives back texts, binaries and what holds them, through functions of every kind of reading. */
async function textsComeBack(spark: SparkSession): Promise<void> {
  const type: string = "struct<t: string, b: binary, l: array<string>>";
  const same = udf((x: unknown) => x, type, { name: "same" });
  const upper = udf((t: string | null) => t?.toUpperCase() ?? null, "string");
  const vector = arrowUdf((t: ArrowVector) => t, "string", { name: "vector" });
  const longest = aggregateUdf(
    (texts: readonly (string | null)[]) =>
      texts.reduce((a, b) => (a?.length ?? 0) < (b?.length ?? 0) ? b : a),
    "string",
  );
  const rows = spark.sql(
    "SELECT IF(id % 7 = 0, NULL, repeat(concat('ä', string(id)), int(id % 5))) AS t, CAST(string(id) AS BINARY) AS b, array(string(id), NULL, '') AS l FROM range(0, 200, 1, 1)",
  ).as<{ t: string | null; b: Uint8Array; l: (string | null)[] }>();
  const checked = rows.select(
    "t",
    upper("t").as("u"),
    vector("t").as("v"),
    same(struct("t", "b", "l")).as("s"),
  ).selectExpr(
    "count_if(u <=> upper(t)) AS upper",
    "count_if(v <=> t) AS vector",
    "count_if(s.t <=> t AND string(s.b) = s.l[0] AND s.l[1] IS NULL) AS same",
  );
  assert.deepEqual(await valuesOf(checked), [[200, 200, 200]]);
  assert.deepEqual(await valuesOf(rows.agg(longest("t").as("longest"))), [
    ["ä104ä104ä104ä104"],
  ]);
  const grouped = rows.selectExpr("length(t) AS k", "t").groupBy("k")
    .applyInArrow(
      (table) =>
        tableFromArrays({ n: Int32Array.of(table.getChild("t")?.length ?? 0) }),
      "n INT",
    );
  assert.deepEqual(await valuesOf(grouped.selectExpr("sum(n)")), [[200]]);
}

Deno.test("the batches of functions in queries", async (t) => {
  const spark = await sharedSession();
  const version = await spark.version;

  await t.step("have as many rows as the setting says", async () => {
    await withSettings(spark, { maxRecordsPerBatch: 3 }, async () => {
      const sizes = spark.range(0, 8, 1, 1).select(batchSize("id"));
      assert.deepEqual(
        (await valuesOf(sizes)).flat(),
        [3, 3, 3, 3, 3, 3, 2, 2],
      );
      const tables = spark.range(0, 8, 1, 1).mapInArrow(function* (batches) {
        for (const { numRows } of batches) {
          yield tableFromArrays({ n: Int32Array.of(numRows) });
        }
      }, "n INT");
      assert.deepEqual((await valuesOf(tables)).flat(), [3, 3, 2]);
    });
    await withSettings(spark, { maxRecordsPerBatch: 200_000 }, async () => {
      const many = spark.range(0, 150_000, 1, 1);
      const five = udf(() => 5, "int"); // its batches have no columns
      const sizes = many.select(batchSize("id").as("n"), five().as("five"))
        .selectExpr("min(n)", "sum(five)");
      assert.deepEqual(await valuesOf(sizes), [[150_000, 750_000]]);
      const fives = many.select(five().as("five")).selectExpr("sum(five)");
      assert.deepEqual(await valuesOf(fives), [[750_000]]);
    });
  });

  if (version >= "4.0") {
    await t.step("have as many bytes as the setting says", async () => {
      await withSettings(spark, { maxBytesPerBatch: 100_000 }, async () => {
        const sizes = spark.range(0, 40, 1, 1)
          .selectExpr("repeat('x', 10000) AS text")
          .select(batchSize("text").as("n"));
        const most = Math.max(...(await valuesOf(sizes)).flat().map(Number));
        assert.ok(most > 1 && most <= 20, `${most} rows of 10 kB`);
      });
    });
  }

  await t.step("hold texts by offsets of 32 and of 64 bits", async () => {
    for (const useLargeVarTypes of [false, true]) {
      await withSettings(
        spark,
        { useLargeVarTypes },
        () => textsComeBack(spark),
      );
    }
  });

  await t.step("may be compressed", async () => {
    for (const codec of ["lz4", "zstd"]) {
      await withSettings(
        spark,
        { "compression.codec": codec },
        () => textsComeBack(spark),
      );
    }
  });

  await t.step("may have no columns, or no rows", async () => {
    const none = spark.range(0, 5, 1, 2).select();
    assert.deepEqual(
      await valuesOf(none.map((row) => [Object.keys(row).length], "n INT")),
      [[0], [0], [0], [0], [0]],
    );
    const tables = none.mapInArrow(function* (batches) {
      for (const { numRows, numCols } of batches) {
        yield tableFromArrays({ n: Int32Array.of(10 * numRows + numCols) });
      }
    }, "n INT");
    assert.deepEqual((await valuesOf(tables)).flat().sort(), [20, 30]);
    const dropped = spark.range(0, 6, 1, 2).filter("id < 0");
    assert.deepEqual(
      await valuesOf(dropped.mapPartitions(function* (rows) {
        yield [[...rows].length];
      }, "n INT")),
      [[0], [0]],
    );
    const given = spark.range(0, 2, 1, 1).mapInArrow(
      () => [
        tableFromArrays({ n: new Int32Array(0) }),
        tableFromArrays({ n: Int32Array.of(7) }),
        tableFromArrays({ n: new Int32Array(0) }),
      ],
      "n INT",
    );
    assert.deepEqual(await valuesOf(given), [[7]]);
  });

  await t.step("hold values within values, both ways", async () => {
    const type: string =
      "struct<m: map<string, array<struct<x: int, d: date>>>, n: array<map<int, string>>>";
    const same = udf((value: unknown) => value, type, { name: "same" });
    const literal =
      "named_struct('m', map('a', array(named_struct('x', 1, 'd', date'2024-02-29'), NULL), 'b', NULL), 'n', array(map(1, NULL), map(), NULL))";
    const rows = spark.range(0, 3, 1, 1).selectExpr(
      `IF(id = 1, NULL, ${literal}) AS v`,
    );
    const [texts] = await rows.select("v", same("v").as("w"))
      .selectExpr("count_if(to_json(v) <=> to_json(w)) AS n").collect();
    assert.equal(texts?.n, 3);
    const size = udf(
      (value: { m: Map<string, unknown[] | null>; n: unknown[] } | null) =>
        value === null ? -1 : 10 * value.m.size + value.n.length,
      "int",
    );
    assert.deepEqual((await valuesOf(rows.select(size("v")))).flat(), [
      23,
      -1,
      23,
    ]);
  });

  await t.step("may come back as dictionaries", async () => {
    const words = arrowUdf(
      (ids: ArrowVector) =>
        vectorFromArray(
          Array.from(ids, (id) => Number(id) % 2 === 0 ? "even" : null),
        ),
      "string",
    );
    assert.deepEqual(
      (await valuesOf(spark.range(0, 3, 1, 1).select(words("id")))).flat(),
      ["even", null, "even"],
    );
  });
});
