import assert from "node:assert/strict";
import { type DataFrame, SparkError, udaf } from "../../../mod.ts";
import { col, count } from "../../../src/driver/sql/functions/mod.ts";
import { failsInWorker } from "../failures.ts";
import { sharedSession } from "../shared_session.ts";

/** The values of a frame's rows, in the order of their texts. */
async function sorted<S extends object>(
  df: DataFrame<S>,
): Promise<unknown[][]> {
  const rows = (await df.collect()).map((row) => Object.values(row));
  return rows.sort((a, b) => String(a) < String(b) ? -1 : 1);
}

const average = udaf(
  {
    zero: () => ({ sum: 0, count: 0 }),
    reduce: ({ sum, count }, x: number | null) =>
      x === null ? { sum, count } : { sum: sum + x, count: count + 1 },
    merge: (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
    finish: ({ sum, count }) => count === 0 ? null : sum / count,
  },
  "double",
  { name: "average" },
);

/** Keeps a set: a buffer of another kind, and a class with state. */
class Distinct {
  readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  zero(): Set<string> {
    return new Set();
  }

  reduce(seen: Set<string>, word: string, suffix: string): Set<string> {
    if (seen.size < this.most) seen.add(word + suffix);
    return seen;
  }

  merge(left: Set<string>, right: Set<string>): Set<string> {
    return left.union(right);
  }

  finish(seen: Set<string>): string[] {
    return [...seen].sort();
  }
}

Deno.test("udaf()", async (t) => {
  const spark = await sharedSession();
  const rows = spark.sql(
    "SELECT id % 3 AS k, id, IF(id % 5 = 0, NULL, double(id)) AS x, string(id % 4) AS word FROM range(0, 1000, 1, 4)",
  ).as<{ k: number; id: number; x: number | null; word: string }>();

  await t.step("aggregates groups as Spark's own does", async () => {
    assert.deepEqual(
      await sorted(
        rows.groupBy("k").agg(average("x").as("mean"), average("id").as("id")),
      ),
      await sorted(spark.sql(
        "SELECT id % 3, avg(IF(id % 5 = 0, NULL, double(id))), avg(id) FROM range(1000) GROUP BY 1",
      )),
    );
  });

  await t.step("takes several arguments, classes and sets", async () => {
    const distinct = udaf(new Distinct(10), "array<string>");
    assert.equal(distinct.name, "Distinct");
    assert.deepEqual(
      await sorted(
        rows.groupBy(col("id").mod(2).as("odd")).agg(
          distinct("word", col("k").cast("string")).as("words"),
        ),
      ),
      [
        [0, ["00", "01", "02", "20", "21", "22"]],
        [1, ["10", "11", "12", "30", "31", "32"]],
      ],
    );
  });

  await t.step("aggregates all rows, and none", async () => {
    assert.deepEqual(await sorted(rows.agg(average("id").as("mean"))), [
      [499.5],
    ]);
    assert.deepEqual(await sorted(rows.groupBy().agg(average("id"))), [
      [499.5],
    ]);
    const none = rows.filter("id < 0");
    assert.deepEqual(await sorted(none.agg(average("id"))), [[null]]);
    assert.deepEqual(await sorted(none.groupBy("k").agg(average("id"))), []);
    const empty = spark.createDataFrame([], "x INT");
    assert.deepEqual(await sorted(empty.agg(average("x"))), [[null]]);
  });

  await t.step("keys of all types come back as they were", async () => {
    const keys = [
      "CAST(id % 2 AS BOOLEAN)",
      "CAST(NULL AS STRING)",
      "9223372036854775807L - id % 2",
      "CAST(id % 2 AS DECIMAL(38, 10)) / 3",
      "CASE WHEN id % 3 = 0 THEN double('NaN') WHEN id % 3 = 1 THEN -0.0D ELSE 0.0D END",
      "string(id % 3)",
      "CAST(string(id % 3) AS BINARY)",
      "date_add(date'2024-01-01', CAST(id % 2 AS INT))",
      "timestamp_micros(1700000000123456 + id % 2)",
      "timestamp_ntz'2024-01-01 00:00:00.000001'",
      "named_struct('a', id % 2, 'b', array(string(id % 3), NULL))",
      "make_dt_interval(1, 2, 3, 4.000005)",
      "make_ym_interval(1, CAST(id % 2 AS INT))",
    ];
    const names = keys.map((_, at) => `key${at}`);
    const keyed = spark.sql(
      `SELECT ${
        keys.map((key, at) => `${key} AS key${at}`).join(", ")
      }, id FROM range(0, 100, 1, 3)`,
    );
    keyed.createOrReplaceTempView("udaf_keys");
    const ours = keyed.groupBy(...names).agg(
      average(col("id").cast("double")).as("mean"),
    );
    ours.createOrReplaceTempView("udaf_ours");
    const list = names.join(", ");
    const same = names.map((name) => `o.${name} <=> t.${name}`).join(" AND ");
    const [row] = await sorted(spark.sql(
      `SELECT count(*), count_if(o.mean = t.mean), (SELECT count(*) FROM udaf_ours)
      FROM udaf_ours o JOIN (SELECT ${list}, avg(id) AS mean FROM udaf_keys GROUP BY ${list}) t ON ${same}`,
    ));
    assert.deepEqual(row, [6, 6, 6]);
    const zeros = spark.sql(
      "SELECT IF(id % 2 = 0, 0.0D, -0.0D) AS zero, id FROM range(10)",
    ).as<{ zero: number; id: number }>();
    assert.deepEqual(
      await sorted(zeros.groupBy("zero").agg(average("id").as("mean"))),
      [[0, 4.5]],
    );
    for (const view of ["udaf_keys", "udaf_ours"]) {
      spark.catalog.dropTempView(view);
    }
  });

  await t.step(
    "buffers are merged: keys and buffers are shuffled",
    async () => {
      const sc = spark.sparkContext;
      const merges = sc.accumulator(0);
      const reduces = sc.accumulator(0);
      const counting = udaf({
        zero: () => 0,
        reduce: (n: number, _: number) => {
          reduces.add(1);
          return n + 1;
        },
        merge: (a, b) => {
          merges.add(1);
          return a + b;
        },
        finish: (n) => n,
      }, "bigint");
      const many = spark.range(0, 200_000, 1, 4);
      const counts = many.groupBy(col("id").mod(7).as("k"))
        .agg(counting("id").as("n"));
      const [[, first] = []] = await sorted(counts);
      assert.equal(first, 28572);
      assert.equal(reduces.value, 200_000);
      assert.equal(merges.value, 7 * 3); // four buffers of each of seven keys
    },
  );

  await t.step("what is mixed or misplaced is refused", async () => {
    const refused = (action: () => unknown, message: RegExp): void => {
      assert.throws(action, (error: unknown) => {
        assert.ok(error instanceof SparkError);
        assert.equal(error.condition, "AGGREGATOR_PLACE");
        assert.match(error.message, message);
        return true;
      });
    };
    refused(
      () => rows.groupBy("k").agg(average("x"), count("*")),
      /^Cannot use the aggregator "average" beside other aggregates: it runs in two stages of its own; aggregate in two frames and join them$/,
    );
    refused(
      () => rows.rollup("k").agg(average("x")),
      /^Cannot use the aggregator "average" after rollup\(\): it runs in two stages of its own; group by groupBy\(\)$/,
    );
    refused(
      () => rows.groupBy(1).agg(average("x")),
      /^Cannot use the aggregator "average" by a column's place: it runs in two stages of its own; name the column$/,
    );
    refused(
      () => rows.select(average("x") as never),
      /^Cannot use the aggregator "average" in an expression: it runs in two stages of its own; put it into agg\(\) as it is, and compute with its results behind$/,
    );
    refused(
      () => spark.udf.register("average", average as never, "double"),
      /^Cannot make a function for SQL of the aggregator "average": it runs in two stages of its own, which SQL has no place for; put it into agg\(\), or make an aggregate by aggregateUdf\(\)$/,
    );
    assert.throws(
      () => udaf({ zero: () => 0 } as never, "int"),
      /^SparkError: Cannot make an aggregator of an object of class Object: it has no method "reduce"; give an object with zero, reduce, merge and finish$/,
    );
    await assert.rejects(
      rows.groupBy("none" as never).agg(average("x")).collect(),
      /none[^]*udaf_test\.ts:\d+/,
    );
  });

  await t.step("errors tell the method and its values", async () => {
    const broken = (more: object): DataFrame =>
      rows.agg(
        udaf(
          {
            zero: () => [0],
            reduce: (buffer: number[], x: number) => [...buffer, x].slice(-1),
            merge: (a: number[], _: number[]) => a,
            finish: (buffer: number[]) => buffer.length,
            ...more,
          },
          "int",
          { name: "broken" },
        )("id"),
      ) as DataFrame;
    const fail = (): never => {
      throw new RangeError("no");
    };
    await failsInWorker(
      broken({ zero: fail }).collect(),
      "FUNCTION_FAILED",
      /^RangeError: no\n {2}in broken\.zero\(\) of udaf\(\) at udaf_test\.ts/,
    );
    await failsInWorker(
      broken({ reduce: fail }).collect(),
      "FUNCTION_FAILED",
      /^RangeError: no\n {2}in broken\.reduce\(an array of length 1, \d+\) of/,
    );
    await failsInWorker(
      broken({ merge: fail }).collect(),
      "FUNCTION_FAILED",
      /^RangeError: no\n {2}in broken\.merge\(an array of length 1, an array of length 1\) of udaf\(\) at udaf_test\.ts/,
    );
    await failsInWorker(
      broken({ finish: fail }).collect(),
      "FUNCTION_FAILED",
      /^RangeError: no\n {2}in broken\.finish\(an array of length 1\) of udaf\(\) at udaf_test\.ts/,
    );
    await failsInWorker(
      broken({ reduce: () => {} }).collect(),
      "BUFFER_MISSING",
      /^Cannot go on with the buffer that reduce\(\) of "broken" gave: it is undefined; return the buffer\n/,
    );
    await failsInWorker(
      broken({ reduce: () => [Symbol("x")] }).collect(),
      "RECORD_NOT_SERIALIZABLE",
      /in broken\.reduce\(/,
    );
    await failsInWorker(
      broken({ finish: () => "x" }).collect(),
      "VALUE_TYPE_MISMATCH",
      /"x" is no value of type int/,
    );
  });
});
