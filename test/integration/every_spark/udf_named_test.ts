import assert from "node:assert/strict";
import {
  aggregateUdf,
  arrowUdf,
  type ArrowVector,
  type DataFrame,
  SparkError,
  udtf,
} from "../../../mod.ts";
import { col } from "../../../src/driver/sql/functions/mod.ts";
import { failsInJvm, failsInWorker } from "../failures.ts";
import { sharedSession } from "../shared_session.ts";

/** The values of a frame's rows, in order. */
async function valuesOf<S extends object>(
  df: DataFrame<S>,
): Promise<unknown[][]> {
  return (await df.collect()).map((row) => Object.values(row));
}

Deno.test("arguments by the names of parameters", async (t) => {
  const spark = await sharedSession();
  const is35 = (await spark.version).startsWith("3.5");
  const minus = spark.udf.register(
    "minus",
    (x: number, y: number) => x - y,
    "int",
  );
  const patterns = spark.udf.register(
    "patterns",
    ({ x }: { x: number }, y: number) => x - y,
    "int",
  );
  const bound = spark.udf.register(
    "bound",
    ((x: number) => x).bind(null),
    "int",
  );
  const numbers = spark.range(3);

  await t.step("named() puts columns in order on every Spark", async () => {
    assert.deepEqual(
      await valuesOf(
        numbers.select(minus.named({ y: col("id"), x: "id" }).as("zero")),
      ),
      [[0], [0], [0]],
    );
    assert.deepEqual(
      await valuesOf(
        numbers.select(minus.named({ y: col("id").times(2), x: "id" }).as("n")),
      ),
      [[0], [-1], [-2]],
    );
  });

  await t.step("named() refuses what no parameter is called", () => {
    const refused = (action: () => unknown, message: RegExp): void => {
      assert.throws(action, (error: unknown) => {
        assert.ok(error instanceof SparkError);
        assert.equal(error.condition, "ARGUMENT_NAME_INVALID");
        assert.match(error.message, message);
        return true;
      });
    };
    refused(
      () => minus.named({ x: "id", z: "id" }),
      /^Cannot call "minus" with its parameter "z": it has the parameters "x", "y"; use one of their names/,
    );
    refused(
      () => patterns.named({ y: "id" }),
      /^Cannot call "patterns" with its parameter "a pattern": others behind it are given, and it is not; give it too$/,
    );
    refused(
      () => bound.named({ x: "id" }),
      /^Cannot call "bound" with its parameter "x": the text of the function, which has the names, is not known \(it is native or bound\); give arguments in their order$/,
    );
  });

  if (is35) {
    await t.step("SQL of Spark 3.5 has no names, and says so", async () => {
      await failsInJvm(
        (async () => {
          await spark.sql("SELECT minus(y => 1, x => 2)").collect();
        })(),
        /A function of the program takes arguments by name in SQL from Spark 4\.0 on: give them in their order, or call the function's named\(\)/,
      );
    });
    return;
  }

  await t.step("SQL gives arguments by name", async () => {
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT minus(y => 1, x => id), minus(id, y => 2), minus(x => minus(y => id, x => 10), y => 1) FROM range(3)",
      )),
      [[-1, -2, 9], [0, -1, 8], [1, 0, 7]],
    );
    assert.deepEqual(
      await valuesOf(
        spark.sql("SELECT patterns(named_struct('x', 5), y => 1)"),
      ),
      [[4]],
    );
  });

  await t.step("aggregates, windows, vectors, table functions", async () => {
    spark.udf.register(
      "weighted",
      aggregateUdf(
        (values: readonly number[], weights: readonly number[]) =>
          values.reduce((sum, x, at) => sum + x * (weights[at] ?? 0), 0),
        "double",
      ),
    );
    spark.udf.register(
      "halved",
      arrowUdf(
        (x: ArrowVector, by: ArrowVector) =>
          Array.from(x, (value, at) => Number(value) / Number(by.get(at))),
        "double",
      ),
    );
    spark.udtf.register(
      "repeat_word",
      udtf(
        class {
          *eval(word: string, times: number) {
            for (let i = 0; i < times; i++) yield [word];
          }
        },
        "word STRING",
      ),
    );
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT weighted(weights => 10, values => id) FROM range(4)",
      )),
      [[60]],
    );
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT weighted(weights => 10, values => id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS w FROM range(4) ORDER BY id",
      )),
      [[0], [10], [30], [50]],
    );
    assert.deepEqual(
      await valuesOf(
        spark.sql("SELECT halved(by => 2, x => id) FROM range(3)"),
      ),
      [[0], [0.5], [1]],
    );
    assert.deepEqual(
      await valuesOf(
        spark.sql("SELECT * FROM repeat_word(times => 2, word => 'a')"),
      ),
      [["a"], ["a"]],
    );
  });

  await t.step("a name that no parameter has is an error", async () => {
    await failsInWorker(
      spark.sql("SELECT minus(x => 1, z => 2)").collect(),
      "ARGUMENT_NAME_INVALID",
      /Cannot call "minus" with its parameter "z": it has the parameters "x", "y"; use one of their names, and arguments in their order for patterns/,
    );
    await failsInWorker(
      spark.sql("SELECT bound(x => 1)").collect(),
      "ARGUMENT_NAME_INVALID",
      /Cannot call "bound" with its parameter "x": the text of the function, which has the names, is not known \(it is native or bound\); give arguments in their order/,
    );
  });
});
