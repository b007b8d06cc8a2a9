import assert from "node:assert/strict";
import { vectorFromArray } from "apache-arrow";
import {
  aggregateUdf,
  arrowAggregateUdf,
  arrowIteratorUdf,
  arrowUdf,
  type DataFrame,
  udtf,
} from "../../../mod.ts";
import { col, lit } from "../../../src/driver/sql/functions/mod.ts";
import { Window } from "../../../src/driver/sql/window.ts";
import { failsInWorker } from "../failures.ts";
import { sharedSession } from "../shared_session.ts";

/** The values of a frame's rows, in order. */
async function valuesOf<S extends object>(
  df: DataFrame<S>,
): Promise<unknown[][]> {
  return (await df.collect()).map((row) => Object.values(row));
}

Deno.test("functions over columns", async (t) => {
  const spark = await sharedSession();
  const numbers = spark.range(0, 6, 1, 2);

  await t.step(
    "arrowUdf() gives vectors, typed arrays and arrays",
    async () => {
      const twice = arrowUdf(
        (x) => Float64Array.from(x, (value) => Number(value) * 2),
        "double",
      );
      const same = arrowUdf((x) => x, "bigint");
      const text = arrowUdf((x) => Array.from(x, String), "string");
      const sum = arrowUdf(
        (x, y) => vectorFromArray(Array.from(x, (v, i) => v + y.get(i))),
        "bigint",
      );
      assert.deepEqual(
        await valuesOf(
          numbers.filter("id % 2 = 1").select(
            twice("id").as("a"),
            same("id").as("b"),
            text(same("id")).as("c"),
            sum("id", col("id").plus(1)).as("d"),
          ),
        ),
        [[2, 1, "1", 3], [6, 3, "3", 7], [10, 5, "5", 11]],
      );
    },
  );

  await t.step("arrowIteratorUdf() is called once a task", async () => {
    const counted = arrowIteratorUdf(function* (batches) {
      let count = 0;
      for (const [x] of batches) {
        yield Array.from(x ?? [], (value) => `${value}/${++count}`);
      }
    }, "string");
    assert.deepEqual(
      await valuesOf(numbers.select(counted("id"))),
      [["0/1"], ["1/2"], ["2/3"], ["3/1"], ["4/2"], ["5/3"]],
    );
  });

  await t.step("a column of another length is an error", async () => {
    await failsInWorker(
      numbers.select(arrowUdf(() => [1], "int", { name: "short" })("id"))
        .collect(),
      "COLUMN_INVALID",
      /Cannot take the result of "short": it has 1 values for 3 rows; give one for each row/,
    );
    await failsInWorker(
      numbers.select(
        arrowUdf((() => 5) as never, "int", { name: "five" })("id"),
      )
        .collect(),
      "COLUMN_INVALID",
      /Cannot take the result of "five": 5 is no column; give a vector, a typed array or an array/,
    );
    const lazy = arrowIteratorUdf(() => [[1, 2, 3]], "int", { name: "lazy" });
    await failsInWorker(
      numbers.select(lazy("id")).collect(),
      "COLUMN_INVALID",
      /Cannot take the results of "lazy": it gave 3 values after it was given \d rows, or left some unread; read all batches, and give one value for each row/,
    );
  });
});

Deno.test("aggregates", async (t) => {
  const spark = await sharedSession();
  const groups = spark.sql(
    "SELECT id % 3 AS k, id, double(id) / 2 AS v FROM range(10)",
  ).as<{ k: number; id: number; v: number }>();
  const median = aggregateUdf(
    (values: readonly number[]) => {
      const sorted = values.toSorted((a, b) => a - b);
      return sorted[sorted.length >> 1] ?? null;
    },
    "double",
    { name: "median_of" },
  );

  await t.step("aggregateUdf() and arrowAggregateUdf() in agg()", async () => {
    const both = aggregateUdf(
      (v: readonly number[], id: readonly number[]) =>
        v.length * 10 + id.length,
      "int",
    );
    const counted = arrowAggregateUdf((v) => v.toArray().length, "int");
    assert.deepEqual(
      await valuesOf(
        groups.groupBy("k").agg(
          median("v").as("m"),
          both("v", "id").as("n"),
          counted("v").as("c"),
        ).sort("k"),
      ),
      [[0, 3, 44, 4], [1, 2, 33, 3], [2, 2.5, 33, 3]],
    );
    assert.deepEqual(await valuesOf(groups.agg(median("v").as("m"))), [[2.5]]);
  });

  await t.step("over windows without and with bounds", async () => {
    const byKey = Window.partitionBy("k");
    const whole = groups.select("k", "id", median("v").over(byKey).as("m"));
    assert.deepEqual(
      await valuesOf(whole.filter("k = 1").sort("id")),
      [[1, 1, 2], [1, 4, 2], [1, 7, 2]],
    );
    const ordered = byKey.orderBy("id");
    const bounded = groups.select(
      "id",
      median("v").over(ordered.rowsBetween(-1, 0)).as("before"),
      median("v").over(ordered.rowsBetween(-1, 1)).as("around"),
    );
    assert.deepEqual(
      await valuesOf(bounded.filter("id % 3 = 1").sort("id")),
      [[1, 0.5, 2], [4, 2, 2], [7, 3.5, 3.5]],
    );
  });
});

Deno.test("udtf()", async (t) => {
  const spark = await sharedSession();
  const words = udtf(function* (text: string) {
    for (const word of text.split(" ")) yield { word, n: word.length };
  }, "word STRING, n INT");
  spark.udtf.register("words_of", words);

  await t.step("gives a frame, in SQL and by a call", async () => {
    assert.deepEqual(
      await valuesOf(spark.sql("SELECT * FROM words_of('to be or')")),
      [["to", 2], ["be", 2], ["or", 2]],
    );
    assert.deepEqual(await valuesOf(words(lit("x yy"))), [["x", 1], ["yy", 2]]);
  });

  await t.step("joins laterally, rows without results among them", async () => {
    spark.udtf.register(
      "times",
      udtf((n: number) => Array.from({ length: n }, (_, i) => [i]), "i INT"),
    );
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT id, i FROM range(0, 4, 1, 1), LATERAL times(int(id)) WHERE id <> 1",
      )),
      [[2, 0], [2, 1], [3, 0], [3, 1], [3, 2]],
    );
  });

  await t.step("a class has eval() and terminate()", async () => {
    class Total {
      #rows = 0;
      total = 0;
      eval(id: number): undefined {
        this.#rows++;
        this.total += id;
      }
      *terminate(): Generator<{ rows: number; total: number }> {
        yield { rows: this.#rows, total: this.total };
      }
    }
    spark.udtf.register("total_of", udtf(Total, "rows INT, total BIGINT"));
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT sum(rows), sum(total) FROM range(0, 5, 1, 1), LATERAL total_of(id)",
      )),
      [[5, 10]],
    );
  });

  await t.step("errors tell the arguments", async () => {
    const bad = udtf(
      (x: number) => {
        if (x === 2) throw new RangeError("two");
        return [[x]];
      },
      "x INT",
      { name: "bad" },
    );
    await failsInWorker(
      bad(lit(2)).collect(),
      "FUNCTION_FAILED",
      /^RangeError: two\n {2}in bad\(2\) of udtf\(\) at udf_columns_test\.ts/,
    );
  });
});
