import assert from "node:assert/strict";
import {
  AnalysisException,
  type DataFrame,
  functions as F,
  Observation,
} from "../../../mod.ts";
import { RELATION } from "../../../src/driver/sql/frame_relation.ts";
import { planToJvm } from "../../../src/driver/sql/plan/plan_to_jvm.ts";
import { sharedSession } from "../shared_session.ts";

const { col, lit, sum } = F;

Deno.test("plans become objects of the JVM in one go", async (t) => {
  const spark = await sharedSession();

  await t.step("an error has the operation's own line", async () => {
    const base = spark.range(3).withColumn("a", col("id").plus(1));
    const line = lineHere() + 1;
    const wrong = base.select("id", "a").filter(col("nope").gt(1));
    const place = new RegExp(
      `\\n  in filter\\(\\) at plan_test\\.ts:${line}:\\d+$`,
    );
    const above = wrong.groupBy("a").agg(sum("id").as("s")).orderBy("s");
    for (let i = 0; i < 2; i++) { // the second time nothing is left of the first
      const error = await failure(above.collect());
      assert.equal(error.condition, "UNRESOLVED_COLUMN.WITH_SUGGESTION");
      assert.equal(error.sqlState, "42703");
      assert.equal(error.parameters["objectName"], "`nope`");
      assert.match(
        error.message,
        place,
      );
    }
    assert.deepEqual(await base.agg(sum("a").as("s")).collect(), [{ s: 6 }]);
    const joined = await failure(
      base.join(wrong, "id").crossJoin(spark.range(1)).count(),
    );
    assert.match(joined.message, place);
    const sorts = [col("id").cast("nonsense"), F.expr("1 +")];
    const conditions = [];
    for (const sort of sorts) {
      const error = await failure(base.orderBy(sort).limit(1).count());
      assert.match(error.message, /\n {2}in sort\(\) at plan_test\.ts:\d+/);
      conditions.push(error.condition);
    }
    assert.deepEqual(conditions, [
      "UNSUPPORTED_DATATYPE",
      "PARSE_SYNTAX_ERROR",
    ]);
  });

  await t.step("each node once, whoever asks at the same time", async () => {
    const drawn = spark.range(100).withColumn("x", F.rand());
    const one = drawn.filter(drawn.col("x").ge(0));
    const other = drawn.select(drawn.col("x").times(2).as("y"), "id");
    const both = one.join(other, "id");
    await Promise.all([
      both.count(),
      one.count(),
      other.count(),
      drawn.count(),
    ]);
    const objects = await Promise.all(
      [drawn, drawn, one, one].map((frame) => planToJvm(frame[RELATION])),
    );
    assert.equal(objects[0], objects[1]);
    assert.equal(objects[2], objects[3]);
    const failing = drawn.select(col("nope"));
    const [first, second] = await Promise.all([
      failure(failing.count()),
      failure(failing.orderBy(col("nope")).count()),
    ]);
    for (const error of [first, second]) {
      assert.match(error.message, /in select\(\) at plan_test\.ts/);
    }
  });

  await t.step(
    "a source that needs a frame which the plan has too",
    async () => {
      const ids = spark.range(4).withColumn("a", col("id").times(10));
      const query = spark.sql("SELECT id, a + 1 AS b FROM {ids}", { ids });
      const rows = await ids.join(query, "id").filter(col("id").eq(2))
        .collect();
      assert.deepEqual(rows, [{ id: 2, a: 20, b: 21 }]);
    },
  );

  await t.step(
    "what has an effect happens once, though the rest fails",
    async () => {
      const seen = new Observation("plan_test");
      const observed = spark.range(7).observe(seen, F.count(lit(1)).as("n"));
      await failure(observed.select(col("nope")).count());
      await failure(observed.select(col("neither")).count());
      assert.equal((await observed.collect()).length, 7);
      const kept = spark.range(3).withColumn("x", F.rand()).localCheckpoint();
      await failure(kept.select(col("nope")).count());
      const rows = await kept.collect();
      assert.deepEqual(await kept.collect(), rows);
      const pivoted = spark.range(4).withColumn("k", col("id").mod(2))
        .groupBy("id").pivot("k").agg(F.count(lit(1)));
      assert.deepEqual((await pivoted.schema).fieldNames, ["id", "0", "1"]);
    },
  );

  await t.step(
    "columns are made under their own session's settings",
    async () => {
      const values = [];
      for (const ansi of ["false", "true"]) {
        const session = spark.newSession();
        session.conf.set("spark.sql.ansi.enabled", ansi);
        const frame = session.range(1).select(lit("x").cast("int").as("n"));
        values.push(
          await frame.collect().catch((error: AnalysisException) =>
            error.condition
          ),
        );
      }
      assert.deepEqual(values, [[{ n: null }], "CAST_INVALID_INPUT"]);
    },
  );

  await t.step("arrays, one frame of several, many columns", async () => {
    const parts = spark.range(1000).randomSplit([1, 2, 1], 7);
    const counts = await Promise.all(parts.map((part) => part.count()));
    assert.equal(counts.reduce((a, b) => a + b), 1000);
    const wide = spark.range(1).select(
      ...Array.from({ length: 1500 }, (_, i) => col("id").plus(i).as(`c${i}`)),
    );
    assert.equal((await wide.first())?.["c1499"], 1499);
    let long: DataFrame<{ id: number }> = spark.range(1);
    for (let i = 0; i < 150; i++) long = long.filter(col("id").ge(-i));
    assert.equal(await long.count(), 1);
  });
});

/** The line of this file that calls it. */
function lineHere(): number {
  const [, line] = /plan_test\.ts:(\d+)/.exec(
    new Error().stack?.split("\n")[2] ?? "",
  ) ?? [];
  return Number(line);
}

async function failure(promise: Promise<unknown>): Promise<AnalysisException> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AnalysisException) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: "nothing was thrown" });
}
